"""Which lots and numbered pieces went in, found by their names."""

from alembic import op
from sqlalchemy import Column, PrimaryKeyConstraint, Text, text

from floor.codec import decode
from floor.events import MaterialIssued

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

COUNTED = text(
    "SELECT f.event_id, e.v, e.body FROM fact f "
    "JOIN event e ON e.event_id = f.event_id AND e.digest = f.digest WHERE f.kind = :kind"
)


def upgrade() -> None:
    """What was issued before is found as well."""
    material = op.create_table(
        "material",
        Column("event_id", Text(), nullable=False),
        Column("lot", Text()),
        Column("serial", Text()),
        PrimaryKeyConstraint("event_id"),
        sqlite_strict=True,
    )
    op.create_index("material_lot", "material", ["lot"])
    op.create_index("material_serial", "material", ["serial"])
    rows = []
    for event_id, version, body in op.get_bind().execute(COUNTED, {"kind": MaterialIssued.kind}).all():
        event = decode(MaterialIssued.kind, version, bytes(body))
        assert isinstance(event, MaterialIssued)
        if event.lot or event.serial:
            rows.append({"event_id": event_id, "lot": event.lot, "serial": event.serial})
    if rows:
        op.bulk_insert(material, rows)
