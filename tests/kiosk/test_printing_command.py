"""`kiosk print`: beside a terminal that runs, alone with its ledger, and as a preview into a file."""

import asyncio
import json
import os
import socket
import stat
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import pytest

from floor.events import CardsAsked, CardUse, PaperPrinted
from floor.tags import TagKind, encode
from kiosk.config import load
from kiosk.wiring import Station, asking
from kiosk.wiring.asking import Asking, NoAnswerError, NobodyThereError, ask, user_name

ME = user_name(os.getuid())


@pytest.fixture
def settings(tmp_path: Path) -> Path:
    path = tmp_path / "config.toml"
    path.write_text("")
    return path


async def kiosk(settings: Path, *words: str) -> tuple[int, str]:
    """The command as a process of its own; its exit code and what it said."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "kiosk", "--config", str(settings), "print", *words),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    said, _ = await process.communicate()
    return process.returncode or 0, said.decode()


@asynccontextmanager
async def terminal(settings: Path) -> AsyncIterator[Station]:
    """A station that runs."""
    station = Station(load(settings), settings)
    (settings.parent / "station-data").mkdir(exist_ok=True)
    await station.open()
    try:
        yield station
    finally:
        await station.close()


def printed(settings: Path) -> list[str]:
    """What lies in the folder, without the marks of its papers."""
    names = (path.stem.rpartition("_")[0] for path in (settings.parent / "slips").glob("*.pdf"))
    return sorted(f"{name}.pdf" for name in names)


async def test_alone_the_command_opens_the_ledger_prints_and_says_so(settings: Path) -> None:
    code, said = await kiosk(settings, "commands")
    assert (code, said) == (0, "Printed on folder.\n")
    assert printed(settings) == ["Commands.pdf"]


async def test_beside_a_terminal_the_terminal_prints_and_the_fact_names_the_systems_user(
    settings: Path,
) -> None:
    async with terminal(settings) as station:
        code, said = await kiosk(settings, "numbers")
        assert (code, said) == (0, "Printed on folder.\n")
        memory = station._memory
        assert memory is not None
        asked = await memory._ask(lambda opened: opened.ledger.reading.own_last(CardsAsked.kind, 1))
        assert isinstance(asked[0].event, CardsAsked)
        assert (asked[0].event.use, asked[0].event.user, asked[0].event.by) == (CardUse.NUMBERS, ME, None)
        assert isinstance(await memory.paper_answer(asked[0].event_id), PaperPrinted)
    assert printed(settings) == ["Numbers.pdf"]


async def test_a_preview_is_a_file_and_nothing_is_recorded(settings: Path) -> None:
    pdf, png = settings.parent / "c.pdf", settings.parent / "c.png"
    async with terminal(settings) as station:
        code, said = await kiosk(settings, "commands", "--pdf", str(pdf), "--png", str(png))
        assert code == 0, said
        memory = station._memory
        assert memory is not None
        asked = await memory._ask(lambda opened: opened.ledger.reading.own_last(CardsAsked.kind, 1))
        assert asked == [], "the station's key may be, as of every station that prints"
    assert pdf.read_bytes().startswith(b"%PDF")
    assert png.read_bytes().startswith(b"\x89PNG")
    assert printed(settings) == []


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["slip", "BCDFGHJK"], "slip"),
        (["slip"], "slip"),
        (["day-close"], "No day was closed"),
        (["badges"], "badges"),
        (["commands", "--printer", "fax"], "No printer"),
        (["enrolment"], "--code"),
    ],
)
async def test_what_cannot_be_printed_is_said_and_the_exit_code_is_not_nought(
    settings: Path, words: list[str], says: str
) -> None:
    code, said = await kiosk(settings, *words)
    assert code == 1
    assert says in said
    assert printed(settings) == []


async def test_an_enrolment_sheet_is_made_without_a_ledger(settings: Path) -> None:
    one_time = encode(TagKind.ENROLMENT, "BCDFGHJKLNPRS")
    code, said = await kiosk(settings, "enrolment", "--code", one_time, "--server", "http://10.0.0.5:8080")
    assert code == 0, said
    assert printed(settings) == ["New-station-Station-1.pdf"]
    assert not (settings.parent / "station-data" / "ledger.db").exists()


async def test_the_settings_sheet_is_printed_too(settings: Path) -> None:
    code, said = await kiosk(settings, "settings")
    assert code == 0, said
    assert printed(settings) == ["Terminal-Station-1.pdf"]


# A token on paper


async def test_a_sheet_with_the_stations_token_is_a_file_for_its_owner_alone(settings: Path) -> None:
    token, pdf, png = (settings.parent / name for name in ("token", "sheet.pdf", "sheet.png"))
    token.write_text("secret")
    pdf.write_bytes(b"an older sheet")
    pdf.chmod(0o644)
    words = ("settings", "--token-file", str(token), "--pdf", str(pdf), "--png", str(png))
    code, said = await kiosk(settings, *words)
    assert code == 0, said
    assert pdf.read_bytes().startswith(b"%PDF")
    assert [stat.S_IMODE(path.stat().st_mode) for path in (pdf, png)] == [0o600, 0o600]


async def test_a_sheet_with_the_stations_token_is_not_left_in_a_folder(settings: Path) -> None:
    token = settings.parent / "token"
    token.write_text("secret")
    code, said = await kiosk(settings, "settings", "--token-file", str(token))
    assert code == 1
    assert "not left in a folder" in said
    assert printed(settings) == []


# The socket


async def answer(said: asking.Said, user: str) -> asking.Said:
    """Says who asked for what."""
    if said.get("fail"):
        raise ValueError("broken")
    return {"who": user, "what": said["what"]}


@asynccontextmanager
async def listening(folder: Path) -> AsyncIterator[Asking]:
    """A terminal's end of the socket."""
    here = Asking(folder, {"print": answer})
    await here.open()
    try:
        yield here
    finally:
        await here.close()


async def asked(folder: Path, said: asking.Said) -> asking.Said:
    """A question from another thread, as another program asks it."""
    return await asyncio.to_thread(ask, folder, said, 5.0)


async def test_only_the_owner_may_ask_and_the_system_says_who_it_is(tmp_path: Path) -> None:
    async with listening(tmp_path):
        mode = (tmp_path / asking.NAME).stat().st_mode
        assert stat.S_IMODE(mode) == 0o600
        assert await asked(tmp_path, {"ask": "print", "what": "x", "who": "somebody"}) == {
            "who": ME,
            "what": "x",
        }
    assert not (tmp_path / asking.NAME).exists()


async def test_a_socket_that_a_killed_terminal_left_behind_is_nobody_and_is_replaced(tmp_path: Path) -> None:
    left = socket.socket(socket.AF_UNIX)
    left.bind(str(tmp_path / asking.NAME))
    left.close()
    with pytest.raises(NobodyThereError):
        await asked(tmp_path, {"ask": "print", "what": "x"})
    async with listening(tmp_path):
        assert (await asked(tmp_path, {"ask": "print", "what": "x"}))["what"] == "x"


async def test_a_folder_with_a_very_long_name_has_a_socket_all_the_same(tmp_path: Path) -> None:
    folder = tmp_path / ("long" * 30)
    folder.mkdir()
    async with listening(folder):
        assert (await asked(folder, {"ask": "print", "what": "x"}))["what"] == "x"


@pytest.mark.parametrize("line", [b"no json\n", b'{"ask": "format"}\n', b"[]\n", b'"x"\n', b"x" * 2_000_000])
async def test_nonsense_is_answered_or_dropped_and_the_next_question_is_answered(
    tmp_path: Path, line: bytes
) -> None:
    async with listening(tmp_path):
        reader, writer = await asyncio.open_unix_connection(str(tmp_path / asking.NAME))
        writer.write(line)
        with suppress(ConnectionResetError):
            said = await asyncio.wait_for(reader.readline(), 5)
            assert said == b"" or "error" in json.loads(said)
        writer.close()
        assert (await asked(tmp_path, {"ask": "print", "what": "x"}))["what"] == "x"


async def test_an_answer_that_fails_says_why_and_harms_nobody(tmp_path: Path) -> None:
    async with listening(tmp_path):
        said = await asked(tmp_path, {"ask": "print", "what": "x", "fail": True})
        assert said == {"error": "ValueError: broken"}


async def test_an_answer_that_takes_too_long_says_that_what_was_asked_for_is_kept(tmp_path: Path) -> None:
    async def slow(_said: asking.Said, _user: str) -> asking.Said:
        await asyncio.sleep(60)
        return {}

    here = Asking(tmp_path, {"print": slow}, within_s=0.1)
    await here.open()
    try:
        assert await asked(tmp_path, {"ask": "print"}) == {"error": asking.NOT_READY}
    finally:
        await here.close()


async def test_a_terminal_that_says_nothing_is_no_answer(tmp_path: Path) -> None:
    mute = socket.socket(socket.AF_UNIX)
    mute.bind(str(tmp_path / asking.NAME))
    mute.listen()
    with pytest.raises(NoAnswerError):
        await asyncio.to_thread(ask, tmp_path, {"ask": "print"}, 0.3)
    mute.close()
