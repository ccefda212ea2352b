"""The server as an ASGI app, put together: the same for tests and for production.

Never decides anything: it connects the layers.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, Final

from fastapi import Depends, FastAPI
from pydantic.json_schema import models_json_schema
from starlette.middleware.gzip import GZipMiddleware

from central import __version__, stations
from central.api import access, answers, boards, lots, orders, plant, sync
from central.api.limits import Limits
from central.clock import Clock
from central.config import Settings
from central.server import open_central
from central.web import pages
from floor.wire import Hello, Push

GZIP_BYTES_MIN: Final = 1024
GZIP_LEVEL: Final = 2
"""Nearly as small as level 9 for JSON, at a fraction of its time."""


class CentralApp(FastAPI):
    """FastAPI, with an OpenAPI that knows the messages of stations, too: their bodies are read elsewhere."""

    def openapi(self) -> dict[str, Any]:
        """The document, made once."""
        made = self.openapi_schema is not None
        schema = super().openapi()
        if not made:
            _, definitions = models_json_schema(
                [(Hello, "validation"), (Push, "validation")], ref_template="#/components/schemas/{model}"
            )
            schema["components"]["schemas"].update(definitions["$defs"])
        return schema


def create_app(
    settings: Settings, administrator_token: str | None = None, clock: Clock | None = None
) -> FastAPI:
    """The server on its open database. Raises storage.CannotStart.

    Without `administrator_token` it is read from the data directory, where the first start makes it.
    """
    for message in (Hello, Push):
        message.model_rebuild()  # now, and not by the first two requests at once
    token = access.administrator_token(settings.data_dir, administrator_token)
    central = open_central(settings, clock)

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        yield
        central.close()

    app = CentralApp(
        title="central",
        version=__version__,
        description="The plant's ledger and plan.",
        lifespan=lifespan,
        openapi_url=f"{access.API}/openapi.json",
        docs_url=None,  # these pages would load their scripts from the internet
        redoc_url=None,
        dependencies=[Depends(access.remember)],
    )
    app.state.central = central
    app.state.administrator_sha256 = stations.sha256(token)
    app.state.raw_pace = sync.RawPace()
    for router in (sync.router, plant.router, orders.router, boards.router, lots.router, pages.router):
        app.include_router(router)
    answers.install(app)
    app.add_middleware(GZipMiddleware, minimum_size=GZIP_BYTES_MIN, compresslevel=GZIP_LEVEL)
    app.add_middleware(Limits)
    return app
