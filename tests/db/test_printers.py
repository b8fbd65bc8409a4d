"""Printers: what may be one, which till uses which, and what a shop has decided about paper."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from payforward.core.errors import BadInput, Refused
from payforward.core.printers import PrinterKind, PrinterOptions, clean_address
from payforward.core.shop_settings import Printed, ShopSettings, clean_host
from payforward.output.qr import check_address
from tests.db.counter import raw

if TYPE_CHECKING:
    from db.ledger import Ledger
    from tests.conftest import FrozenClock
    from tests.db.counter import Counter

KIND = PrinterKind


# -- addresses --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "typed", "kept"),
    [
        (KIND.NETWORK, "192.168.1.50:9100", "192.168.1.50:9100"),
        (KIND.NETWORK, " kitchen.local ", "kitchen.local:9100"),
        (KIND.NETWORK, "kitchen:", "kitchen:9100"),
        (KIND.NETWORK, "fe80::1", "[fe80::1]:9100"),
        (KIND.NETWORK, "[fe80::1%eth0]:515", "[fe80::1%eth0]:515"),
        (KIND.NETWORK, "küche", "küche:9100"),
        (KIND.USB, "04b8:0e15", "04b8:0e15"),
        (KIND.USB, "0x4B8 0xE15", "04b8:0e15"),
        (KIND.SERIAL, "/dev/ttyUSB0", "/dev/ttyUSB0"),
        (KIND.SERIAL, "com3", "COM3"),
        (KIND.FILE, "/dev/usb/lp0", "/dev/usb/lp0"),
        (KIND.PDF, "/home/rosa/slips/", "/home/rosa/slips"),
        (KIND.PDF, r"C:\slips", r"C:\slips"),
        (KIND.LP, "Bar_Printer-1", "Bar_Printer-1"),
        (KIND.NONE, "", ""),
    ],
)
def test_an_address_is_kept_in_one_form(kind: PrinterKind, typed: str, kept: str) -> None:
    assert clean_address(kind, typed) == kept
    assert clean_address(kind, kept) == kept


@pytest.mark.parametrize(
    ("kind", "typed"),
    [
        (KIND.NETWORK, ""),
        (KIND.NETWORK, "two words"),
        (KIND.NETWORK, "printer:99999"),
        (KIND.NETWORK, "printer:0"),
        (KIND.NETWORK, "http://printer"),
        (KIND.NETWORK, "[fe80::1]x"),
        (KIND.NETWORK, "::x::"),
        (KIND.NETWORK, "a" * 300),
        (KIND.NETWORK, "print\x1b[2Jer"),
        (KIND.USB, "04b8"),
        (KIND.USB, "04b8:0e15:1"),
        (KIND.USB, "Epson"),
        (KIND.SERIAL, "ttyUSB0"),
        (KIND.FILE, "lp0"),
        (KIND.FILE, ""),
        (KIND.PDF, "slips"),
        (KIND.LP, ""),
        (KIND.LP, "-o raw"),
        (KIND.LP, "two words"),
        (KIND.LP, "bar/1"),
        (KIND.NONE, "bar"),
    ],
)
def test_what_is_no_address_is_refused_with_an_example(kind: PrinterKind, typed: str) -> None:
    with pytest.raises(BadInput) as told:
        clean_address(kind, typed)
    assert told.value.reason == "bad-address"
    assert told.value.message.endswith(".")


@pytest.mark.parametrize(
    "bad",
    [{"paper_mm": 76}, {"baud": 12345}, {"timeout_s": 0}, {"timeout_s": 600}, {"code_page": ""}],
    ids=str,
)
def test_options_that_no_printer_has_are_refused(bad: dict[str, Any]) -> None:
    with pytest.raises(BadInput):
        PrinterOptions(**bad)


# -- the shop's printers ----------------------------------------------------------------------


def test_the_first_printer_is_every_tills_until_it_chooses(
    counter: Counter, clock: FrozenClock
) -> None:
    ledger = counter.ledger
    assert ledger.printer_of_till() is None
    bar = ledger.add_printer("Bar", KIND.NETWORK, "192.168.1.50")
    slips = ledger.add_printer("Slips", KIND.PDF, "/home/rosa/slips")
    assert ledger.printers() == [bar, slips]
    assert ledger.printer_of_till() == bar
    assert ledger.choose_printer(slips.id) == slips
    with counter.another("till 2", clock) as other:
        assert other.ledger.printer_of_till() == bar
    assert ledger.choose_printer(None) == bar


def test_a_till_whose_printer_is_retired_takes_the_shops(ledger: Ledger) -> None:
    bar = ledger.add_printer("Bar", KIND.NETWORK, "192.168.1.50")
    kitchen = ledger.add_printer("Kitchen", KIND.NETWORK, "192.168.1.51")
    ledger.choose_printer(kitchen.id)
    assert ledger.retire_printer(kitchen.id).retired
    assert ledger.printer_of_till() == bar
    assert ledger.printers() == [bar]
    assert len(ledger.printers(retired=True)) == 2
    with pytest.raises(Refused):
        ledger.choose_printer(kitchen.id)
    # Its name is free again, and is another printer's.
    assert ledger.add_printer("kitchen", KIND.NONE).id not in (bar.id, kitchen.id)


def test_a_printer_is_found_by_its_whole_name(ledger: Ledger) -> None:
    bar = ledger.add_printer("Bar printer", KIND.NONE)
    assert ledger.find_printer("BAR PRINTER") == bar
    with pytest.raises(Refused, match=r"did you mean Bar printer\?") as told:
        ledger.find_printer("Bar")
    assert told.value.reason == "unknown-printer"


def test_two_printers_of_one_name_are_refused(ledger: Ledger) -> None:
    bar = ledger.add_printer("Bar", KIND.NONE)
    ledger.add_printer("Kitchen", KIND.NONE)
    with pytest.raises(Refused, match="another name"):
        ledger.add_printer(" BAR ", KIND.NONE)
    with pytest.raises(Refused, match="another name"):
        ledger.change_printer(replace(bar, name="kitchen"))
    assert ledger.change_printer(replace(bar, name="BAR")).name == "BAR"


def test_a_printer_can_be_changed_whole(ledger: Ledger) -> None:
    bar = ledger.add_printer("Bar", KIND.NETWORK, "192.168.1.50")
    options = PrinterOptions(paper_mm=58, native_qr=True, reports=True, timeout_s=1.5)
    wanted = replace(bar, kind=KIND.USB, address="4b8:e15", options=options)
    changed = ledger.change_printer(wanted)
    assert changed.address == "04b8:0e15"
    assert ledger.printers() == [changed]
    with pytest.raises(BadInput):
        ledger.change_printer(replace(bar, address="two words"))
    with pytest.raises(Refused):
        ledger.change_printer(replace(bar, id=99))
    assert ledger.printers() == [changed]


def test_what_a_newer_program_wrote_is_left_alone(ledger: Ledger) -> None:
    bar = ledger.add_printer("Bar", KIND.NETWORK, "192.168.1.50")
    newer = {"paper_mm": 76, "native_qr": True, "colour": "red", "baud": True}
    with raw(ledger.path) as connection:
        connection.execute("UPDATE printer SET options = ?", (json.dumps(newer),))
    (found,) = ledger.printers()
    assert found.options == PrinterOptions(native_qr=True)
    ledger.change_printer(replace(bar, options=PrinterOptions(reports=True)))
    with raw(ledger.path) as connection:
        (kept,) = connection.execute("SELECT options FROM printer").fetchone()
        connection.execute("UPDATE printer SET kind = 'drone'")
    assert json.loads(kept)["colour"] == "red"
    assert ledger.printers() == []
    assert ledger.printer_of_till() is None


# -- what the shop has decided ----------------------------------------------------------------


def test_a_shop_that_has_decided_nothing_has_slips_that_last(ledger: Ledger) -> None:
    assert ledger.settings() == ShopSettings(
        expiry_days=None,
        address=None,
        paper_receipts=Printed.NEVER,
        order_slips=Printed.NEVER,
    )


def test_what_a_shop_has_decided_is_kept(ledger: Ledger) -> None:
    decided = ShopSettings(
        expiry_days=365,
        address="https://Gifts.Example.org/",
        paper_receipts=Printed.ALWAYS,
        order_slips=Printed.ALWAYS,
    )
    ledger.save_settings(decided)
    assert ledger.settings() == decided
    assert ledger.settings().address == "gifts.example.org"
    ledger.save_settings(ShopSettings())
    assert ledger.settings() == ShopSettings()


def test_settings_that_a_newer_program_wrote_are_left_alone(ledger: Ledger) -> None:
    ledger.save_settings(ShopSettings(expiry_days=90))
    rows = [("colour", "red"), ("order_slips", "sometimes")]
    with raw(ledger.path) as connection:
        for name, value in rows:
            connection.execute(
                "INSERT INTO setting VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET value = ?3",
                (ledger.shop.id, name, value),
            )
        connection.execute("UPDATE setting SET value = 'soon' WHERE name = 'expiry_days'")
    assert ledger.settings() == ShopSettings()
    ledger.save_settings(ShopSettings(expiry_days=30))
    with raw(ledger.path) as connection:
        kept = dict(connection.execute("SELECT name, value FROM setting").fetchall())
    assert kept["colour"] == "red"
    assert kept["expiry_days"] == "30"


@pytest.mark.parametrize("days", [0, -1, 40_000])
def test_an_expiry_that_nobody_means_is_refused(days: int) -> None:
    with pytest.raises(BadInput):
        ShopSettings(expiry_days=days)


@pytest.mark.parametrize(
    "typed",
    ["gifts.example.org", "HTTPS://Gifts.Example.org/", "bäckerei.example", "a.example:8443"],
)
def test_an_address_that_is_kept_can_be_printed(typed: str) -> None:
    host = clean_host(typed)
    assert host is not None
    assert check_address(host) == host.upper()
    assert clean_host(host) == host


@pytest.mark.parametrize(
    "typed",
    ["two words", "localhost", "http://x.example", "x.example/v", "x.example:0", "-x.example",
     "x..example", "a" * 40 + ".example", "x.example:123456", "💌"],
)  # fmt: skip
def test_what_is_no_public_address_is_refused(typed: str) -> None:
    with pytest.raises(BadInput):
        clean_host(typed)


def test_no_address_is_none() -> None:
    assert clean_host("  ") is None
