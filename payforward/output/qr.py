"""What the square on a slip says, and its pattern.

Payloads are in capitals, so that a symbol needs few squares (the alphanumeric mode of ISO/IEC
18004). Error correction is Q: a quarter of the symbol may be dirt. All are of version 3 or 4:
slips look alike, and a terminal of 80x24 can show one.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Final, TypeAlias

from payforward.core.codes import LENGTH
from payforward.core.errors import BadInput

if TYPE_CHECKING:
    from payforward.core.codes import Code

Matrix: TypeAlias = tuple[tuple[bool, ...], ...]
"""Rows of a symbol; dark squares are true."""

QUIET: Final = 4
"""Light squares around a symbol, as the standard wants."""
SMALLEST_VERSION: Final = 3
MOST_CHARACTERS: Final = 67
"""What version 4 holds with error correction Q."""

_SCHEME: Final = "HTTPS://"
MOST_HOST: Final = MOST_CHARACTERS - len(_SCHEME) - len("/V/") - LENGTH

_LABEL: Final = r"[A-Z0-9](?:[A-Z0-9-]*[A-Z0-9])?"
_HOST: Final = re.compile(rf"{_LABEL}(?:\.{_LABEL})+(?::[1-9][0-9]{{0,4}})?")
# Letters that Unicode does not take apart into a plain one and a mark.
_PLAIN: Final = str.maketrans("øØłŁđĐðÐħĦıəƏ&", "OOLLDDDDHHIEE+") | str.maketrans(
    {"ß": "SS", "æ": "AE", "Æ": "AE", "œ": "OE", "Œ": "OE", "þ": "TH", "Þ": "TH"}
    | dict.fromkeys("'’ʼ", "")
)
# No colon, point or slash: a shop's name must not look like an address to a phone.
_NOT_IN_NAMES: Final = re.compile(r"[^A-Z0-9+-]+")


def check_address(address: str) -> str:
    """Return the host of a shop's public address, in capitals, as payloads bear it.

    >>> check_address("https://rosas.example/"), check_address("pay.café.fr:8443")
    ('ROSAS.EXAMPLE', 'PAY.XN--CAF-DMA.FR:8443')

    Raises:
        BadInput: it is no address, has a path, is not for HTTPS, or is too long for a slip.
    """
    typed = address.strip()
    scheme, _, rest = typed.rpartition("://")
    host = _host(rest.removesuffix("/"))
    if scheme.upper() not in ("", "HTTPS") or not _HOST.fullmatch(host):
        raise BadInput(
            "The public address must be a host's name alone: write it such as rosas.example.",
            reason="bad-address",
        )
    if len(host) > MOST_HOST:
        raise BadInput(
            f"The public address has {len(host)} characters, too many for the square on a slip: "
            f"use one of at most {MOST_HOST}.",
            reason="bad-address",
        )
    return host


def voucher_payload(shop_name: str, code: Code, address: str | None = None) -> str:
    """Return what a voucher's square says.

    >>> from payforward.core.codes import Code
    >>> voucher_payload("Rosa's Café", Code("BCDEFGHJKNPRSTVXBCPR"))
    'ROSAS CAFE GIFT BCDEFGHJKNPRSTVXBCPR'
    >>> voucher_payload("Rosa's Café", Code("BCDEFGHJKNPRSTVXBCPR"), "rosas.example")
    'HTTPS://ROSAS.EXAMPLE/V/BCDEFGHJKNPRSTVXBCPR'

    Raises:
        BadInput: the address is none that `check_address` would take.
    """
    return _payload(shop_name, code, address, word="GIFT", path="V")


def receipt_payload(shop_name: str, code: Code, address: str | None = None) -> str:
    """Return what the square on a giver's receipt says: a code that can only look.

    >>> from payforward.core.codes import Code
    >>> receipt_payload("李雷", Code("BCDEFGHJKNPRSTVXBCPR"))
    'RECEIPT BCDEFGHJKNPRSTVXBCPR'

    Raises:
        BadInput: the address is none that `check_address` would take.
    """
    return _payload(shop_name, code, address, word="RECEIPT", path="G")


def matrix(payload: str) -> Matrix:
    """Return the symbol's rows, dark squares being true, without a quiet zone.

    Args:
        payload: At most `MOST_CHARACTERS` of the alphanumeric set.
    """
    import qrcode  # type: ignore[import-untyped]  # noqa: PLC0415 - slow to import

    symbol = qrcode.QRCode(
        version=SMALLEST_VERSION, error_correction=qrcode.ERROR_CORRECT_Q, border=0
    )
    symbol.add_data(qrcode.util.QRData(payload.encode("ascii"), qrcode.util.MODE_ALPHA_NUM))
    symbol.make(fit=True)
    return tuple(tuple(bool(square) for square in row) for row in symbol.modules)


def half_blocks(payload: str, quiet: int = QUIET) -> tuple[str, ...]:
    """Return the symbol in lines of half blocks, two rows a line, with its quiet zone.

    It is to be shown in black on white, whatever the theme: the ink is the dark squares.
    Version 3 takes 37x19 cells, version 4 takes 41x21.
    """
    rows = matrix(payload)
    width = len(rows) + 2 * quiet
    margin = (False,) * quiet
    light = (False,) * width
    framed = [*[light] * quiet, *((*margin, *row, *margin) for row in rows), *[light] * quiet]
    if len(framed) % 2:
        framed.append(light)
    return tuple(
        "".join(" ▄▀█"[2 * upper + lower] for upper, lower in zip(*pair, strict=True))
        for pair in zip(framed[::2], framed[1::2], strict=True)
    )


def svg(payload: str) -> str:
    """Return the symbol with its quiet zone as an SVG picture, one square a unit.

    Its rows are a hair higher than their distance, so that no light shows between them.
    """
    rows = matrix(payload)
    lines = []
    for y, row in enumerate(rows):
        start = -1
        for x, (before, dark) in enumerate(zip((False, *row), (*row, False), strict=True)):
            if dark and not before:
                start = x
            elif before and not dark:
                lines.append(f"M{start} {y}.5h{x - start}")
    side = len(rows) + 2 * QUIET
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="-{QUIET} -{QUIET} {side} {side}">'
        f'<path stroke="#000" stroke-width="1.02" d="{"".join(lines)}"/></svg>'
    )


def _payload(shop_name: str, code: Code, address: str | None, *, word: str, path: str) -> str:
    """Return a payload that ends with the code."""
    if address:
        return f"{_SCHEME}{check_address(address)}/{path}/{code.letters}"
    room = MOST_CHARACTERS - len(f" {word} ") - LENGTH
    return f"{_latin_name(shop_name, room)} {word} {code.letters}".lstrip()


def _latin_name(shop_name: str, room: int) -> str:
    """Return a name in capitals that every scanner types, or nothing if it has no such letter."""
    apart = unicodedata.normalize("NFKD", shop_name.translate(_PLAIN))
    bare = "".join(char for char in apart if not unicodedata.combining(char)).upper()
    name = _NOT_IN_NAMES.sub(" ", bare).strip()
    if not re.search("[A-Z]", name):
        return ""
    if len(name) > room:
        cut = name[: room + 1]
        name = cut.rpartition(" ")[0] if " " in cut else cut[:room]
    return name.strip()


def _host(typed: str) -> str:
    """Return a host's name as the network knows it, in capitals, or nothing if it is none."""
    try:
        return typed.encode("idna").decode("ascii").upper()
    except UnicodeError:
        return ""
