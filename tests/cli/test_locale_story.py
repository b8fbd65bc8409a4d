"""A shop that writes money as its locale does: from set-up to the close, in 0, 2 and 3 decimals."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from tests.cli.conftest import Pay
from tests.output.escpos_reader import Line, read_escpos

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import RunCommand


@dataclass(frozen=True)
class Home:
    """A shop's country.

    Args:
        locale: Its locale.
        code: Its currency.
        exponent: The currency's decimals.
        form: What stands around an amount there; a space is one that does not break.
        signs: What parts thousands, and what parts decimals.
        foreign: How the program would write an amount by itself; empty where that is the same.
    """

    locale: str
    code: str
    exponent: int
    form: str
    signs: tuple[str, str]
    foreign: str

    def written(self, minor: int) -> str:
        """Return an amount as people write it there."""
        group, mark = self.signs
        digits = f"{abs(minor):0{self.exponent + 1}d}"
        whole, rest = digits[: len(digits) - self.exponent], digits[len(digits) - self.exponent :]
        grouped = f"{int(whole):,}".replace(",", group)
        return ("−" if minor < 0 else "") + self.form.format(grouped + (rest and mark + rest))


HOMES = [
    Home("it_IT", "EUR", 2, "{} €", (".", ","), "€"),
    Home("ja_JP", "JPY", 0, "¥{}", (",", "."), ""),
    Home("ar_KW", "KWD", 3, "{} KWD", (",", "."), "KWD "),
]
PRICE, PAID, FUND = 1480, 123451, 2000005
"""In minor units; what is paid for three does not divide evenly."""


@dataclass(frozen=True)
class Teller:
    """Runs commands, and sees to it that people read amounts in one way alone."""

    pay: Pay
    home: Home

    def __call__(self, *arguments: str | Path) -> str:
        said = self.pay.done(*arguments).replace("\u00a0", " ")
        if self.home.foreign:
            assert not any(f"{self.home.foreign}{digit}" in said for digit in range(10)), said
        return said


@pytest.fixture(params=HOMES, ids=lambda home: home.code)
def said(
    request: pytest.FixtureRequest, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> Teller:
    """Return a shop that writes money as its locale does, with one item."""
    home: Home = request.param
    pay = Pay(tmp_path / "shop.db", capsys)
    pay.done("setup", "--shop", "Bar Sport", "--currency", home.code, "--timezone", "UTC")
    assert pay.json("settings", "locale", home.locale)["locale"] == home.locale
    price = home.written(PRICE)
    assert f"is on the menu at {price}." in pay.done("items", "add", "Caffè", price).replace(
        "\u00a0", " "
    )
    return Teller(pay, home)


def test_a_day_in_the_shop_s_own_money(said: Teller, tmp_path: Path) -> None:
    pay, written = said.pay, said.home.written
    assert said("items") == f"Caffè  {written(PRICE)}\n"

    given = said("give", "caffè", "--count", "3", "--paid", written(PAID))
    assert f"3 Caffè put aside. {written(PAID)}, cash." in given
    assert written(FUND) in said("give", "--money", written(FUND))
    assert f"Fund   {written(FUND)}  today" in said("board")
    assert pay.json("board")["money_minor"] == FUND

    third, over = divmod(PAID, 3)
    assert over
    assert pay.json("redeem", "caffè")["amount_minor"] == third
    story = said("gift", "1")
    assert written(PAID) in story
    refunded = pay.json("refund", "1", "--count", "1")["amount_minor"]
    assert refunded in (third, third + 1)
    left = PAID - third - refunded
    assert written(left) in said("report", "liability")
    assert written(refunded) in said("entries")

    day = pay.json("report", "day")
    cash = next(each["taken_minor"] for each in day["tenders"] if each["tender"] == "cash")
    assert cash == PAID + FUND - refunded
    month = pay.json("report", "month", day["day"][:7])
    assert month["totals"]["closing"]["amount_minor"] == left + FUND
    assert written(left + FUND) in said("report", "month", day["day"][:7])

    # The till's own line, as people there would type it: one of the smallest coins is missing.
    paper = tmp_path / "day.txt"
    closing = said("close", "--cash", written(cash - 1), "--slip", paper)
    assert f"The till's gift line says {written(cash - 1)} in cash: {written(1)} less." in closing
    assert written(cash) in closing
    assert written(cash) in paper.read_text(encoding="utf-8").replace("\u00a0", " ")
    assert pay.json("report", "day", day["day"])["difference_minor"] == -1
    assert pay.json("verify")["sound"]


def test_a_slip_of_money_says_it_as_the_locale_does(said: Teller, tmp_path: Path) -> None:
    amount = said.home.written(PAID)
    said("give", "--money", amount, "--slip", tmp_path / "slip.txt")
    assert amount in (tmp_path / "slip.txt").read_text(encoding="utf-8").replace("\u00a0", " ")
    device = tmp_path / "lp0"
    device.touch()
    pay = said.pay
    pay.done(
        *("printers", "add", "Counter", "--kind", "file", "--address", device),
        # The last of these has no space but the plain one.
        *("--code-page", {"EUR": "CP858", "JPY": "CP437", "KWD": "ASCII"}[said.home.code]),
    )
    said("give", "--money", amount, "--print")
    lines = [each.text for each in read_escpos(device.read_bytes()) if isinstance(each, Line)]
    # It is text: no space is worth an image.
    assert any(amount in line.replace("\u00a0", " ") for line in lines), lines


def test_files_and_scripts_are_told_the_same_in_any_locale(said: Teller, tmp_path: Path) -> None:
    pay = said.pay
    pay.done("give", "caffè", "--count", "3", "--paid", said.home.written(PAID))
    day = pay.json("report", "day")["day"]
    asked = [
        *(["export", form] for form in ("csv", "json", "beancount", "hledger")),
        *(["board", "--json"], ["items", "--json"], ["gift", "1", "--json"]),
        *(["report", "day", "--json"], ["report", "month", day[:7], "--json"]),
    ]
    styled = [pay.done(*each) for each in asked]
    assert pay.json("settings", "locale", "none")["locale"] is None
    assert [pay.done(*each) for each in asked] == styled
    assert pay.json("board")["currency"] == said.home.code


def test_each_command_that_starts_knows_how_the_shop_writes_money(
    said: Teller, command: RunCommand
) -> None:
    amount = said.home.written(PAID)
    said("give", "--money", amount)
    for asked in (["board"], ["report", "liability"]):
        ran = command(*asked, "--ledger", said.pay.path)
        assert ran.code == 0, ran.err
        assert amount in ran.out.replace("\u00a0", " ")


def test_what_is_no_locale_changes_nothing(pay: Pay) -> None:
    assert pay.refused("settings", "locale", "klingon")[:2] == (2, "bad-locale")
    assert pay.json("settings")["locale"] is None
    assert "say the country too, such as it_IT." in pay.refused("settings", "locale", "it")[2]
    assert pay.done("settings", "locale", "IT-it").splitlines() == [
        "money as in  it_IT",
        "All of them: payforward settings",
    ]
    assert "money as in       it_IT" in pay.done("settings").splitlines()
    assert "3,75\u00a0€" in pay.done("give", "latte")
    assert json.loads(pay("give", "latte", "--paid", "1.234", "--json").out)["message"].startswith(
        "1.234 could be 1.234,00 or "
    )
    pay.done("settings", "locale", "none")
    assert "€3.75" in pay.done("give", "latte")
