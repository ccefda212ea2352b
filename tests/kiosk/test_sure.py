"""Numbers that nobody can have meant: asked about wherever a number is said, with No marked.

Never a number that can be meant.
"""

from decimal import Decimal

import pytest

from floor.events import MachineDefined, ReportCorrected, SlipIssued
from floor.flags import Flag
from floor.network import NetworkState
from floor.people import Person
from floor.refusals import Refusal
from floor.station import Standing
from floor.tags import CommandWord, TagKind, encode, slip_code, step_code
from kiosk.dialogue.view import Choosing
from tests.floor.shop import MOMENT, a_shop, content, step
from tests.kiosk.at_terminal import command, refused, signed_on, working
from tests.kiosk.shop_memory import BADGE, EVE, PIN, Terminal, with_reasons

SUPERVISOR = encode(TagKind.PERSON, EVE.badge)


@pytest.fixture
def terminal() -> Terminal:
    return Terminal(with_reasons(a_shop()))


def asked(terminal: Terminal) -> Choosing:
    body = terminal.view.body
    assert isinstance(body, Choosing), body
    assert body.title.endswith("is that right?"), body.title
    assert body.rows[body.chosen].cells[0].startswith("No")
    return body


async def test_a_correction_to_an_absurd_number_is_asked_about(terminal: Terminal) -> None:
    slip = await signed_on(terminal)
    await terminal.scan(step_code(slip, 10))
    await terminal.keys("7", "6", "enter", "enter")
    await terminal.scan(command(CommandWord.CORRECT))
    await terminal.keys("enter", "7", "6", "7", "6", "enter")
    asked(terminal)
    await terminal.keys("enter")
    corrected = [fact for fact in terminal.shop.facts if isinstance(fact.event, ReportCorrected)]
    assert corrected == []
    await terminal.keys("enter", "2", "enter")
    (said,) = [fact.event for fact in terminal.shop.facts if isinstance(fact.event, ReportCorrected)]
    assert said.content is not None
    assert said.content.good == Decimal(7676)


async def test_an_absurd_number_from_paper_is_asked_about(terminal: Terminal) -> None:
    (slip,) = terminal.shop.issue(80)
    await terminal.scan(SUPERVISOR)
    await terminal.scan(command(CommandWord.FROM_PAPER))
    await terminal.keys(*PIN, "enter")
    await terminal.scan(slip_code(slip, "B"))
    await terminal.scan(BADGE)
    await terminal.keys(*"8080", "enter", "enter")
    asked(terminal)
    await terminal.keys("enter")
    assert terminal.reports == []
    await terminal.keys(*"80", "enter", "enter")
    assert [report.content.good for report in terminal.reports] == [Decimal(80)]


async def test_many_times_what_the_order_wants_is_asked_about_at_the_desk(terminal: Terminal) -> None:
    await terminal.scan(SUPERVISOR)
    await terminal.keys("f10", *PIN, "enter", "enter")
    body = terminal.view.body
    assert isinstance(body, Choosing)
    other = [row.cells[0] for row in body.rows].index("Other quantity")
    before = len(issued(terminal))
    await terminal.keys(str(other + 1), "enter", *"90000", "enter")
    asked(terminal)
    await terminal.keys("enter")
    assert len(issued(terminal)) == before
    await terminal.keys(*"90000", "enter", "2", "enter")
    assert issued(terminal)[-1].quantity == Decimal(90000)


def issued(terminal: Terminal) -> list[SlipIssued]:
    return [fact.event for fact in terminal.shop.facts if isinstance(fact.event, SlipIssued)]


async def test_the_menu_over_the_desk_leads_back_to_the_desk(terminal: Terminal) -> None:
    await terminal.scan(SUPERVISOR)
    await terminal.keys("f10", *PIN, "enter")
    desk = terminal.view.body
    await terminal.keys("insert")
    assert terminal.view.body != desk
    await terminal.keys("insert", "escape")
    assert terminal.view.body == desk


async def test_backspace_with_nothing_to_take_away_answers_nothing(terminal: Terminal) -> None:
    await terminal.scan(SUPERVISOR)
    await terminal.keys("f10")
    question = terminal.view.body
    await terminal.keys("backspace")
    assert terminal.view.body == question


async def test_a_takeover_is_said(terminal: Terminal) -> None:
    await terminal.scan(BADGE)
    await terminal.scan(SUPERVISOR)
    notice = terminal.view.notice
    assert notice is not None
    assert notice.title == "Eve took over from John Miller"


async def test_a_terminal_that_received_no_people_yet_says_so(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def nobody(*_asked: object) -> dict[str, Person]:
        return {}

    monkeypatch.setattr(terminal.memory, "people", nobody)
    await terminal.scan(encode(TagKind.PERSON, "XXXXXX"))
    assert refused(terminal) == Refusal.NOBODY_KNOWN_YET.sentence


@pytest.mark.parametrize(
    ("network", "hint"),
    [
        (NetworkState.NO_NETWORK, "There is no network: they come by themselves with it."),
        (NetworkState.NO_TOKEN, "This station has no token yet: central station add prints one."),
        (NetworkState.TOKEN_REFUSED, "The server refuses this station: it needs a new token."),
        (NetworkState.ALONE, "No server is set: the settings need one."),
        (NetworkState.ONLINE, Refusal.NOBODY_KNOWN_YET.hint),
    ],
)
async def test_where_nobody_is_known_yet_the_hint_says_what_is_wanting_on_the_road(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch, network: NetworkState, hint: str
) -> None:
    async def nobody(*_asked: object) -> dict[str, Person]:
        return {}

    async def standing(*_asked: object) -> Standing:
        return Standing(0, 0, None, network)

    monkeypatch.setattr(terminal.memory, "people", nobody)
    monkeypatch.setattr(terminal.memory, "standing", standing)
    await terminal.conversation.refresh()
    await terminal.scan(encode(TagKind.PERSON, "XXXXXX"))
    notice = terminal.view.notice
    assert notice is not None
    assert (notice.title, notice.detail) == (Refusal.NOBODY_KNOWN_YET.sentence, hint)


async def test_a_station_without_a_token_says_where_one_belongs(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def standing(*_asked: object) -> Standing:
        return Standing(3, 0, 60, NetworkState.NO_TOKEN)

    monkeypatch.setattr(terminal.memory, "standing", standing)
    await terminal.conversation.refresh()
    assert terminal.view.foot.trouble == "No token in station.token: central station add prints one."


async def test_a_lot_of_many_times_the_order_is_asked_about(terminal: Terminal) -> None:
    await terminal.scan(SUPERVISOR)
    await terminal.keys("f10", *PIN, "enter", "enter")
    body = terminal.view.body
    assert isinstance(body, Choosing)
    lots = [row.cells[0] for row in body.rows].index("In lots: 80")
    await terminal.keys(str(lots + 1), "enter", *"90000", "enter")
    asked(terminal)
    await terminal.keys("enter")
    assert issued(terminal) == []
    await terminal.keys(*"90000", "enter", "2", "enter")
    assert [slip.quantity for slip in issued(terminal)] == [Decimal(80)]


async def test_another_machine_is_not_warned_of_where_the_whole_work_centre_is_another() -> None:
    shop = with_reasons(a_shop([step(10, machine="saw-1"), step(20)]))
    for machine, centre, code in (("saw-2", "WC10", "FFFFFF"), ("mill", "WC20", "HHHHHH")):
        shop.plant.learn(
            MachineDefined(at=MOMENT, machine=machine, name=machine, work_centre=centre, code=code)
        )
    terminal = Terminal(shop)
    slip = await signed_on(terminal)
    for code, shown in (("FFFFFF", Flag.WRONG_MACHINE), ("HHHHHH", Flag.WRONG_WORK_CENTRE)):
        await terminal.scan(encode(TagKind.MACHINE, code))
        await terminal.scan(step_code(slip, 10))
        assert [doubt.title for doubt in working(terminal).doubts] == [shown.sentence]
        await terminal.keys("5", "enter", "enter")
    assert terminal.reports[1].warned == (Flag.WRONG_WORK_CENTRE.value, Flag.WRONG_MACHINE.value)


async def test_whoever_is_not_qualified_is_told_so_and_the_pieces_come_first() -> None:
    steps = [step(10, skills=("saw",), person="4712"), step(20)]
    terminal = Terminal(with_reasons(a_shop(steps)))
    slip = await signed_on(terminal)
    terminal.shop.report(slip, content(10, 80, final=True))
    await terminal.scan(step_code(slip, 10))
    said = [doubt.title for doubt in working(terminal).doubts]
    assert "You are not qualified for this step." in said
    assert said.index(Flag.ALREADY_DONE.sentence) < said.index(Flag.OTHER_PERSON.sentence)
