"""Lists at 80 columns: what stands alone in its row runs over all columns, and cuts no other."""

from kiosk.dialogue.view import Choosing, Row
from kiosk.screens.dialogs import paint_choosing

COLUMNS = ("order", "item", "due", "wanted", "issued", "good", "short by")
TABLE = Row(("MO-1043", "Table, square, oak, oiled", "30 Apr", "20", "20", "0", "20"))


def _texts(*rows: Row) -> list[str]:
    body = Choosing("Open orders", COLUMNS, rows, 0, "ENTER takes")
    return ["".join(span.text for span in line).rstrip() for line in paint_choosing(body, 80, 18)]


def test_a_line_that_stands_alone_is_written_in_full() -> None:
    texts = _texts(TABLE, Row(("End this terminal and leave it", "", "", "", "", "", "")))
    assert any("End this terminal and leave it" in text for text in texts)


def test_a_line_that_stands_alone_takes_no_room_from_the_columns() -> None:
    texts = _texts(TABLE, Row(("End this terminal and leave it", "", "", "", "", "", "")))
    assert any("Table, square, oak, oiled" in text for text in texts)


def test_a_lone_line_longer_than_the_screen_is_cut_at_its_edge() -> None:
    assert all(len(text) <= 80 for text in _texts(Row(("x" * 200,))))
