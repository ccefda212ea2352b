"""A plant from files: all of it or nothing, each broken place by its name, and again only what changed."""

from pathlib import Path

import pytest
from argon2 import PasswordHasher
from sqlalchemy import func, select

from central import directory
from central.loading.codes import assigned
from central.tables import ENTRY, PERSON
from floor.items import Tracking
from floor.routing import Route
from floor.tags import ALPHABET, TagKind
from tests.central.support import Plant, demo_files


def entries(plant: Plant) -> int:
    with plant.central.database.reading() as connection:
        return int(connection.execute(select(func.count()).select_from(ENTRY)).scalar_one())


def people(plant: Plant) -> dict[str, object]:
    with plant.central.database.reading() as connection:
        return dict(directory.people(connection))


def known(plant: Plant) -> object:
    with plant.central.database.reading() as connection:
        return plant.central.plant.read(connection)


def route_of(plant: Plant, item: str) -> Route:
    with plant.central.database.reading() as connection:
        return plant.central.plant.read(connection).routes[item]


def test_the_demo_plant_is_taken_in(demo: Plant) -> None:
    orders = {found["order"]: found for found in demo.get("/orders")}
    assert set(orders) == {"MO-1042", "MO-1043", "MO-1051"}
    chairs = orders["MO-1042"]
    assert (chairs["state"], chairs["item_name"], chairs["quantity"]) == ("confirmed", "Chair, oak", "100")
    assert chairs["due"] == "2027-04-30"
    assert [step["name"] for step in chairs["steps"]] == [
        "Cut legs, seat and back",
        "Sand and polish",
        "Assemble",
        "Inspect",
        "Pack",
    ]
    legs = orders["MO-1043"]["steps"][0]
    assert (legs["wanted"], legs["unit"]) == ("80", "leg")
    assert orders["MO-1051"]["state"] == "draft"


def test_loading_again_adds_nothing(demo: Plant) -> None:
    before = entries(demo)
    assert demo.load()["added"] == {}
    assert entries(demo) == before


def test_loading_again_adds_only_what_changed(demo: Plant) -> None:
    files = demo_files()
    files["items.csv"] = files["items.csv"].replace("Seat, oak", "Seat, oak, oiled")
    files["people.csv"] = files["people.csv"].replace("2468", "8642")
    files["routes.csv"] = files["routes.csv"].replace("CH-OAK,50,Pack,", "CH-OAK,50,Wrap and pack,")
    assert demo.load(files)["added"] == {
        "item_defined": 1,
        "route_defined": 1,
        "instructions_defined": 2,
        "people": 1,
    }
    assert route_of(demo, "CH-OAK").version == 2
    locked = demo.get("/orders/MO-1042")["board"]["steps"]
    assert locked[-1]["name"] == "Pack", "a confirmed order keeps the route that it was confirmed with"
    pin_hash = people(demo)["4801"].pin_hash
    assert PasswordHasher().verify(pin_hash, "8642")


def test_a_dry_run_says_what_it_would_add_and_adds_nothing(plant: Plant) -> None:
    tried = plant.post("/load", {"files": demo_files(), "dry_run": True})
    assert tried["dry_run"] is True
    assert entries(plant) == 0
    assert people(plant) == {}
    assert plant.load()["added"] == tried["added"]


def test_rules_of_the_plant_are_loaded_and_only_what_changed(demo: Plant) -> None:
    files = demo_files()
    files["plant.toml"] += 'runs = "wanted"\ncrew_time = "each"\nundo_minutes = 45\n'
    assert demo.load(files)["added"] == {"plant_described": 1}
    assert demo.load(files)["added"] == {}
    described = known(demo)
    assert (described.runs, described.crew_time, described.undo_minutes) == ("wanted", "each", 45)


def test_skills_are_loaded_for_people_and_steps_and_go_to_every_station(demo: Plant) -> None:
    files = {
        "people.csv": "person,name,skills\n99,Ann Weld,welding tig\n",
        "routes.csv": "item,step,name,work_centre,runs,skills\nBOX-CH,10,Weld,CUT,wanted,welding; tig\n",
    }
    demo.load(files)
    assert people(demo)["99"].skills == ("tig", "welding")
    (welding,) = route_of(demo, "BOX-CH").steps
    assert (welding.runs, welding.skills) == ("wanted", ("tig", "welding"))
    assert route_of(demo, "CH-OAK").steps[0].runs is None
    with demo.central.database.reading() as connection:
        told = {person.person: person.skills for person in directory.notice(connection).people}
    assert told["99"] == ("tig", "welding")


BROKEN = [
    ("items.csv", "item,name\nA,\n", 2, "name"),
    ("items.csv", "item,name\n,Alpha\n", 2, "item"),
    ("items.csv", "item,name\nA,Alpha\n\nA,Beta\n", 4, "item"),
    ("items.csv", "item,name\nA,Al\x07pha\n", 2, "name"),
    ("items.csv", "item,name\nA,Al\u202epha\n", 2, "name"),
    ("items.csv", f"item,name\nA,{'x' * 121}\n", 2, "name"),
    ("items.csv", f"item,name\nA,{'x' * 3000}\n", 2, "name"),
    ("items.csv", "item,name\n[b],Alpha\n", 2, "item"),
    ("items.csv", "item,name,decimals\nA,Alpha,9\n", 2, "decimals"),
    ("routes.csv", "item,step,name,work_centre,unit,decimals\nCH-OAK,10,Cut,CUT,set,9\n", 2, "decimals"),
    (
        "routes.csv",
        "item,step,name,work_centre,counting\nCH-OAK,10,Cut,CUT,sample\nCH-OAK,20,Look,CUT,sample\n",
        2,
        "counting",
    ),
    ("items.csv", "item,name\nA\n", 2, "name"),
    ("items.csv", "item,name,tracking\nA,Alpha,batch\n", 2, "tracking"),
    ("items.csv", "item,name,gtin\nA,Alpha,4012345000017\n", 2, "gtin"),
    ("items.csv", "item,name,gtin\nA,Alpha,40123450000164\n", 2, "gtin"),
    ("items.csv", "item,name,gtin\nA,Alpha,４０１２３４５０００016\n", 2, "gtin"),
    ("items.csv", "item,name,gtin\nA,Alpha,0\n", 2, "gtin"),
    ("items.csv", "item,name,gtin\nA,Alpha,4012345000016\n", 2, "gtin"),
    ("lots.csv", "lot,item\nL-1,\n", 2, "item"),
    ("lots.csv", "lot,item\nL-1,NOSUCH\n", 2, "item"),
    ("lots.csv", "lot,item\n,OAK-25\n", 2, "lot"),
    ("lots.csv", "lot,item,code\nL-1,OAK-25,LBBKT\n", 2, "code"),
    ("lots.csv", "lot,item,code\nL-1,OAK-25,LBBKTK\n", 2, "code"),
    ("lots.csv", "lot,item\nL-1,OAK-25\nL-1,OAK-40\n", 3, "lot"),
    ("items.csv", "item,name\nA,Alpha,,\n", 2, None),
    ("items.csv", 'item,name\nA,"Alpha\n', 2, None),
    ("items.csv", "item;name\nA;Alpha\n", 1, "item;name"),
    ("items.csv", "item\nA\n", 1, "name"),
    ("items.csv", "item,name,colour\nA,Alpha,red\n", 1, "colour"),
    ("items.csv", "item,name,name\nA,Alpha,red\n", 1, "name"),
    ("items.csv", "", 1, None),
    ("plant.toml", "name = ", 1, None),
    ("plant.toml", 'name = "P"\ntime_zone = "Berlin"\n', None, "time_zone"),
    ("plant.toml", 'name = "P"\ntime_zone = "../etc/passwd"\n', None, "time_zone"),
    ("plant.toml", 'time_zone = "UTC"\n', None, "name"),
    ("plant.toml", 'name = "P"\ncolour = "red"\n', None, "colour"),
    ("plant.toml", 'name = "P"\nruns = "never"\n', None, "runs"),
    ("plant.toml", 'name = "P"\ncrew_time = "half"\n', None, "crew_time"),
    ("plant.toml", 'name = "P"\nundo_minutes = "ten"\n', None, "undo_minutes"),
    ("plant.toml", 'name = "P"\nundo_minutes = true\n', None, "undo_minutes"),
    ("plant.toml", 'name = "P"\nundo_minutes = 10081\n', None, "undo_minutes"),
    ("people.csv", "person,name,skills\n1,Ann,[b]\n", 2, "skills"),
    ("machines.csv", "machine,name,work_centre\nM,Mill,NOWHERE\n", 2, "work_centre"),
    ("machines.csv", "machine,name,work_centre,code\nM,Mill,CUT,BCD\n", 2, "code"),
    ("machines.csv", "machine,name,work_centre,code\nM,Mill,CUT,BCDFGE\n", 2, "code"),
    ("machines.csv", "machine,name,work_centre,code\nM,Mill,CUT,BCDFGH\n", 2, "code"),
    ("machines.csv", "machine,name,work_centre,code\nM,A,CUT,HHHHHH\nN,B,CUT,HHHHHH\n", 2, "code"),
    ("stations.csv", "station,name,work_centre\ns,S,NOWHERE\n", 2, "work_centre"),
    ("people.csv", "person,name,role\n1,Ann,king\n", 2, "role"),
    ("people.csv", "person,name,pin\n1,Ann,1234\n", 2, "pin"),
    ("people.csv", "person,name,role,pin\n1,Ann,supervisor,12\n", 2, "pin"),
    ("people.csv", "person,name,role,pin\n1,Ann,supervisor,１２３４\n", 2, "pin"),
    ("people.csv", "person,name,code\n1,Ann,JHNCDB\n", 2, "code"),
    ("reasons.csv", "reason,name,uses\nX,Why,\n", 2, "uses"),
    ("reasons.csv", "reason,name,uses\nX,Why,fun\n", 2, "uses"),
    ("shifts.csv", "shift,name,starts,ends,weekdays\ne,E,25:00,14:00,1-5\n", 2, "starts"),
    ("shifts.csv", "shift,name,starts,ends,weekdays\ne,E,06:00+01:00,14:00,1-5\n", 2, "starts"),
    ("shifts.csv", "shift,name,starts,ends,weekdays\ne,E,06:00,14:00,0-5\n", 2, "weekdays"),
    ("shifts.csv", "shift,name,starts,ends,weekdays\ne,E,06:00,14:00,5-1\n", 2, "weekdays"),
    ("boms.csv", "item,component,quantity,step\nCH-OAK,NOTHING,1,10\n", 2, "component"),
    ("boms.csv", "item,component,quantity,step\nNOTHING,GLUE-D3,1,10\n", 2, "item"),
    ("boms.csv", "item,component,quantity,step\nCH-OAK,GLUE-D3,1,90\n", 2, "step"),
    ("boms.csv", "item,component,quantity,step\nCH-OAK,GLUE-D3,0,10\n", 2, "quantity"),
    ("boms.csv", "item,component,quantity,step\nCH-OAK,GLUE-D3,NaN,10\n", 2, "quantity"),
    ("boms.csv", "item,component,quantity,step\nCH-OAK,CH-OAK,1,10\n", 2, "component"),
    ("boms.csv", "item,component,quantity,step\nLEG-45,CH-OAK,1,10\n", 2, "component"),
    ("boms.csv", "item,component,quantity,step,version\nCH-OAK,GLUE-D3,9,10,1\n", 2, "version"),
    ("boms.csv", "item,component,quantity,step\nCH-OAK,GLUE-D3,1,10\nCH-OAK,GLUE-D3,2,10\n", 3, "item"),
    ("routes.csv", "item,step,name,work_centre\nCH-OAK,15,Cut,CUT\n", 2, "step"),
    ("routes.csv", "item,step,name,work_centre\nCH-OAK,0,Cut,CUT\n", 2, "step"),
    ("routes.csv", "item,step,name,work_centre\nCH-OAK,2570,Cut,CUT\n", 2, "step"),
    ("routes.csv", "item,step,name,work_centre\nCH-OAK,1_0,Cut,CUT\n", 2, "step"),
    ("routes.csv", "item,step,name,work_centre\nCH-OAK,10,Cut,NOWHERE\n", 2, "work_centre"),
    ("routes.csv", "item,step,name,work_centre\nNOTHING,10,Cut,CUT\n", 2, "item"),
    ("routes.csv", "item,step,name,work_centre,predecessors\nCH-OAK,10,Cut,CUT,20\n", 2, "predecessors"),
    (
        "routes.csv",
        "item,step,name,work_centre,predecessors\nCH-OAK,10,A,CUT,20\nCH-OAK,20,B,CUT,10\n",
        2,
        "predecessors",
    ),
    ("routes.csv", "item,step,name,work_centre,predecessors\nCH-OAK,10,Cut,CUT,10\n", 2, "predecessors"),
    ("routes.csv", "item,step,name,work_centre,ratio_step\nCH-OAK,10,Cut,CUT,0\n", 2, "ratio_step"),
    ("routes.csv", "item,step,name,work_centre,machine\nCH-OAK,10,Cut,CUT,SANDER-1\n", 2, "machine"),
    ("routes.csv", "item,step,name,work_centre,person\nCH-OAK,10,Cut,CUT,nobody\n", 2, "person"),
    ("routes.csv", "item,step,name,work_centre,kind\nCH-OAK,10,Cut,CUT,magic\n", 2, "kind"),
    ("orders.csv", "order,item,quantity\nMO-1,NOTHING,1\n", 2, "item"),
    ("orders.csv", "order,item,quantity\nMO-1,GLUE-D3,1\n", 2, "item"),
    ("orders.csv", "order,item,quantity\nMO-1,CH-OAK,1_000\n", 2, "quantity"),
    ("orders.csv", "order,item,quantity\nMO-1,CH-OAK,-1\n", 2, "quantity"),
    ("orders.csv", "order,item,quantity\nMO-1,CH-OAK,１２\n", 2, "quantity"),
    ("orders.csv", 'order,item,quantity\nMO-1,CH-OAK,"1,5"\n', 2, "quantity"),
    ("orders.csv", "order,item,quantity,due\nMO-1,CH-OAK,1,30.4.2027\n", 2, "due"),
    ("orders.csv", "order,item,quantity,state\nMO-1,CH-OAK,1,cancelled\n", 2, "state"),
    ("orders.csv", "order,item,quantity\nMO-1042,CH-OAK,99\n", 2, "order"),
    ("order.csv", "order,item,quantity\nMO-1,CH-OAK,1\n", None, None),
]


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_e23_a_broken_file_is_refused_by_row_and_column_and_nothing_is_loaded(demo: Plant) -> None:
    before, who = entries(demo), people(demo)
    for file, content, row, column in BROKEN:
        good = {"work_centres.csv": "work_centre,name\nNEW,New centre\n"}
        answer = demo.load({**good, file: content}, status=422)
        places = [(found["file"], found["row"], found["column"]) for found in answer["problems"]]
        assert (file, row, column) in places, (content, answer)
        assert all(found["expected"] for found in answer["problems"])
        assert entries(demo) == before, content
        assert people(demo) == who


def test_nothing_is_half_loaded_when_the_last_order_is_wrong(demo: Plant) -> None:
    files = demo_files()
    for file, cells in (
        ("items.csv", "NEW,New item,pcs,0"),
        ("people.csv", "5000,New Person,operator,en"),
        ("routes.csv", "NEW,10,Cut,CUT"),
    ):
        files[file] += cells + "," * (files[file].partition("\n")[0].count(",") - cells.count(",")) + "\n"
    files["orders.csv"] += "MO-1060,NEW,10,,,,,confirmed\n"
    wrong = files | {"orders.csv": files["orders.csv"].replace("MO-1043,TB-SQ,20", "MO-1043,TB-SQ,21")}
    before, who = entries(demo), people(demo)
    answer = demo.load(wrong, status=422)
    assert [(found["file"], found["row"]) for found in answer["problems"]] == [("orders.csv", 3)]
    assert entries(demo) == before
    assert people(demo) == who
    assert "NEW" not in known(demo).items
    assert demo.load(files)["added"] == {
        "item_defined": 1,
        "route_defined": 1,
        "people": 1,
        "order_drafted": 1,
        "order_confirmed": 1,
    }


def test_every_problem_is_named_at_once(plant: Plant) -> None:
    answer = plant.load({"items.csv": "item,name\nA,\n,B\nC,ok\nC,again\n"}, status=422)
    assert [found["row"] for found in answer["problems"]] == [2, 3, 5]


def test_e7_e8_markup_in_names_is_kept_literally(demo: Plant) -> None:
    name = "[@click=app.quit]Chair[/] <b>&amp; ; DROP TABLE event"
    demo.load({"items.csv": f"item,name\nMARK,{name}\n", "people.csv": f"person,name\n1,{name}\n"})
    assert people(demo)["1"].name == name
    assert known(demo).items["MARK"].name == name


def test_e10_names_that_look_the_same_are_the_same(demo: Plant) -> None:
    demo.load({"people.csv": "person,name\n1,Zoe\u0308\n"})
    assert people(demo)["1"].name == "Zo\u00eb"
    assert demo.load({"people.csv": "\ufeffperson,name\n1,Zo\u00eb\n"})["added"] == {}


def test_codes_that_the_file_leaves_open_are_given_once_and_for_ever(plant: Plant) -> None:
    rows = "".join(f"M{number},Mill {number},CUT\n" for number in range(300))
    files = {
        "plant.toml": 'name = "P"\n',
        "work_centres.csv": "work_centre,name\nCUT,Cutting\n",
        "machines.csv": f"machine,name,work_centre\n{rows}",
        "people.csv": "person,name\n" + "".join(f"{number},Person {number}\n" for number in range(300)),
    }
    plant.load(files)
    codes = {machine.code for machine in known(plant).machines.values()}
    badges = {person.badge for person in people(plant).values()}
    assert len(codes) == len(badges) == 300
    assert all(len(code) == 6 and set(code) <= set(ALPHABET) for code in codes | badges)
    files["machines.csv"] = "machine,name,work_centre\nM7,Mill seven,CUT\nM300,New,CUT\n"
    before = known(plant).machines["M7"].code
    plant.load(files)
    assert known(plant).machines["M7"].code == before
    assert len({machine.code for machine in known(plant).machines.values()}) == 301


def test_no_two_things_of_a_kind_get_the_same_letters() -> None:
    first = assigned(TagKind.MACHINE, {"M1": None}, {})["M1"]
    second = assigned(TagKind.MACHINE, {"M1": None}, {"M0": first})["M1"]
    assert second != first
    wanted = {"M1": None, "M2": first}
    assert assigned(TagKind.MACHINE, wanted, {}) == {"M1": second, "M2": first}


def test_versions_are_locked(demo: Plant) -> None:
    header = "item,step,name,work_centre,version\n"
    demo.load({"routes.csv": header + "CH-SEAT,10,Glue,CUT,3\n"})
    assert route_of(demo, "CH-SEAT").version == 3
    assert demo.load({"routes.csv": header + "CH-SEAT,10,Glue,CUT,3\n"})["added"] == {}
    assert demo.load({"routes.csv": header + "CH-SEAT,10,Old,CUT,2\n"})["added"] == {}
    demo.load({"routes.csv": header + "CH-SEAT,10,Other,CUT,3\n"}, status=422)
    both = "CH-SEAT,10,Glue well,CUT,4\nCH-SEAT,10,Glue best,CUT,5\n"
    assert demo.load({"routes.csv": header + both})["added"] == {"route_defined": 2}
    assert route_of(demo, "CH-SEAT").version == 5


def test_a_draft_follows_its_file_until_it_is_confirmed(demo: Plant) -> None:
    header = "order,item,quantity,state\n"
    assert demo.load({"orders.csv": header + "MO-1051,CH-OAK,50,draft\n"})["added"] == {"order_drafted": 1}
    confirmed = demo.load({"orders.csv": header + "MO-1051,CH-OAK,50,confirmed\n"})
    assert confirmed["added"] == {"order_confirmed": 1}
    assert demo.load({"orders.csv": header + "MO-1051,CH-OAK,50,confirmed\n"})["added"] == {}
    demo.load({"orders.csv": header + "MO-1051,CH-OAK,60,confirmed\n"}, status=422)


def test_no_pin_lies_anywhere_in_clear(demo: Plant, tmp_path: Path) -> None:
    stored = str(people(demo)["4801"].pin_hash)
    assert stored.startswith("$argon2id$")
    assert PasswordHasher().verify(stored, "2468")
    assert people(demo)["4711"].pin_hash is None
    with demo.central.database.reading() as connection:
        rows = connection.execute(select(PERSON)).all()
    assert "2468" not in [value for row in rows for value in row]
    station = demo.station("cutting-1")
    assert all("argon2" not in item["body"] for item in station.whole_feed())


def test_too_much_is_refused(plant: Plant) -> None:
    rows = "".join(f"I{number},x\n" for number in range(50_001))
    answer = plant.load({"items.csv": f"item,name\n{rows}"}, status=422)
    assert "50000" in answer["problems"][0]["expected"]
    long_route = "".join(f"CH-OAK,{10 * step},{'n' * 120},CUT\n" for step in range(1, 200))
    plant.load()
    answer = plant.load({"routes.csv": f"item,step,name,work_centre\n{long_route}"}, status=422)
    assert answer["problems"][0]["file"] == "routes.csv"


def test_a_lot_is_loaded_with_its_letters_and_a_suppliers_number_is_filled_to_fourteen(demo: Plant) -> None:
    files = {
        "items.csv": "item,name,tracking,gtin\nOAK-25,Oak board,serial,4012345000023\nNUT,Nut,,40170725\n",
        "lots.csv": "lot,item,supplier\nL-9,OAK-25,Hartmann\nL-2611,OAK-40,Hartmann Sawmill\n",
    }
    assert demo.load(files)["added"] == {"item_defined": 2, "lot_defined": 1}
    items, lots = known(demo).items, known(demo).lots
    assert (items["OAK-25"].tracking, items["OAK-25"].gtin) == (Tracking.SERIAL, "04012345000023")
    assert (items["NUT"].tracking, items["NUT"].gtin) == (Tracking.NONE, "00000040170725")
    assert (lots["L-9"].item, lots["L-9"].supplier) == ("OAK-25", "Hartmann")
    assert lots["L-9"].code == assigned(TagKind.MATERIAL_LOT, {"L-9": None}, {})["L-9"]
    assert lots["L-2611"].code == "LBBKTK", "letters that were given before stay"
    assert demo.load(files)["added"] == {}
