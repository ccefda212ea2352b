"""Where a lot of material went.

Never more than reading.
"""

from fastapi import APIRouter, Request

from central.api.access import API
from central.api.answers import Unfit
from central.lots import LotTrace, trace_lot
from central.server import Central

router = APIRouter(prefix=API, tags=["lots"])


@router.get("/lots/{name:path}")
def read_lot(request: Request, name: str) -> LotTrace:
    """The slips, orders and customers that a lot, a numbered piece or a slip's pieces went to."""
    central: Central = request.app.state.central
    if not name.isprintable():
        raise Unfit("unknown", "Nothing of this name went in anywhere.", "Check the label.", 404)
    with central.database.reading() as connection:
        found = trace_lot(connection, central.plant.read(connection), name)
    if found is None:
        raise Unfit("unknown", "Nothing of this name went in anywhere.", "Check the label.", 404)
    return found
