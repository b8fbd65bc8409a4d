"""What squares say: every payload is found by the parser and read by zxing."""

from __future__ import annotations

import re

import pytest
import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from payforward.core import codes
from payforward.core.errors import BadInput
from payforward.output import qr
from tests.output.slips import CODE, code_of

ALPHANUMERIC = re.compile(r"[0-9A-Z $%*+\-./:]+")


def scanned(payload: str) -> zxingcpp.Barcode:
    """Return what zxing makes of a payload's matrix."""
    rows = qr.matrix(payload)
    image = Image.new("L", (len(rows) + 8,) * 2, 255)
    for y, row in enumerate(rows):
        for x, dark in enumerate(row):
            image.putpixel((x + 4, y + 4), 0 if dark else 255)
    found = zxingcpp.read_barcodes(image.resize((image.width * 4,) * 2, Image.Resampling.NEAREST))
    assert len(found) == 1
    return found[0]


@pytest.mark.parametrize(
    ("shop", "address", "payload"),
    [
        ("Rosa's Café", None, "ROSAS CAFE GIFT BCDEFGHJKNPRSTVXBCPR"),
        ("Smørrebrød & Łódź", None, "SMORREBROD + LODZ GIFT BCDEFGHJKNPRSTVXBCPR"),
        ("Straße 7", None, "STRASSE 7 GIFT BCDEFGHJKNPRSTVXBCPR"),
        ("李雷", None, "GIFT BCDEFGHJKNPRSTVXBCPR"),
        ("Кафе 24", None, "GIFT BCDEFGHJKNPRSTVXBCPR"),
        ("http://evil.example/", None, "HTTP EVIL EXAMPLE GIFT BCDEFGHJKNPRSTVXBCPR"),
        ("Rosa", "rosas.example", "HTTPS://ROSAS.EXAMPLE/V/BCDEFGHJKNPRSTVXBCPR"),
        ("Rosa", "HTTPS://Rosas.Example:8443/", "HTTPS://ROSAS.EXAMPLE:8443/V/" + CODE.letters),
        (
            "The Extraordinarily Long-Named Coffee Roasters of St Ives",
            None,
            "THE EXTRAORDINARILY LONG-NAMED COFFEE GIFT BCDEFGHJKNPRSTVXBCPR",
        ),
        ("x" * 60, None, "X" * 41 + " GIFT BCDEFGHJKNPRSTVXBCPR"),
    ],
)
def test_a_voucher_says(shop: str, address: str | None, payload: str) -> None:
    assert qr.voucher_payload(shop, CODE, address) == payload


def test_a_receipt_says_so() -> None:
    assert qr.receipt_payload("Rosa", CODE) == f"ROSA RECEIPT {CODE.letters}"
    assert qr.receipt_payload("Rosa", CODE, "a.example") == f"HTTPS://A.EXAMPLE/G/{CODE.letters}"


@given(
    shop=st.text(max_size=60),
    number=st.integers(0, 2**72 - 1),
    address=st.none()
    | st.sampled_from(["a.example", "a" * 28 + ".example", "bcdfgh.example:8080"]),
    make=st.sampled_from([qr.voucher_payload, qr.receipt_payload]),
)
@settings(max_examples=150, deadline=None)
def test_the_code_is_found_in_every_payload(shop, number, address, make) -> None:  # type: ignore[no-untyped-def]
    code = code_of(number)
    payload = make(shop, code, address)
    assert ALPHANUMERIC.fullmatch(payload)
    assert codes.find(payload) == code
    assert len(qr.matrix(payload)) in (29, 33)
    if address is None:
        # A phone must not take a shop's name for an address.
        assert not re.search("[./:]", payload)


@pytest.mark.parametrize(
    ("payload", "squares"),
    [
        (qr.voucher_payload("李雷", CODE), 29),
        (qr.voucher_payload("Rosa's Café", CODE), 29),
        (qr.voucher_payload("x" * 60, CODE), 33),
        (qr.receipt_payload("x" * 60, CODE), 33),
        (qr.voucher_payload("Rosa", CODE, "a" * 28 + ".example"), 33),
    ],
)
def test_zxing_reads_it_with_a_quarter_of_correction(payload: str, squares: int) -> None:
    found = scanned(payload)
    assert found.text == payload
    assert found.ec_level == "Q"
    assert len(qr.matrix(payload)) == squares


@pytest.mark.parametrize(
    "address",
    [
        "",
        "rosas",
        "http://rosas.example",
        "https://rosas.example/shop",
        "rosas.example?x=1",
        "user@rosas.example",
        "rosas..example",
        "-rosas.example",
        "rosas.example:",
        "rosas.example:99999999",
        "rosas .example",
        "rosas.example\nx",
        "a" * 64 + ".example",
    ],
)
def test_what_is_no_host_is_refused(address: str) -> None:
    with pytest.raises(BadInput, match=r"host's name alone: write it such as rosas\.example"):
        qr.check_address(address)


def test_a_host_that_is_too_long_is_refused_with_its_length() -> None:
    assert len(qr.check_address("a" * 28 + ".example")) == qr.MOST_HOST == 36
    with pytest.raises(BadInput, match=r"has 37 characters.*at most 36"):
        qr.check_address("a" * 29 + ".example")


@pytest.mark.parametrize(("payload", "across", "down"), [("A", 37, 19), ("A" * 67, 41, 21)])
def test_half_blocks_fit_a_small_terminal(payload: str, across: int, down: int) -> None:
    lines = qr.half_blocks(payload)
    assert len(lines) == down <= 24
    assert {len(line) for line in lines} == {across}
    assert set("".join(lines)) == set(" ▀▄█")
    assert not "".join(lines[:2]).strip()
    assert not any(line[:4].strip() or line[-4:].strip() for line in lines)


def test_half_blocks_are_the_matrix() -> None:
    rows = qr.matrix("A")
    inked = {" ": (0, 0), "▀": (1, 0), "▄": (0, 1), "█": (1, 1)}
    lines = qr.half_blocks("A", quiet=0)
    drawn = [[inked[char][half] for char in line] for line in lines for half in (0, 1)]
    assert drawn[:-1] == [[int(dark) for dark in row] for row in rows]
    assert not any(drawn[-1])
