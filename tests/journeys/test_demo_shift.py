"""The demo's shift, from plan to paper to terminal to ledger, in real processes on a real terminal."""

from pathlib import Path

import pypdfium2

from kiosk.demo import plant, shift
from kiosk.demo.server import PlantServer


def test_a_shift_is_counted_as_it_was_played(tmp_path: Path) -> None:
    server = PlantServer(tmp_path / "central")
    try:
        server.load(plant.ASSETS)
        server, board = shift.play(server, tmp_path)
        trace = server.get(f"/trace/{shift.ORDER}")
    finally:
        server.stop()
    assert [flag["flag"] for flag in board["flags"]] == ["missing", "material_owed"]
    assert [line["lot"] for line in trace["lots"]] == [*plant.BOARD_LOTS, "G-1207"]
    printed = sorted(path.name for path in tmp_path.glob("terminals/*/slips/*.pdf"))
    assert len(printed) == 4
    assert sum("copy-2" in name for name in printed) == 1
    for path in tmp_path.glob("terminals/*/slips/*.pdf"):
        assert len(pypdfium2.PdfDocument(path)) == 1
    told = "\n".join(line["what"] for line in trace["lines"])
    assert "76 good" in told
    assert "withdrawn" in told or "taken back" in told
    pictures = {path.stem for path in (tmp_path / "screens").glob("*.svg")}
    assert {"05-76-good-4-scrap", "08-no-network", "11-28-of-30-done", "14-reprinted"} <= pictures
