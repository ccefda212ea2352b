"""Answers of the server as lines of text.

Never cuts a name or a number: a terminal wraps.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from central.times import age
from floor.tags import slip_name

STEP_COLUMNS: Final = (
    *("step", "name", "wanted", "received", "good", "scrap", "rework", "review", "missing", "still_here"),
    *("surplus", "unit"),
)


RUN_COLUMNS: Final = ("began", "slip", "step", "who", "machine", "kind", "minutes", "state")
LABOUR_COLUMNS: Final = ("who", "day", "shift", "minutes")


def with_names(rows: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Rows that are each about a slip, with what people call it."""
    return [{**row, "slip": slip_name(row["slip"])} for row in rows]


def table(rows: Sequence[Mapping[str, Any]], columns: Sequence[str]) -> Iterator[str]:
    """Rows under their column names, as wide as needed."""
    cells = [[_cell(row.get(column)) for column in columns] for row in rows]
    heads = [column.replace("_", " ") for column in columns]
    widths = [max(len(line[at]) for line in (heads, *cells)) for at in range(len(columns))]
    for line in (heads, *cells):
        yield "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()


def _cell(value: object) -> str:
    text = "" if value is None else str(value)
    return "".join(character if character.isprintable() else "?" for character in text)


def order_lines(board: Mapping[str, Any], late: bool = False) -> Iterator[str]:
    """One order with its steps."""
    what = board["item_name"] or board["item"] or ""
    name = (
        f"{board['order']}  {what}"
        if board["order"]
        else f"Slip {slip_name(board['slip'])} of no known order"
    )
    due = f", due {board['due']}" if board["due"] else ""
    yield _cell(
        f"{name}: {board['output']} of {board['quantity']} {board['unit']}, "
        f"{board['state'] or 'unknown'}{due}{'  LATE' if late else ''}"
    )
    if board["broken"]:
        yield f"  this board cannot be folded: {_cell(board['broken'])}"
    for line in table(board["steps"], STEP_COLUMNS) if board["steps"] else ():
        yield f"  {line}"
    for flag in board["flags"]:
        yield f"  ! {_flag(flag)}"


def _flag(flag: Mapping[str, Any]) -> str:
    slip = f" slip {slip_name(flag['slip'])}" if flag["slip"] else ""
    step = f" step {flag['step']}" if flag["step"] is not None else ""
    amount = f" ({flag['amount']})" if flag["amount"] else ""
    return _cell(f"{flag['flag']}{slip}{step}{amount}: {flag['sentence']}")


def board_lines(board: Mapping[str, Any]) -> Iterator[str]:
    """The plant at a glance."""
    yield _cell(f"{board['plant']}, {board['today']}")
    for shown in board["orders"]:
        yield ""
        yield from order_lines(shown["board"], shown["late"])
    if board["stations"]:
        yield ""
        stations = [
            {**station, "heard": age(station["heard_s"]), "waiting": station["waiting"] or 0}
            for station in board["stations"]
        ]
        yield from table(stations, ("station", "name", "work_centre", "heard", "safe", "waiting"))
    for alarm in board["alarms"]:
        yield f"! {_alarm(alarm)}"


def _alarm(alarm: Mapping[str, Any]) -> str:
    place = f"entry {alarm['seq']} of stream {alarm['stream'][:8]}"
    return _cell(
        f"{alarm['flag']}: event {alarm['event_id']} ({alarm['kind']}, {place}, "
        f"{alarm['station'] or 'central'}): {alarm['reason']}"
    )


def flag_lines(found: Mapping[str, Any]) -> Iterator[str]:
    """Every doubt that stands."""
    for flag in found["standing"]:
        yield f"{flag['order'] or '-'}  {_flag(flag)}"
    for alarm in found["alarms"]:
        yield _alarm(alarm)
    if not found["standing"] and not found["alarms"]:
        yield "Nothing is in doubt."


def trace_lines(found: Mapping[str, Any]) -> Iterator[str]:
    """A history."""
    yield _cell(f"{found['title']}   (times of {found['time_zone']})")
    for line in found["lines"]:
        who = " and ".join(line["who"]) or "the program"
        slip = f"{slip_name(line['slip'])}  " if line["slip"] else ""
        yield _cell(f"{line['at']}  {line['station'] or 'central'}  {who}  {slip}{line['what']}")
    yield from _inside(found["lots"])
    for step in table(found["steps"], STEP_COLUMNS) if found["steps"] else ():
        yield f"  {step}"
    runs = [{**run, "who": " and ".join(run["who"])} for run in with_names(found["runs"])]
    for run in table(runs, RUN_COLUMNS) if runs else ():
        yield f"  {run}"
    for worked in table(found["labour"], LABOUR_COLUMNS) if found["labour"] else ():
        yield f"  {worked}"
    for flag in found["flags"]:
        yield f"! {_flag(flag)}"


def _inside(lots: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """What is in it, an assembly's material below the assembly."""
    if lots:
        yield "Material in it:"
    for line in lots:
        told = (line["lot"], line["serial"], None if line["item"] else line["label"])
        what = " ".join(filter(None, (line["item"], line["item_name"])))
        amount = f"{line['quantity']} {line['unit']}".rstrip() if line["quantity"] else None
        where = f"slip {slip_name(line['slip'])} step {line['step']}"
        parts = (", ".join(filter(None, told)) or "lot not said", what, amount, where)
        yield _cell(f"  {'  ' * line['depth']}{'  '.join(filter(None, parts))}")


def lot_lines(found: Mapping[str, Any]) -> Iterator[str]:
    """Where a lot went."""
    yield _cell(f"{found['title']}   (times of {found['time_zone']})")
    for line in found["slips"]:
        amount = f": {line['quantity']} {line['unit']}".rstrip() if line["quantity"] else ""
        brought_by = slip_name(line["through"]) if line["depth"] else line["through"]
        through = f" through {brought_by}" if line["depth"] or line["item"] is None else ""
        order = f" of order {line['order']}" if line["order"] else ""
        where = f"slip {slip_name(line['slip'])}{order} step {line['step']}"
        station = line["station"] or "central"
        yield _cell(f"  {'  ' * line['depth']}{line['at']}  {station}  {where}{through}{amount}")
    for order in found["orders"]:
        whose = ", ".join(filter(None, (order["customer"], order["sales_order"]))) or "no customer named"
        slips = ", ".join(map(slip_name, order["slips"]))
        yield _cell(f"Order {order['order']}  {order['item_name']}  for {whose}  ({order['state']}): {slips}")
