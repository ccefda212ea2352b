"""The page that everybody may read: names literally, nothing from elsewhere."""

import re

import httpx
import pytest

from floor.tags import slip_name
from tests.central.support import Plant, Station

EVIL = "<script>alert(1)</script>[b]\"'&"


def page(plant: Plant) -> httpx.Response:
    return httpx.get(plant.address + "/", trust_env=False)


def test_the_page_shows_orders_steps_doubts_and_stations(demo: Plant, cutting: Station) -> None:
    slip = cutting.issue("MO-1042", 30)
    cutting.report(slip, "MO-1042", 28, final=True)
    cutting.pushed()
    text = page(demo).text
    for shown in (
        "Oakfield Furniture",
        "MO-1042",
        "Chair, oak",
        "Sand and polish",
        "cutting-1",
        slip_name(slip),
    ):
        assert shown in text
    assert "A finished step leaves pieces unaccounted for." in text
    assert "in progress" in text


def test_names_are_shown_literally(demo: Plant) -> None:
    order = {"order": "MO-9", "item": "EVIL", "quantity": "3", "customer": EVIL}
    demo.load(
        {
            "items.csv": 'item,name\nEVIL,"' + EVIL.replace('"', '""') + '"\n',
            "routes.csv": 'item,step,name,work_centre\nEVIL,10,"' + EVIL.replace('"', '""') + '",CUT\n',
        }
    )
    demo.post("/orders", order, 201)
    demo.post("/orders/MO-9/confirm", {})
    text = page(demo).text
    assert "<script>" not in text
    assert text.count("&lt;script&gt;alert(1)&lt;/script&gt;[b]&#34;&#39;&amp;") == 3


def test_nothing_comes_from_elsewhere(demo: Plant) -> None:
    answer = page(demo)
    links = re.findall(r"(?:src|href|action|content)=\"([^\"]*)\"", answer.text)
    assert links
    assert [link for link in links if "//" in link] == []
    assert "default-src 'self'" in answer.headers["Content-Security-Policy"]
    assert "style=" not in answer.text, "the policy would drop it"
    for link in links:
        if link.startswith("/static/"):
            assert httpx.get(demo.address + link, trust_env=False).status_code == 200
    assert "url(" not in httpx.get(demo.address + "/static/board.css", trust_env=False).text


@pytest.mark.parametrize(
    "file", ["..%2fpages.py", "%2e%2e/pages.py", "board.css%00", "pages.py", "....//x", "%5c..%5cx"]
)
def test_no_other_file_can_be_read(plant: Plant, file: str) -> None:
    assert httpx.get(f"{plant.address}/static/{file}", trust_env=False).status_code in (401, 404)


def test_an_empty_plant_has_a_page_too(plant: Plant) -> None:
    assert "No order yet." in page(plant).text
    assert httpx.get(plant.address + "/health", trust_env=False).json() == {"status": "ok"}


def test_many_orders_are_shown_in_part_and_said_so(demo: Plant) -> None:
    rows = "".join(f"X-{number:03d},CH-OAK,5\n" for number in range(70))
    demo.load({"orders.csv": f"order,item,quantity\n{rows}"})
    assert "13 more" in page(demo).text
