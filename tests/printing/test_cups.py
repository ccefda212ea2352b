"""One page through a real CUPS to a real IPP printer, and read from what came out."""

from collections.abc import Iterator

import pytest

from floor.commands import PaperOutcome
from printing.document import document
from printing.layout import placed
from printing.printers.following import Limits
from printing.printers.lp import print_to_queue
from printing.raster import pictures
from printing.readers import readers
from printing.work import printable
from tests.printing.print_shop import QUEUE, PrintShop, end, print_shop
from tests.printing.samples import a_slip

pytestmark = pytest.mark.printers


@pytest.fixture(scope="module")
def shop() -> Iterator[PrintShop]:
    with print_shop() as opened:
        yield opened


@pytest.fixture(autouse=True)
def this_server(shop: PrintShop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CUPS_SERVER", shop.server)


def test_a_slip_comes_out_of_the_printer_with_every_code_readable(shop: PrintShop) -> None:
    made = document(a_slip(5))
    delivery = print_to_queue(QUEUE, printable(made))
    assert (delivery.outcome, delivery.reason) == (PaperOutcome.PRINTED, "")
    [paper] = shop.out.glob("*.pdf")
    [picture] = pictures(paper.read_bytes())
    for read in readers().values():
        assert read.page(picture) == placed(made.pages[0])


def test_a_queue_that_does_not_exist_failed(shop: PrintShop) -> None:
    delivery = print_to_queue("nosuch", printable(document(a_slip())))
    assert delivery.outcome is PaperOutcome.FAILED
    assert "does not exist" in delivery.reason


def test_a_printer_that_is_switched_off_leaves_the_page_unknown(shop: PrintShop) -> None:
    end(shop.printer)
    delivery = print_to_queue(QUEUE, printable(document(a_slip())), Limits(job_s=3, trouble_s=3))
    assert delivery.outcome is PaperOutcome.UNKNOWN
    assert "waits in the queue" in delivery.reason
