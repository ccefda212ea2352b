"""What an order needs, over the whole tree of its bills of material."""

from decimal import Decimal

import pytest

from floor.items import BOM_DEPTH_MAX, Bom, BomLine, BomTooDeepError, locked_boms, requirements


def bom(item: str, **lines: str) -> Bom:
    """`bom("CHAIR", LEG="4")`: a chair has four legs."""
    return Bom(
        item=item,
        version=1,
        lines=tuple(BomLine(item=name, quantity=Decimal(much), step=10) for name, much in lines.items()),
    )


def needs(item: str, quantity: str, *boms: Bom) -> dict[str, Decimal]:
    """Component and quantity."""
    found = requirements(item, Decimal(quantity), {one.item: one for one in boms})
    return {line.item: line.quantity for line in found}


def test_an_item_without_a_bom_needs_nothing() -> None:
    assert needs("SCREW", "100") == {}


def test_a_tree_is_walked_to_its_leaves_and_shared_parts_are_added_up() -> None:
    tree = (
        bom("CHAIR", FRAME="1", SEAT="1", SCREW="8"),
        bom("FRAME", LEG="4", SCREW="16"),
        bom("LEG", WOOD="0.45"),
        bom("SEAT", WOOD="0.6"),
    )
    assert needs("CHAIR", "100", *tree) == {
        "FRAME": Decimal(100),
        "LEG": Decimal(400),
        "SCREW": Decimal(2400),
        "SEAT": Decimal(100),
        "WOOD": Decimal(240),
    }


def test_requirements_stand_in_order_of_item() -> None:
    assert list(needs("CHAIR", "1", bom("CHAIR", SEAT="1", LEG="4", SCREW="8"))) == ["LEG", "SCREW", "SEAT"]


def test_small_parts_of_small_parts_stay_exact() -> None:
    tree = (bom("PAINT", DYE="0.000123"), bom("DYE", SALT="0.000457"), bom("SALT", SODIUM="0.000911"))
    assert needs("PAINT", "0.000007", *tree)["SODIUM"] == Decimal("7e-6") * Decimal("123e-6") * Decimal(
        "457e-6"
    ) * Decimal("911e-6")


def test_a_deep_tree_of_long_numbers_is_not_rounded() -> None:
    deep = [bom(f"L{level}", **{f"L{level + 1}": "999999999.999999"}) for level in range(BOM_DEPTH_MAX)]
    factor = 999_999_999_999_999**BOM_DEPTH_MAX
    assert needs("L0", "1", *deep)[f"L{BOM_DEPTH_MAX}"] == Decimal(f"{factor}e-{6 * BOM_DEPTH_MAX}")


@pytest.mark.parametrize(
    "tree",
    [
        [bom("CHAIR", CHAIR="1")],
        [bom("CHAIR", LEG="4"), bom("LEG", FOOT="1"), bom("FOOT", CHAIR="1")],
        [bom("CHAIR", LEG="4"), bom("LEG", GLUE="1", LEG="1")],
    ],
    ids=["itself", "in a ring", "below"],
)
def test_a_bom_that_contains_itself_is_refused(tree: list[Bom]) -> None:
    with pytest.raises(BomTooDeepError, match="CHAIR"):
        needs("CHAIR", "1", *tree)


def test_twelve_levels_are_allowed_and_thirteen_are_not() -> None:
    levels = [bom(f"L{level}", **{f"L{level + 1}": "1"}) for level in range(BOM_DEPTH_MAX + 1)]
    assert len(needs("L0", "1", *levels[:BOM_DEPTH_MAX])) == BOM_DEPTH_MAX
    with pytest.raises(BomTooDeepError):
        needs("L0", "1", *levels)


def test_every_bom_of_the_tree_is_locked_once_and_no_other() -> None:
    def bom(item: str, version: int, *parts: str) -> Bom:
        lines = tuple(BomLine(item=part, quantity=Decimal(1), step=10) for part in parts)
        return Bom(item=item, version=version, lines=lines)

    chair, back, leg = bom("CHAIR", 2, "BACK", "LEG", "GLUE"), bom("BACK", 5, "LEG"), bom("LEG", 1, "WOOD")
    boms = {known.item: known for known in (chair, back, leg, bom("TABLE", 1, "LEG"))}
    assert locked_boms("CHAIR", boms) == (back, chair, leg)
    assert locked_boms("GLUE", boms) == ()
