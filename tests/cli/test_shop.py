"""``printers add``, ``partners`` and ``settings``: what a shop says of itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.cli.slips import squares

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Pay


@pytest.mark.parametrize(
    ("ask", "reason"),
    [
        (["--kind", "network"], "bad-address"),
        (["--kind", "network", "--address", "a b"], "bad-address"),
        (["--kind", "usb", "--address", "1"], "bad-address"),
        (["--kind", "file", "--address", "relative"], "bad-address"),
        (["--kind", "telex"], "wrong-usage"),
        (["--kind", "none", "--code-page", "é"], "bad-printer"),
        (["--kind", "none", "--paper", "70"], "wrong-usage"),
        ([], "wrong-usage"),
    ],
)
def test_a_printer_that_is_none(pay: Pay, ask: list[str], reason: str) -> None:
    assert pay.refused("printers", "add", "X", *ask)[:2] == (2, reason)


def test_partners_come_and_go(pay: Pay) -> None:
    assert pay.done("partners") == "There is no partner yet: payforward partners add NAME\n"
    assert pay.json("partners", "add", "Night", "Shelter") == {"partner": "Night Shelter"}
    assert pay.refused("partners", "add", "night shelter")[:2] == (1, "name-taken")
    assert pay.done("partners", "rename", "Night Shelter", "Day Shelter") == (
        "Night Shelter is called Day Shelter now.\n"
    )
    assert pay.done("partners").splitlines() == [
        "             slips waiting",
        "Day Shelter              0",
    ]
    assert pay.done("partners", "retire", "day", "shelter").startswith("Day Shelter gets no more")
    assert pay.json("partners") == {"partners": []}
    code, reason, sentence = pay.refused("partners", "retire", "day shelter")
    assert (code, reason) == (1, "unknown-partner")
    assert sentence.endswith("'payforward partners add' adds one.")


def test_settings_are_the_shops(pay: Pay, tmp_path: Path) -> None:
    assert pay.json("settings") == {
        "address": None,
        "expiry_days": None,
        "receipts": "never",
        "order_slips": "never",
        "locale": None,
    }
    assert pay.json("settings", "address", "https://Gifts.Example.org/")["address"] == (
        "gifts.example.org"
    )
    given = pay.json("give", "latte", "--slip", tmp_path / "x.png")
    assert squares(tmp_path / "x.png") == [f"HTTPS://GIFTS.EXAMPLE.ORG/V/{given['voucher']}"]
    assert pay.refused("settings", "address", "a b")[:2] == (2, "bad-address")
    assert pay.json("settings", "receipts", "always")["receipts"] == "always"
    assert pay.json("settings", "order-slips", "always")["order_slips"] == "always"
    assert pay.json("settings", "address", "none")["address"] is None
    assert pay.done("settings").splitlines() == [
        "address           none",
        "slips run out     never",
        "givers' receipts  always printed",
        "order slips       always printed",
        "money as in       none",
    ]
