"""Printers on USB: pyusb as it is, over a bus of this test's own."""
# ruff: noqa: ARG002 - a bus is asked as pyusb asks

from __future__ import annotations

import errno
from functools import partial
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest
import usb.backend  # type: ignore[import-untyped]
import usb.core  # type: ignore[import-untyped]

from payforward.core.printers import Printer, PrinterKind, PrinterOptions
from payforward.output.printers import PrinterProblem, Sent, sender_for

if TYPE_CHECKING:
    import array

JOB = b"\x1b@" + b"Flat white\n" * 900
VENDOR, PRODUCT = 0x04B8, 0x0E15
OUT, BACK = 0x02, 0x81
PRINTERS, HUMANS = 7, 3


class Bus(usb.backend.IBackend):  # type: ignore[misc]
    """A bus with one printer, whose second interface prints.

    ``problem`` is the number of the failure of every write, ``refuses`` of opening the printer.
    """

    def __init__(
        self,
        *,
        classes: tuple[int, ...] = (HUMANS, PRINTERS),
        problem: int = 0,
        refuses: int = 0,
        in_use: bool = False,
    ) -> None:
        self.classes = classes
        self.problem = problem
        self.refuses = refuses
        self.in_use = in_use
        self.taken = bytearray()
        self.driver = True
        self.claimed: list[int] = []

    def enumerate_devices(self) -> list[int]:
        return [1]

    def get_device_descriptor(self, device: int) -> Any:
        return SimpleNamespace(
            bLength=18,
            bDescriptorType=1,
            bcdUSB=0x200,
            bDeviceClass=0,
            bDeviceSubClass=0,
            bDeviceProtocol=0,
            bMaxPacketSize0=64,
            idVendor=VENDOR,
            idProduct=PRODUCT,
            bcdDevice=0x100,
            iManufacturer=0,
            iProduct=0,
            iSerialNumber=0,
            bNumConfigurations=1,
            address=1,
            bus=1,
            port_number=1,
            port_numbers=(1,),
            speed=2,
        )

    def get_configuration_descriptor(self, device: int, config: int) -> Any:
        if config:
            raise IndexError
        return SimpleNamespace(
            bLength=9,
            bDescriptorType=2,
            wTotalLength=32,
            bNumInterfaces=len(self.classes),
            bConfigurationValue=1,
            iConfiguration=0,
            bmAttributes=0,
            bMaxPower=50,
            extra_descriptors=[],
        )

    def get_interface_descriptor(self, device: int, number: int, other: int, config: int) -> Any:
        if number >= len(self.classes) or other:
            raise IndexError
        return SimpleNamespace(
            bLength=9,
            bDescriptorType=4,
            bInterfaceNumber=number,
            bAlternateSetting=0,
            bNumEndpoints=2 if self.classes[number] == PRINTERS else 0,
            bInterfaceClass=self.classes[number],
            bInterfaceSubClass=1,
            bInterfaceProtocol=2,
            iInterface=0,
            extra_descriptors=[],
        )

    def get_endpoint_descriptor(
        self, device: int, number: int, interface: int, other: int, config: int
    ) -> Any:
        return SimpleNamespace(
            bLength=7,
            bDescriptorType=5,
            bEndpointAddress=(OUT, BACK)[number],
            bmAttributes=2,
            wMaxPacketSize=64,
            bInterval=0,
            bRefresh=0,
            bSynchAddress=0,
            extra_descriptors=[],
        )

    def open_device(self, device: int) -> int:
        if self.refuses:
            raise usb.core.USBError("refused", None, self.refuses)
        return 1

    def close_device(self, handle: int) -> None:
        pass

    def get_configuration(self, handle: int) -> int:
        return 1

    def is_kernel_driver_active(self, handle: int, interface: int) -> bool:
        return self.driver

    def detach_kernel_driver(self, handle: int, interface: int) -> None:
        self.driver = False

    def attach_kernel_driver(self, handle: int, interface: int) -> None:
        self.driver = True

    def claim_interface(self, handle: int, interface: int) -> None:
        if self.in_use:
            raise usb.core.USBError("in use", None, errno.EBUSY)
        self.claimed.append(interface)

    def release_interface(self, handle: int, interface: int) -> None:
        self.claimed.remove(interface)

    def bulk_write(
        self, handle: int, end: int, interface: int, data: array.array[int], timeout: int
    ) -> int:
        assert (end, interface, self.driver) == (OUT, 1, False)
        assert timeout > 0, "it may not be waited for without end"
        if self.problem:
            raise usb.core.USBError("it failed", None, self.problem)
        # As a slow printer does: not all at once.
        part = bytes(data)[:1000]
        self.taken += part
        return len(part)

    def bulk_read(
        self, handle: int, end: int, interface: int, room: array.array[int], timeout: int
    ) -> int:
        assert (end, interface) == (BACK, 1)
        if self.taken.endswith(b"\x1dr\x01"):
            room[0] = 0
            return 1
        if self.taken[-3:-1] == b"\x10\x04" and timeout > 1:
            room[0] = 0x12
            return 1
        raise usb.core.USBTimeoutError("nothing", None, errno.ETIMEDOUT)


def printer(*, reports: bool = False, address: str = "04b8:0e15") -> Printer:
    options = PrinterOptions(reports=reports, timeout_s=0.6)
    return Printer(1, "Bar", PrinterKind.USB, address, options)


def plugged_in(bus: Bus, monkeypatch: pytest.MonkeyPatch) -> Bus:
    monkeypatch.setattr(usb.core, "find", partial(usb.core.find, backend=bus))
    return bus


def problem(bus: Bus, monkeypatch: pytest.MonkeyPatch, one: Printer) -> PrinterProblem:
    plugged_in(bus, monkeypatch)
    with pytest.raises(PrinterProblem) as told:
        sender_for(one).send(JOB, name="slip-1")
    return told.value


def test_the_part_that_prints_gets_all_and_the_system_its_printer_back(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    bus = plugged_in(Bus(), monkeypatch)
    assert sender_for(printer()).send(JOB, name="slip-1") == Sent()
    assert bytes(bus.taken) == JOB
    assert bus.driver
    assert bus.claimed == []


def test_a_printer_is_held_for_jobs_that_belong_together(monkeypatch: pytest.MonkeyPatch) -> None:
    bus = plugged_in(Bus(), monkeypatch)
    with sender_for(printer()).together() as together:
        for name in ("slip-1", "slip-2"):
            assert together(JOB, name=name) == Sent()
            assert not bus.driver
            assert bus.claimed != []
    assert bytes(bus.taken) == JOB * 2
    assert bus.driver
    assert bus.claimed == []


def test_a_printer_that_reports_confirms(monkeypatch: pytest.MonkeyPatch) -> None:
    bus = plugged_in(Bus(), monkeypatch)
    assert sender_for(printer()).probe() is True
    assert bytes(bus.taken).count(b"Flat white") == 0
    bus.taken.clear()
    assert sender_for(printer(reports=True)).send(JOB, name="slip-1") == Sent(confirmed=True)
    assert JOB in bytes(bus.taken)


@pytest.mark.parametrize(
    ("bus", "reason"),
    [
        (Bus(problem=errno.ETIMEDOUT), "printer-stopped"),
        (Bus(problem=errno.ENODEV), "printer-off"),
        (Bus(refuses=errno.EACCES), "no-permission"),
        (Bus(in_use=True), "printer-stopped"),
        (Bus(classes=(HUMANS,)), "printer-error"),
    ],
    ids=["paper out", "unplugged", "not allowed", "in use", "a scanner"],
)
def test_what_went_wrong_is_told(bus: Bus, reason: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert problem(bus, monkeypatch, printer()).reason == reason
    assert bus.driver, "the system's own driver has its printer again"


def test_a_printer_that_is_not_plugged_in_is_off(monkeypatch: pytest.MonkeyPatch) -> None:
    told = problem(Bus(), monkeypatch, printer(address="04b8:0e28"))
    assert told.reason == "printer-off"
    assert "cable" in told.message
