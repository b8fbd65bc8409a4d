"""Printers: what a shop says of one, and what its address means.

A kind says how bytes reach it; an address is what that way needs to find it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, fields
from enum import StrEnum
from pathlib import PurePath, PureWindowsPath
from typing import TYPE_CHECKING, Any, Final, Literal, TypeAlias

from payforward.core.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

RAW_PORT: Final = 9100
"""Where receipt printers listen (JetDirect, registered with IANA as pdl-datastream)."""

MAX_ADDRESS: Final = 200
PaperMm: TypeAlias = Literal[58, 80]
"""Widths of rolls, in millimetres."""
PAPER_WIDTHS_MM: Final[tuple[PaperMm, ...]] = (58, 80)
BAUD_RATES: Final = (1200, 2400, 4800, 9600, 19200, 38400, 57600, 115200)
LONGEST_TIMEOUT_S: Final = 30

_LABEL: Final = r"[^\W_](?:[\w-]{0,61}[^\W_])?"
_HOST: Final = re.compile(rf"{_LABEL}(?:\.{_LABEL})*\.?")
_SIX: Final = re.compile(r"[0-9a-f:.]{2,45}(?:%[\w.-]{1,15})?", re.IGNORECASE)
_USB: Final = re.compile(r"(?:0x)?([0-9a-f]{1,4})\s*[:\s]\s*(?:0x)?([0-9a-f]{1,4})", re.IGNORECASE)
_QUEUE: Final = re.compile(r"[^\s/#'\"\\?-][^\s/#'\"\\?]{0,126}")
_WINDOWS_PORT: Final = re.compile(r"COM[0-9]{1,3}", re.IGNORECASE)


class PrinterKind(StrEnum):
    """How paper comes out."""

    NETWORK = "network"
    USB = "usb"
    SERIAL = "serial"
    FILE = "file"
    """A device such as ``/dev/usb/lp0``, or a file that something else prints."""
    PDF = "pdf"
    """A folder that gets one PDF a slip."""
    LP = "lp"
    """A queue of the system's own printing."""
    NONE = "none"
    """No paper at all: slips are shown, or written to a file on request."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PrinterOptions:
    """What a printer can do.

    Args:
        paper_mm: The width of its roll, 58 or 80.
        native_qr: Whether it draws QR codes by itself; else they are sent as pictures.
        code_page: The character table of its text; what that lacks is sent as a picture.
        reports: Whether it can say that it printed. A test print finds out.
        timeout_s: After so many seconds without a sign of life it counts as off.
        baud: The speed of a serial line.
    """

    paper_mm: PaperMm = 80
    native_qr: bool = False
    code_page: str = "CP437"
    reports: bool = False
    timeout_s: float = 3.0
    baud: int = 9600

    def __post_init__(self) -> None:
        """Refuse what no printer has.

        Raises:
            BadInput: a width, a speed, a time or a code page that is none.
        """
        if self.paper_mm not in PAPER_WIDTHS_MM:
            raise BadInput("Receipt paper is 58 or 80 mm wide.", reason="bad-printer")
        if self.baud not in BAUD_RATES:
            raise BadInput(
                "That is no speed of a serial line: write 9600, or what the printer's own test "
                "page says.",
                reason="bad-printer",
            )
        if not 0 < self.timeout_s <= LONGEST_TIMEOUT_S:
            raise BadInput(
                f"A printer may be waited for from 1 to {LONGEST_TIMEOUT_S} seconds.",
                reason="bad-printer",
            )
        if not re.fullmatch(r"[A-Za-z0-9_-]{1,30}", self.code_page):
            raise BadInput(
                "That is no code page: write one such as CP437 or CP858.", reason="bad-printer"
            )


@dataclass(frozen=True, slots=True)
class Printer:
    """One printer of a shop."""

    id: int
    name: str
    kind: PrinterKind
    address: str
    options: PrinterOptions = PrinterOptions()
    retired: bool = False


def clean_address(kind: PrinterKind, typed: str) -> str:
    """Return a printer's address as it is kept.

    >>> clean_address(PrinterKind.NETWORK, " 192.168.1.50 ")
    '192.168.1.50:9100'
    >>> clean_address(PrinterKind.USB, "0x4B8:0xe15")
    '04b8:0e15'

    Raises:
        BadInput: nothing of that kind can be found there.
    """
    address = typed.strip()
    if len(address) > MAX_ADDRESS or not (address.isprintable() or not address):
        raise BadInput("That is no printer's address: check it.", reason="bad-address")
    return _CLEAN[kind](address)


def network_place(address: str) -> tuple[str, int]:
    """Return the host and port of a network printer's address.

    >>> network_place("kitchen.local"), network_place("[fe80::1]:9101")
    (('kitchen.local', 9100), ('fe80::1', 9101))

    Raises:
        BadInput: it is no host, or no port.
    """
    host, port = address, ""
    if address.startswith("["):
        host, _, rest = address[1:].partition("]")
        if rest and not rest.startswith(":"):
            raise _no_host()
        port = rest[1:]
    elif address.count(":") == 1:
        host, _, port = address.partition(":")
    elif ":" not in address and not _HOST.fullmatch(address):
        raise _no_host()
    if not (_SIX.fullmatch(host) if ":" in host else _HOST.fullmatch(host)):
        raise _no_host()
    if port and not (port.isascii() and port.isdigit() and 0 < int(port) < 65536):
        raise BadInput(
            f"{port[:20]} is no port: leave it out, or write {RAW_PORT}.", reason="bad-address"
        )
    return host, int(port or RAW_PORT)


def usb_numbers(address: str) -> tuple[int, int]:
    """Return the vendor's and the product's number of a USB printer's address.

    Raises:
        BadInput: they are none.
    """
    found = _USB.fullmatch(address)
    if found is None:
        raise BadInput(
            "A USB printer is found by two numbers: write them such as 04b8:0e15.",
            reason="bad-address",
        )
    return int(found[1], 16), int(found[2], 16)


def options_of(facts: Mapping[str, Any]) -> PrinterOptions:
    """Return the options among stored facts; one that is missing or strange is at its default.

    >>> options_of({"paper_mm": 58, "colour": "red", "baud": "fast"})
    PrinterOptions(paper_mm=58, native_qr=False, code_page='CP437', reports=False, \
timeout_s=3.0, baud=9600)
    """
    options = PrinterOptions()
    for each in fields(PrinterOptions):
        if each.name in facts and isinstance(facts[each.name], _accepted(each.default)):
            try:
                options = _with(options, each.name, facts[each.name])
            except BadInput:
                continue
    return options


def facts_of(options: PrinterOptions) -> dict[str, Any]:
    """Return options as facts to be stored."""
    return {each.name: getattr(options, each.name) for each in fields(PrinterOptions)}


def _with(options: PrinterOptions, name: str, value: object) -> PrinterOptions:
    return PrinterOptions(**{**facts_of(options), name: value})


def _accepted(default: object) -> type | tuple[type, ...]:
    return (int, float) if isinstance(default, float) else type(default)


def _network(address: str) -> str:
    host, port = network_place(address)
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"


def _usb(address: str) -> str:
    vendor, product = usb_numbers(address)
    return f"{vendor:04x}:{product:04x}"


def _serial(address: str) -> str:
    if _WINDOWS_PORT.fullmatch(address):
        return address.upper()
    return _whole_path(
        address, "A serial printer is a device: write it such as /dev/ttyUSB0 or COM3."
    )


def _file(address: str) -> str:
    return _whole_path(address, "Write the whole path of the device, such as /dev/usb/lp0.")


def _folder(address: str) -> str:
    return _whole_path(address, "Write the whole path of the folder for the PDF files.")


def _queue(address: str) -> str:
    if not _QUEUE.fullmatch(address):
        raise BadInput(
            "That is no print queue: write its name as the system's list of printers has it.",
            reason="bad-address",
        )
    return address


def _nothing(address: str) -> str:
    if address:
        raise BadInput(
            "Where nothing is printed there is no address: leave it out.", reason="bad-address"
        )
    return address


def _whole_path(address: str, sentence: str) -> str:
    """Return a path that means the same wherever the program was started."""
    path: PurePath
    for path in (PurePath(address), PureWindowsPath(address)):
        if address and path.is_absolute():
            return str(path)
    raise BadInput(sentence, reason="bad-address")


def _no_host() -> BadInput:
    return BadInput(
        "A network printer is found by its number or name: write it such as 192.168.1.50:9100.",
        reason="bad-address",
    )


_CLEAN: Final[Mapping[PrinterKind, Callable[[str], str]]] = {
    PrinterKind.NETWORK: _network,
    PrinterKind.USB: _usb,
    PrinterKind.SERIAL: _serial,
    PrinterKind.FILE: _file,
    PrinterKind.PDF: _folder,
    PrinterKind.LP: _queue,
    PrinterKind.NONE: _nothing,
}
