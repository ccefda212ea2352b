from floor.events import ReasonDefined, ReasonUse
from floor.plant import Plant
from floor.tags import ALPHABET, CommandWord, Tag, TagKind, decode
from printing.cards import (
    COMMAND_MEANINGS,
    command_card,
    machine_sheet,
    reason_sheet,
)
from printing.document import document
from printing.readback import Trusted, read_back
from tests.floor.shop import MOMENT
from tests.printing.samples import a_confirmed_shop, badges, reasons


def test_the_command_card_has_every_word_and_every_digit() -> None:
    tags = [decode(card.code) for card in command_card().cards]
    assert all(isinstance(tag, Tag) for tag in tags)
    assert {tag.command for tag in tags if isinstance(tag, Tag) and tag.command} == set(CommandWord)
    digits = [tag.digit for tag in tags if isinstance(tag, Tag) and tag.kind is TagKind.NUMBER]
    assert "".join(digit or "" for digit in digits) == "1234567890"
    assert len(ALPHABET) == 16


def test_the_card_says_what_each_word_does() -> None:
    assert set(COMMAND_MEANINGS) == set(CommandWord)


def test_reasons_can_be_listed_by_what_they_explain() -> None:
    plant = Plant()
    for reason, use in [("1", ReasonUse.SCRAP), ("2", ReasonUse.DOWN)]:
        plant.learn(
            ReasonDefined(
                at=MOMENT, reason=reason, name=use, uses=(use,), code=f"BBBBB{ALPHABET[int(reason)]}"
            )
        )
    assert [card.title for card in reason_sheet(plant, ReasonUse.DOWN).cards] == ["down"]
    assert len(reason_sheet(plant).cards) == 2


def test_a_machine_tag_says_where_the_machine_stands() -> None:
    [card] = machine_sheet(a_confirmed_shop().plant).cards
    assert (card.title, card.subtitle) == ("Saw 2", "Cutting · SAW")


def test_all_cards_read_back() -> None:
    for sheet in (badges(11), reasons(21), command_card(), machine_sheet(a_confirmed_shop().plant)):
        assert isinstance(read_back(sheet, document(sheet)), Trusted)
