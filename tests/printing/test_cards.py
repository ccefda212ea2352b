from floor.events import ItemDefined, LotDefined, ReasonDefined, ReasonUse
from floor.items import Item
from floor.plant import Plant
from floor.tags import ALPHABET, CommandWord, Tag, TagKind, decode
from printing.cards import (
    COMMAND_MEANINGS,
    CardSheet,
    CardSize,
    badge_sheet,
    command_card,
    lot_sheet,
    machine_sheet,
    number_card,
    reason_sheet,
)
from printing.document import document
from printing.readback import Trusted, read_back
from tests.floor.shop import MOMENT
from tests.printing.samples import a_confirmed_shop, badges, badges_people, reasons


def tags_on(sheet: CardSheet) -> list[Tag]:
    """What its codes say."""
    tags = [decode(card.code) for card in sheet.cards]
    assert all(isinstance(tag, Tag) for tag in tags)
    return [tag for tag in tags if isinstance(tag, Tag)]


def test_the_command_card_has_every_word_on_one_page() -> None:
    assert {tag.command for tag in tags_on(command_card())} == set(CommandWord)
    assert len(document(command_card()).pages) == 1


def test_the_number_card_is_a_keypad_with_what_belongs_to_a_number() -> None:
    tags = tags_on(number_card())
    said = [tag.digit if tag.kind is TagKind.NUMBER else tag.command.name for tag in tags]
    assert said == [*"789456123", "POINT", "0", "BACK", "GOOD", "SCRAP", "OK"]
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
    assert [card.title for card in reason_sheet(plant, [ReasonUse.DOWN]).cards] == ["down"]
    assert len(reason_sheet(plant).cards) == 2


def test_a_machine_tag_says_where_the_machine_stands() -> None:
    [card] = machine_sheet(a_confirmed_shop().plant).cards
    assert (card.title, card.subtitle) == ("Saw 2", "Cutting · SAW")


def lots_of_oak(count: int) -> Plant:
    plant = Plant(name="Oak Works")
    plant.learn(ItemDefined(at=MOMENT, item=Item(item="OAK-25", name="Oak board, 25 mm")))
    for number in range(count):
        code = f"BBBBB{ALPHABET[number]}"
        lot = LotDefined(at=MOMENT, lot=f"L-{number}", item="OAK-25", supplier="Hartmann", code=code)
        plant.learn(lot)
    return plant


def test_a_lots_label_says_what_it_is_and_whose() -> None:
    plant = lots_of_oak(3)
    assert len(lot_sheet(plant).cards) == 3
    [card] = lot_sheet(plant, ["L-1", "no such lot"]).cards
    assert (card.title, card.subtitle) == ("L-1", "Oak board, 25 mm · Hartmann")
    assert decode(card.code) == Tag(TagKind.MATERIAL_LOT, "BBBBBC")


def test_a_badge_says_the_role_in_the_plants_language() -> None:
    said = {"Supervisor": "Meister", "Badges": "Ausweise"}
    sheet = badge_sheet("Werk", badges_people(), lambda text: said.get(text, text))
    assert (sheet.title, sheet.cards[0].band) == ("Ausweise", "Meister")


def test_a_badge_on_plastic_is_a_page_of_the_size_of_a_bank_card() -> None:
    sheet = badges(3).model_copy(update={"size": CardSize.SINGLE})
    pages = document(sheet).pages
    assert [(page.width, page.height) for page in pages] == [(85.6, 54.0)] * 3


def test_all_cards_read_back() -> None:
    sheets = (badges(11), reasons(21), command_card(), number_card(), machine_sheet(a_confirmed_shop().plant))
    for sheet in (*sheets, lot_sheet(lots_of_oak(4))):
        assert isinstance(read_back(sheet, document(sheet)), Trusted)
