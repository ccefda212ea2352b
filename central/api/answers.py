"""How a No looks on the wire: a name, a sentence, a hint; and which status each trouble has.

Never shows a traceback or a line of SQL.
"""

from typing import Any, Final

import structlog
from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ValidationError
from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from central.storage import Busy
from central.streams import PrefixesUsedUp
from floor.codec import TooLargeError
from floor.refusals import Refusal

RETRY_AFTER_S: Final = 2
RETRY_LATE_S: Final = 300
PREFIXES: Final = {
    "error": "prefixes",
    "sentence": "No three letters are left for another stream.",
    "hint": "",
}
_log = structlog.get_logger(__name__)


class RefusalAnswer(BaseModel):
    """409: a named No."""

    refusal: str
    sentence: str
    hint: str


class Refused(Exception):
    """A named refusal on its way to the client."""

    def __init__(self, refusal: Refusal) -> None:
        """Which one."""
        super().__init__(refusal.value)
        self.refusal = refusal


class Unfit(Exception):
    """A request that makes no sense: 422 with a name and a sentence."""

    def __init__(self, error: str, sentence: str, hint: str = "", status: int = 422) -> None:
        """What is wrong with it."""
        super().__init__(sentence)
        self.content: dict[str, Any] = {"error": error, "sentence": sentence, "hint": hint}
        self.status = status


REFUSES: Final[dict[int | str, dict[str, Any]]] = {409: {"model": RefusalAnswer}}
"""For endpoints that decide."""


def install(app: FastAPI) -> None:
    """Every exception that may leave an endpoint, with its answer."""
    app.add_exception_handler(Refused, _refused)
    app.add_exception_handler(Unfit, _unfit)
    app.add_exception_handler(ValidationError, _unwritable)
    app.add_exception_handler(TooLargeError, _unwritable)
    app.add_exception_handler(PrefixesUsedUp, _used_up)
    for trouble in (Busy, PoolTimeout, OperationalError, InterfaceError):
        app.add_exception_handler(trouble, _busy)


def _refused(_request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, Refused)
    refusal = error.refusal
    answer = RefusalAnswer(refusal=refusal.value, sentence=refusal.sentence, hint=refusal.hint)
    return JSONResponse(answer.model_dump(), 409)


def _unfit(_request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, Unfit)
    return JSONResponse(error.content, error.status)


def _unwritable(_request: Request, error: Exception) -> JSONResponse:
    sentence = (
        "This cannot be written as a fact: " + str(error).partition("[type=")[0].replace("\n", " ").strip()
    )
    return JSONResponse({"error": "unwritable", "sentence": sentence, "hint": "Check the numbers."}, 422)


def _used_up(_request: Request, _error: Exception) -> JSONResponse:
    return JSONResponse(PREFIXES, 503, {"Retry-After": str(RETRY_LATE_S)})


def _busy(request: Request, error: Exception) -> JSONResponse:
    """The database's trouble is temporary until proven otherwise: the caller comes again."""
    _log.error("database", path=request.url.path, trouble=repr(getattr(error, "orig", error)))
    content = {"error": "busy", "sentence": "The database did not answer in time.", "hint": "Try again."}
    return JSONResponse(content, 503, {"Retry-After": str(RETRY_AFTER_S)})
