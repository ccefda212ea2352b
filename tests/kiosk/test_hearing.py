"""What several devices say at once, each heard by itself."""

from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from floor.refusals import Refusal
from floor.source import Source
from floor.tags import TagKind, encode, slip_code
from kiosk.devices import Device
from kiosk.hearing import KEYBOARD, Hearing
from kiosk.inputs import Input, Label, Number, Press, Unreadable
from kiosk.scanner import Scanner
from tests.kiosk.test_scanner import no, scan

SLIP: Final = slip_code("BCDFGHJK", "B")
REASON: Final = encode(TagKind.REASON, "BCDFGH")
PAD: Final = Device("number pad", has_keys=True)
GUN: Final = Device("scanner", has_keys=True)
SERIAL: Final = Device("serial", has_keys=False)
HAND_MS: Final = 150.0


class Table:
    """Devices on one clock."""

    def __init__(self, prefix: str = "") -> None:
        self.hearing = Hearing(Scanner(prefix))
        self.now_ms = 1000.0
        self.read: list[Input] = []

    def says(self, device: Device, *keys: str, gap_ms: float = 0.0) -> "Table":
        for key in keys:
            self.now_ms += gap_ms
            self.read += self.hearing.heard(device, [(key, self.now_ms)])
        return self

    def silence(self, ms: float = 500.0) -> "Table":
        self.now_ms += ms
        self.read += self.hearing.tick(self.now_ms)
        return self


@given(st.permutations([KEYBOARD] * 13 + [GUN] * 10 + [SERIAL] * 13))
def test_a23_what_devices_say_at_the_same_time_never_mixes(turns: list[Device]) -> None:
    scans = {KEYBOARD: SLIP, GUN: REASON, SERIAL: slip_code("BCDFGHJL", "B")}
    keys = {device: iter([*code, "enter"]) for device, code in scans.items()}
    table = Table()
    for device in turns:
        if key := next(keys[device], None):
            table.says(device, key)
    table.silence()
    assert sorted(map(str, table.read)) == sorted(str(scan(code)) for code in scans.values())


@pytest.mark.parametrize("by", [GUN, SERIAL])
@pytest.mark.parametrize("on", [KEYBOARD, PAD])
def test_a_number_typed_on_one_device_goes_before_the_code_of_another(by: Device, on: Device) -> None:
    table = Table().says(on, "4", gap_ms=HAND_MS)
    assert table.hearing.pending == "4"
    table.now_ms += HAND_MS
    table.says(by, *REASON, "enter")
    assert table.read == [Number("4"), scan(REASON)]
    assert table.hearing.pending == ""


def test_an_enter_of_another_device_confirms_the_number() -> None:
    table = Table().says(PAD, "7", "6", gap_ms=HAND_MS).says(KEYBOARD, "enter", gap_ms=HAND_MS)
    assert table.read == [Number("76"), Press("enter")]


def test_a_code_typed_half_stays_where_it_is_when_another_device_scans() -> None:
    table = Table().says(KEYBOARD, *SLIP[:6], gap_ms=HAND_MS)
    table.now_ms += HAND_MS
    table.says(SERIAL, *REASON, "\r")
    assert table.read == [scan(REASON)]
    assert table.hearing.pending == SLIP[:6]


def test_a_foreign_code_that_is_still_coming_is_no_number_for_another_device() -> None:
    table = Table().says(GUN, *"4006").says(SERIAL, *REASON, "\r").says(GUN, *"381333931", "enter")
    assert table.read == [scan(REASON), no(Refusal.NOT_A_CODE)]


@pytest.mark.parametrize("noise", ["\r", "7\r", "12\r\n", "\t", "4" + REASON + "\r", "\x007\xff\r"])
def test_noise_on_a_serial_line_is_neither_a_number_nor_an_enter(noise: str) -> None:
    table = Table().says(SERIAL, *noise).silence()
    assert all(said == no(Refusal.NOT_A_CODE) for said in table.read), table.read


@pytest.mark.parametrize("device", [KEYBOARD, PAD, SERIAL])
def test_e3_half_codes_e4_glued_codes_and_e5_control_characters_of_any_device(device: Device) -> None:
    table = Table().says(device, *SLIP[:7], "enter")
    table.says(device, *SLIP, *REASON, "enter")
    table.says(device, *SLIP[:4], "\x11", "\x03", "\x1b", "\x00", *SLIP[4:], "enter")
    refused = [no(Refusal.CODE_TOO_SHORT), no(Refusal.CODE_TOO_LONG)]
    assert table.read == [*refused, scan(SLIP)]


def test_a_serial_scan_is_a_scan_however_slowly_it_is_read() -> None:
    assert Table().says(SERIAL, *SLIP, "\r", gap_ms=HAND_MS).read == [scan(SLIP)]


def test_each_device_has_the_plants_prefix_cut_off() -> None:
    assert Table("]C1").says(SERIAL, *"]C1", *SLIP, "\r").read == [scan(SLIP)]


def test_silence_ends_the_scan_of_every_device() -> None:
    table = Table().says(SERIAL, *SLIP).says(GUN, *REASON)
    assert table.hearing.settles(table.now_ms)
    assert table.silence(70).read == [scan(SLIP), scan(REASON)]


def test_what_was_typed_last_is_shown() -> None:
    table = Table().says(KEYBOARD, "1").says(PAD, "2", gap_ms=HAND_MS)
    assert table.hearing.pending == "2"
    assert table.says(KEYBOARD, "5", gap_ms=HAND_MS).hearing.pending == "15"


def test_e6_a_flood_of_one_device_holds_up_no_other() -> None:
    table = Table().says(SERIAL, *"B" * 5000).says(KEYBOARD, *SLIP, "enter").says(SERIAL, "\r")
    assert table.read == [scan(SLIP), Unreadable(Refusal.SCAN_TOO_LONG)]


def test_a_suppliers_label_takes_the_number_of_another_device_with_it_and_comes_from_a_serial_port_too() -> (
    None
):
    label = "]C10109501101530003" + "10AB-7"
    table = Table().says(PAD, "4", gap_ms=HAND_MS)
    table.now_ms += HAND_MS
    number, said = table.says(SERIAL, *label, "\r", gap_ms=HAND_MS).read
    assert number == Number("4")
    assert isinstance(said, Label)
    assert (said.says.lot, said.source) == ("AB-7", Source.SCAN)
