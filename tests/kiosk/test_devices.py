"""A terminal with a serial scanner, in a process of its own on the bare console: what people see of it."""

import asyncio
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from floor.tags import CommandWord
from kiosk.demo.plant import write_settings
from kiosk.demo.screen import Screen
from kiosk.devices import Device, DeviceState, DeviceTrouble
from kiosk.dialogue.station import devices
from tests.kiosk.at_terminal import command
from tests.kiosk.test_serial_scanner import Cable
from tests.tidy.tree import ROOT


@pytest.fixture
def cable(tmp_path: Path) -> Cable:
    return Cable(tmp_path)


@pytest.fixture
def screen(tmp_path: Path, cable: Cable) -> Iterator[Screen]:
    path = write_settings(tmp_path, "cutting-1", "Cutting Line 1", "cutting", "", "none")
    serial = f'[[serial]]\nname = "The saw\'s scanner"\ndevice = "{cable.path}"\n'
    path.write_text(path.read_text(encoding="utf-8") + serial, encoding="utf-8")
    program = [sys.executable, "-m", "kiosk", "--config", str(path)]
    made = Screen(program, environment={"TERM": "linux", "COLORTERM": ""}, directory=ROOT)
    yield made
    assert made.stop() == 0


def test_a23_a_missing_scanner_is_named_and_what_it_scans_counts_when_it_is_there(
    screen: Screen, cable: Cable
) -> None:
    screen.wait("The saw's scanner is not there. Plug it in")
    cable.plug()
    screen.wait(lambda text: "is not there" not in text and "or a slip to see" in text)
    asyncio.run(cable.send(command(CommandWord.HELP).encode() + b"\r\n"))
    screen.wait("signs you on")
    cable.unplug()
    screen.wait("The saw's scanner is not there")
    screen.press("escape")
    screen.wait("or a slip to see")


def test_the_first_device_that_is_wanting_is_named() -> None:
    well = DeviceState(Device("A", has_keys=True), None)
    starting = DeviceState(Device("B", has_keys=True), DeviceTrouble.NOT_OPENED_YET)
    assert devices.sentence([well, starting]) is None
    for trouble in set(DeviceTrouble) - {DeviceTrouble.NOT_OPENED_YET}:
        said = devices.sentence(
            [well, starting, DeviceState(Device("The {scanner}", has_keys=True), trouble)]
        )
        assert said is not None
        assert said.startswith("The {scanner} ")
