"""A slip that this terminal never heard of: its large square code is asked for, and is enough to work."""

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Final

import pytest

from floor.events import PassportRead
from floor.flags import Flag
from floor.letters import seal
from floor.passport import LETTERS_MAX, Passport, key_id
from floor.passport_code import read, write
from floor.passport_of import passport_of
from floor.refusals import Refusal
from floor.tags import CommandWord, Tag, TagKind, decode, encode, slip_code, step_code
from kiosk.dialogue.view import Asking, Choosing, Done, Tone, Waiting
from kiosk.inputs import Scan
from kiosk.scanner import SCAN_CHARS_MAX, Scanner
from sync.stationkey import StationKey, load_or_make
from tests.floor.shop import MOMENT, Shop, a_shop, content, step
from tests.kiosk.at_terminal import command, digit, refused, working
from tests.kiosk.shop_memory import BADGE, REASON, Terminal, with_reasons

MS_PER_KEY: Final = 4.3
"""A wedge types 700 letters in three seconds."""


class Elsewhere:
    """Where the slip was issued and printed: nothing of it is known at the terminal."""

    def __init__(self, folder: Path, steps: int = 3) -> None:
        self.key: StationKey = load_or_make(folder, Random(4))
        route = [step(10 * number, name=f"Step number {number}") for number in range(1, steps + 1)]
        self.shop: Shop = a_shop(route, 80)
        self.slip = self.shop.issue(80)[0]

    def passport(self, **changed: object) -> Passport:
        passport = passport_of(self.shop.order, self.slip, "B", key_id(self.key.public), MOMENT)
        assert passport is not None
        return passport.model_copy(update=changed)

    def code(self, letters_max: int = LETTERS_MAX, **changed: object) -> str:
        code = write(self.passport(**changed), self.key.sign, letters_max)
        assert code is not None
        return code


@pytest.fixture
def elsewhere(tmp_path: Path) -> Elsewhere:
    return Elsewhere(tmp_path)


@pytest.fixture
def terminal(elsewhere: Elsewhere) -> Terminal:
    terminal = Terminal(with_reasons(Shop()))
    terminal.memory.keys.add(elsewhere.key.public)
    return terminal


def readings(terminal: Terminal) -> list[PassportRead]:
    return [fact.event for fact in terminal.shop.facts if isinstance(fact.event, PassportRead)]


def notice(terminal: Terminal) -> tuple[str, str]:
    said = terminal.view.notice
    assert said is not None
    return said.title, said.detail


# What is asked for, and what it is enough for


async def test_an_unknown_slip_asks_for_the_large_code_and_that_is_enough_to_report(
    terminal: Terminal, elsewhere: Elsewhere
) -> None:
    await terminal.scan(BADGE)
    await terminal.scan(slip_code(elsewhere.slip, "B"))
    assert notice(terminal) == ("Unknown slip.", "Scan the large square code on it.")
    await terminal.scan(elsewhere.code())
    assert notice(terminal) == ("Read from the slip itself.", "")
    body = working(terminal)
    assert (body.order, body.item, body.step) == ("1001", "Chair", "step 10   Step number 1")
    assert (body.good.text, body.passed_on, body.doubts) == ("80", ("of 80 on the slip",), ())
    await terminal.keys("4")
    await terminal.scan(REASON)
    await terminal.keys("enter")
    (report,) = terminal.reports
    assert (report.content.good, report.content.final, report.warned) == (Decimal(76), True, ())
    assert report.copy_letter == "B"
    done = terminal.view.body
    assert isinstance(done, Done)
    assert done.tone is Tone.TAKEN


async def test_the_large_code_may_come_first_and_before_the_badge(
    terminal: Terminal, elsewhere: Elsewhere
) -> None:
    await terminal.scan(elsewhere.code())
    assert working(terminal).order == "1001"
    assert readings(terminal)[0].by is None
    await terminal.scan(BADGE)
    await terminal.keys("enter")
    assert terminal.reports[0].content.good == Decimal(80)


async def test_everything_can_be_done_with_scans_alone_from_paper_too(
    terminal: Terminal, elsewhere: Elsewhere
) -> None:
    for code in (BADGE, elsewhere.code(), digit(4), REASON, command(CommandWord.OK)):
        await terminal.scan(code)
    assert terminal.reports[0].content.good == Decimal(76)


async def test_the_step_is_that_of_this_work_centre_and_another_one_can_be_scanned(
    elsewhere: Elsewhere,
) -> None:
    terminal = Terminal(with_reasons(Shop()), work_centre="WC20")
    await terminal.scan(BADGE)
    await terminal.scan(elsewhere.code())
    assert working(terminal).step == "step 20   Step number 2"
    await terminal.scan(step_code(elsewhere.slip, 30))
    assert working(terminal).step == "step 30   Step number 3"


async def test_a_step_code_of_an_unknown_slip_asks_too_and_keeps_its_step(
    terminal: Terminal, elsewhere: Elsewhere
) -> None:
    await terminal.scan(BADGE)
    await terminal.scan(step_code(elsewhere.slip, 20))
    assert notice(terminal)[0] == "Unknown slip."
    assert working(terminal).doubts[0].detail == "Scan the large square code on it."
    await terminal.scan(elsewhere.code())
    assert working(terminal).step == "step 20   Step number 2"


async def test_a_number_that_was_typed_before_the_large_code_stays(
    terminal: Terminal, elsewhere: Elsewhere
) -> None:
    await terminal.scan(BADGE)
    await terminal.scan(step_code(elsewhere.slip, 10))
    await terminal.keys("7")
    await terminal.scan(REASON)
    await terminal.scan(elsewhere.code())
    assert (working(terminal).scrap.text, working(terminal).good.text) == ("7", "73")


async def test_at_a_work_centre_that_is_not_on_the_route_the_step_is_picked(elsewhere: Elsewhere) -> None:
    terminal = Terminal(with_reasons(Shop()), work_centre="ELSEWHERE")
    await terminal.scan(BADGE)
    await terminal.scan(elsewhere.code())
    assert isinstance(terminal.view.body, Choosing)
    await terminal.keys("2", "enter")
    assert working(terminal).step == "step 20   Step number 2"


async def test_without_the_large_code_an_unknown_slip_is_reported_all_the_same(
    terminal: Terminal, elsewhere: Elsewhere
) -> None:
    await terminal.scan(BADGE)
    await terminal.scan(slip_code(elsewhere.slip, "B"))
    assert isinstance(terminal.view.body, Asking)
    await terminal.keys("1", "0", "enter")
    await terminal.keys("7", "enter")
    assert terminal.reports[0].warned == (Flag.UNKNOWN_SLIP.value,)


# What it learns, and how often


async def test_what_was_read_once_is_known_from_then_on(terminal: Terminal, elsewhere: Elsewhere) -> None:
    await terminal.scan(BADGE)
    await terminal.scan(elsewhere.code())
    await terminal.keys("escape")
    await terminal.scan(elsewhere.code())
    await terminal.keys("escape")
    assert isinstance(terminal.view.body, Waiting)
    await terminal.scan(slip_code(elsewhere.slip, "B"))
    assert working(terminal).order == "1001"
    assert len(readings(terminal)) == 1


async def test_the_large_code_of_a_known_slip_is_its_short_code(elsewhere: Elsewhere) -> None:
    terminal = Terminal(with_reasons(elsewhere.shop))
    terminal.memory.keys.add(elsewhere.key.public)
    await terminal.scan(BADGE)
    await terminal.scan(elsewhere.code())
    assert working(terminal).good.text == "80"
    assert (readings(terminal), terminal.view.notice) == ([], None)


async def test_paper_that_contradicts_what_is_known_is_written_down_and_warned_of(
    elsewhere: Elsewhere,
) -> None:
    terminal = Terminal(with_reasons(elsewhere.shop))
    terminal.memory.keys.add(elsewhere.key.public)
    await terminal.scan(BADGE)
    await terminal.scan(elsewhere.code(quantity=Decimal(99)))
    assert [doubt.title for doubt in working(terminal).doubts] == [Flag.PASSPORT_DIFFERS.sentence]
    assert working(terminal).good.text == "80"
    assert len(readings(terminal)) == 1


async def test_another_slip_s_large_code_does_not_wipe_out_an_unfinished_report(
    terminal: Terminal, elsewhere: Elsewhere
) -> None:
    await terminal.scan(BADGE)
    await terminal.scan(elsewhere.code())
    await terminal.keys("4")
    await terminal.scan(REASON)
    await terminal.scan(elsewhere.code(slip="XXXXXXXX"))
    assert refused(terminal) == Refusal.REPORT_UNFINISHED.sentence
    assert working(terminal).scrap.text == "4"


async def test_what_found_no_room_is_said_where_the_slip_is_read(tmp_path: Path) -> None:
    elsewhere = Elsewhere(tmp_path, steps=12)
    terminal = Terminal(with_reasons(Shop()))
    await terminal.scan(elsewhere.code(270))
    assert notice(terminal)[1].startswith(
        "Names of steps found no room on it. Steps that found no room on it:"
    )
    assert working(terminal).step == "step 10   WC10"


async def test_training_learns_from_paper_and_forgets_it(terminal: Terminal, elsewhere: Elsewhere) -> None:
    await terminal.scan(BADGE)
    await terminal.scan(command(CommandWord.TRAINING))
    await terminal.scan(elsewhere.code())
    await terminal.keys("enter")
    assert terminal.shop.facts == []
    await terminal.scan(command(CommandWord.TRAINING))
    await terminal.scan(slip_code(elsewhere.slip, "B"))
    assert notice(terminal)[0] == "Unknown slip."


# Who signed it


async def test_what_a_known_key_did_not_sign_is_refused_by_name(
    terminal: Terminal, elsewhere: Elsewhere
) -> None:
    await terminal.scan(BADGE)
    tag = decode(elsewhere.code())
    assert isinstance(tag, Tag)
    signed = read(tag.body)
    assert not isinstance(signed, Refusal)
    forged = write(elsewhere.passport(quantity=Decimal(800)), lambda _: bytes.fromhex(signed.signature))
    assert forged is not None
    await terminal.scan(forged)
    assert refused(terminal) == Refusal.PASSPORT_FORGED.sentence
    assert isinstance(terminal.view.body, Waiting)
    assert terminal.shop.facts == []


async def test_a_forgery_of_a_known_slip_is_refused_too(elsewhere: Elsewhere) -> None:
    terminal = Terminal(with_reasons(elsewhere.shop))
    terminal.memory.keys.add(elsewhere.key.public)
    forged = write(elsewhere.passport(), lambda _: bytes(64))
    assert forged is not None
    await terminal.scan(forged)
    assert refused(terminal) == Refusal.PASSPORT_FORGED.sentence


async def test_one_whose_key_is_not_known_here_is_taken_and_said_to_be_unproven(
    terminal: Terminal, elsewhere: Elsewhere
) -> None:
    terminal.memory.keys.clear()
    await terminal.scan(BADGE)
    await terminal.scan(elsewhere.code())
    assert [doubt.title for doubt in working(terminal).doubts] == [Flag.PASSPORT_UNPROVEN.sentence]
    await terminal.keys("enter")
    assert terminal.reports[0].warned == (Flag.PASSPORT_UNPROVEN.value,)
    assert not readings(terminal)[0].proven


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("B" * 40, Refusal.CODE_CHECK_WRONG),
        (seal(bytes(90)), Refusal.PASSPORT_UNUSABLE),
        (seal(b"x" * 300), Refusal.PASSPORT_UNUSABLE),
    ],
)
async def test_a_large_code_that_says_nothing_is_refused(
    terminal: Terminal, body: str, said: Refusal
) -> None:
    await terminal.scan(encode(TagKind.PASSPORT, body))
    assert refused(terminal) == said.sentence


# How it comes in


def typed(code: str, ms_per_key: float = MS_PER_KEY, end: str = "enter") -> Iterator[object]:
    scanner, now_ms = Scanner(), 0.0
    for key in code:
        now_ms += ms_per_key
        yield from scanner.press(key, now_ms)
    if end:
        yield from scanner.press(end, now_ms + ms_per_key)
    yield from scanner.tick(now_ms + 200)


@pytest.mark.parametrize("end", ["enter", "tab", ""])
@pytest.mark.parametrize("letters", ["upper", "lower"])
def test_a_wedge_types_the_largest_passport_as_one_scan(tmp_path: Path, end: str, letters: str) -> None:
    code = Elsewhere(tmp_path, steps=12).code()
    assert 500 < len(code) <= LETTERS_MAX < SCAN_CHARS_MAX
    (scan,) = typed(code if letters == "upper" else code.lower(), end=end)
    assert isinstance(scan, Scan)
    assert scan.tag == decode(code)


@pytest.mark.parametrize("kept", [0.3, 0.99])
def test_half_of_it_is_never_taken(tmp_path: Path, kept: float) -> None:
    code = Elsewhere(tmp_path, steps=12).code()
    found = list(typed(code[: int(len(code) * kept)]))
    assert not any(isinstance(one, Scan) for one in found)


async def test_a_report_made_elsewhere_from_paper_joins_the_facts_of_the_order(
    terminal: Terminal, elsewhere: Elsewhere
) -> None:
    await terminal.scan(BADGE)
    await terminal.scan(elsewhere.code())
    await terminal.keys("enter")
    elsewhere.shop.facts += terminal.shop.facts
    line = elsewhere.shop.line(elsewhere.slip, 10)
    assert (line.good, line.still_here, elsewhere.shop.flags()) == (80, 0, [])
    elsewhere.shop.report(elsewhere.slip, content(20, 80, final=True))
    assert elsewhere.shop.line(elsewhere.slip, 30).still_here == 80
