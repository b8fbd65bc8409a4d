"""A scanner set to a US keyboard is understood under every usual layout of the host."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest

from payforward.core import codes
from payforward.core.codes import ALPHABET, Code
from screens.scanning.reader import PassOn, Scanned, ScanReader
from tests.needs import needs
from tests.screens.scanning.hands import Heard, type_at
from tests.screens.scanning.keyboards import layout

if TYPE_CHECKING:
    from tests.screens.scanning.conftest import AtTill

LAYOUTS = [
    *("us", "us(intl)", "us(altgr-intl)", "us(mac)", "gb", "gb(extd)", "gb(mac)", "ie", "mt", "za"),
    *("ca", "ca(multix)", "ca(eng)", "latam", "latam(deadtilde)", "br", "ng(basic)", "ph", "cn"),
    *("fr", "fr(oss)", "fr(latin9)", "fr(mac)", "be", "ch", "ch(fr)", "nl", "tw", "kr", "vn"),
    *(
        "de",
        "de(nodeadkeys)",
        "de(mac)",
        "at",
        "es",
        "es(deadtilde)",
        "pt",
        "it",
        "al",
        "id(basic)",
    ),
    *("tr", "az", "cz", "cz(qwerty)", "sk", "sk(qwerty)", "pl", "hu", "ro", "ro(std)", "hr", "si"),
    *("ba", "rs(latin)", "lv", "lt(us)", "ee", "fi", "se", "no", "dk", "is", "fo"),
    *("jp", "jp(kana86)"),
]
"""Those of Latin letters, as a shop may have them; on others the letters do not exist."""

IN_THE_APP = ("fr", "de", "tr", "us(intl)")

PAYLOADS = (
    "CODE",
    "HTTPS://COFFEE-2.EXAMPLE.ORG:8443/V/CODE",
    "ROSA'S CAFE & BAR GIFT CODE",
    "MOLLY'S QUICK ZEBRA GIFT CODE",
)

pytestmark = needs("xkbcli", "libxkbcommon-tools")


def payloads() -> list[tuple[Code, str]]:
    draw = random.Random(11).randbytes
    drawn = [(codes.new_code(draw), payload) for payload in PAYLOADS for _ in range(4)]
    return [(code, payload.replace("CODE", code.letters)) for code, payload in drawn]


def test_the_tables_are_read_as_they_are() -> None:
    german, french, turkish = layout("de"), layout("fr"), layout("tr")
    assert german.received("zY:/'Q") == "yZÖ-äQ"
    assert french.received("AQM;,1!") == "QA?m;&1"
    assert french.received("aqm1", caps_lock=True) == "QA,&"
    assert turkish.received("iI'") == "ıIi"
    assert layout("us(intl)").received("'S'B 'E' ") == "Ś É´"
    assert layout("us").received("HTTPS://a", caps_lock=True) == "https://A"


@pytest.mark.parametrize("caps_lock", [False, True], ids=["", "caps lock"])
@pytest.mark.parametrize("name", LAYOUTS)
def test_every_code_is_read_under_every_usual_layout(name: str, caps_lock: bool) -> None:
    found = layout(name)
    assert found.received(ALPHABET, caps_lock=caps_lock).upper() == ALPHABET
    for number, (code, payload) in enumerate(payloads()):
        typed = found.received(payload, caps_lock=caps_lock)
        assert codes.find(typed) == code
        reader, start = ScanReader(), 1_000.0 * number
        heard = [reader.character(char, start + at / 100) for at, char in enumerate(typed)]
        assert heard[-1] == Scanned(code, start)
        assert all(isinstance(verdict, PassOn) for verdict in heard[:-1])


@pytest.mark.parametrize("name", IN_THE_APP)
async def test_every_code_is_read_at_the_counter(name: str, at_till: AtTill, heard: Heard) -> None:
    async with at_till() as till:
        await till.types("+2ca", 0.1)
        before = till.screens, till.line
        for code, payload in payloads()[::4]:
            await type_at(till.app, layout(name).received(payload) + "\r", 0.001)
            assert await till.until(lambda: bool(heard.codes))
            assert heard.take() == [code]
            assert (till.screens, till.line) == before
        await till.types("\x1b", 0.1)
        for code, payload in payloads()[1::4]:
            await type_at(till.app, layout(name).received(payload) + "\r\n", 0)
            assert await till.until(lambda: bool(heard.codes))
            assert heard.take() == [code]
            assert (till.screens, till.line) == (before[0], "")
