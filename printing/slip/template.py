"""What a plant may change about its transfer slips: blocks, details, words, a logo and lines of its own.

Never holds what a slip must carry: codes, copy number, quantity and ledger head have no switch here.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Block(StrEnum):
    """One part of a slip, from edge to edge."""

    HEAD = "head"
    """Logo, title, plant; copy number, and what else sets this paper apart."""
    ORDER = "order"
    """Order number and quantity, the largest words."""
    ITEM = "item"
    """The item's name and the due day."""
    DETAILS = "details"
    """What is good to know and small."""
    CODE = "code"
    """The slip's code as bars, as QR and as letters."""
    ROUTE = "route"
    """The steps, each with its code and room to sign."""
    INSTRUCTIONS = "instructions"
    """What the plant says about the steps, as far as there is room."""
    LINES = "lines"
    """The template's own words."""
    NOTES = "notes"
    """Room to write."""


COMPULSORY: Final = (Block.HEAD, Block.ORDER, Block.CODE, Block.ROUTE)
"""A slip without one of these is none: they carry copy number, quantity, slip code and step codes."""


class Detail(StrEnum):
    """One small fact of the details."""

    ITEM = "item"
    CUSTOMER = "customer"
    SALES_ORDER = "sales_order"
    NOTE = "note"


@dataclass(frozen=True, slots=True, kw_only=True)
class Labels:
    """The words that stand on every slip; a plant says them in its own language."""

    title: str = "TRANSFER SLIP"
    copy: str = "COPY"
    """Before the copy's number."""
    make_up: str = "MAKE-UP"
    """For what scrap or loss took."""
    part: str = "PART"
    """Split off from another slip."""
    void: str = "VOID"
    superseded: str = "Older copies of this slip are not to be used."
    """On every copy but the first."""
    order_unknown: str = "order not known here"
    due: str = "DUE"
    item: str = "Item"
    customer: str = "For"
    sales_order: str = "Sales order"
    note: str = "Note:"
    slip: str = "SLIP"
    passport: str = "WHAT THIS SLIP SAYS, FOR A STATION THAT DOES NOT KNOW IT"
    """Above the passport where it has a place of its own."""
    step: str = "STEP"
    operation: str = "OPERATION · WHERE · WHO"
    good: str = "GOOD"
    scrap: str = "SCRAP"
    sign: str = "SIGN"
    instructions: str = "INSTRUCTIONS"
    more: str = "… more at the terminal"
    """Ends instructions that do not fit."""
    notes: str = "NOTES"
    ledger: str = "ledger"
    """Before the first letters of the ledger's head."""
    page: str = "page"
    of: str = "of"
    """Between a page's number and how many there are."""


DAYS: Final = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


@dataclass(frozen=True, slots=True, kw_only=True)
class Template:
    """How slips look in one plant; without arguments: as they are built in."""

    logo: str | None = None
    """Name of a PNG beside the template's file."""
    logo_height_mm: float = 9.0
    blocks: tuple[Block, ...] = tuple(Block)
    """From top to bottom; the foot with ledger head, station and page is always last."""
    details: tuple[Detail, ...] = tuple(Detail)
    lines: tuple[str, ...] = ()
    """Words of the plant for every slip."""
    notes_rows: int = 0
    """Rows of room to write that are kept free; with 0 what the page has left."""
    labels: Labels = Labels()
    days: tuple[str, ...] = DAYS
    """From Monday on."""
    months: tuple[str, ...] = MONTHS


BUILT_IN: Final = Template()
