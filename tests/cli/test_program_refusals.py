"""``programs`` and ``giveaway``: what cannot be, each with a sentence and nothing changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.cli.conftest import Pay

SOUPS = ("programs", "add", "Free soup", "--kind", "giveaway", "--item", "soup")
NEW = ("programs", "add", "New", "--kind")
CHANGE = ("programs", "change", "Free soup")


@pytest.mark.parametrize(
    ("ask", "code", "reason", "words"),
    [
        (("programs", "add", "New"), 2, "wrong-usage", "forward, giveaway, drive, charity"),
        ((*NEW, "gift"), 2, "wrong-usage", "'gift'"),
        ((*NEW, "giveaway", "--budget", "3"), 2, "bad-budget", "say both"),
        ((*NEW, "giveaway", "--per", "week"), 2, "bad-budget", "say both"),
        ((*NEW, "giveaway", "--budget", "x", "--per", "day"), 2, "bad-count", "x is not a count"),
        ((*NEW, "giveaway", "--budget", "0", "--per", "day"), 2, "bad-count", "from 1 to"),
        ((*NEW, "drive", "--budget", "3", "--per", "day"), 2, "bad-budget", "Only a giveaway"),
        ((*NEW, "forward", "--target", "3"), 2, "bad-target", "Only a drive"),
        ((*NEW, "giveaway", "--goods", "Coat"), 2, "bad-item", "Only a drive takes goods"),
        ((*NEW, "drive", "--item", "soup"), 2, "bad-item", "takes goods"),
        ((*NEW, "drive", "--goods", "Coat: S, s"), 2, "bad-item", "named twice"),
        ((*NEW, "drive", "--goods", ": S"), 2, "bad-name", "is empty"),
        ((*NEW, "drive", "--goods", "Soup"), 1, "name-taken", "Soup is something on"),
        ((*NEW, "drive", "--goods", "Tins", "--goods", "Serving"), 1, "name-taken", "Serving is"),
        ((*NEW, "drive", "--goods", "Coat: S, M", "--goods", "Tea"), 1, "name-taken", "Tea is"),
        (
            ("programs", "change", "Coats", "--target", "5", "--goods", "Tea"),
            1,
            "name-taken",
            "Tea",
        ),
        (("programs", "change", "Coats", "--goods", "Hat: S", "--goods", "Tea"), 1, None, "Tea"),
        ((*NEW, "charity", "--item", "soup"), 2, "bad-item", "leave the items out"),
        ((*NEW, "giveaway", "--item", "mokka"), 1, "unknown-item", "mokka"),
        ((*NEW, "giveaway", "--from", "31.11.2026"), 2, "bad-day", "is not a day"),
        ((*NEW, "drive", "--from", "2026-12-02", "--to", "2026-12-01"), 2, "bad-dates", "before"),
        ((*NEW, "drive", "--hours", "x" * 41), 2, "bad-hours", "40 letters"),
        (("programs", "add", "", "--kind", "drive"), 2, "bad-name", "is empty"),
        (("programs", "add", "FREE  soup", "--kind", "drive"), 1, "name-taken", "another name"),
        (CHANGE, 2, "wrong-usage", "--budget 30"),
        ((*CHANGE, "--name", "Pay it forward"), 1, "name-taken", "another name"),
        ((*CHANGE, "--budget", "none", "--per", "day"), 2, "bad-budget", "leave it out"),
        (("programs", "change", "Nope", "--cap", "3"), 1, "unknown-program", "payforward programs"),
        (("programs", "show", "Nope"), 1, "unknown-program", "There is no program Nope"),
        (("programs", "retire", "Nope"), 1, "unknown-program", "There is no program Nope"),
        (("programs", "retire", "Pay it forward"), 1, "program-holds-gifts", "2 Latte"),
        (("programs", "goods", "Free soup", "Coat"), 1, "unknown-program", "no drive program"),
        (("giveaway", "soup", "--count", "4"), 1, "over-budget", "has 3 left"),
        (("giveaway", "soup", "--count", "0"), 2, "bad-count", "1"),
        (("giveaway", "tea"), 1, "not-in-program", "choose Soup"),
        (("giveaway", "mokka"), 1, "unknown-item", "mokka"),
        (("giveaway", "soup", "--program", "Nope"), 1, "unknown-program", "no program Nope"),
        (("giveaway", "soup", "--program", "Over"), 1, "not-running", "Over"),
        (("giveaway", "soup", "--program", "Soon"), 1, "not-running", "Soon"),
        (("giveaway", "soup", "--program", "Jar"), 1, "other-program", "give --money AMOUNT"),
        (("give", "soup", "--program", "Free soup"), 1, "other-program", "giveaway ITEM"),
        (("give", "soup", "--program", "Jar"), 1, None, "Jar"),
        (("redeem", "soup", "--program", "Free soup"), 1, "other-program", "giveaway ITEM"),
        (("redeem", "--code", "x", "--program", "Jar"), 2, "wrong-usage", "leave --from"),
    ],
)
def test_what_cannot_be_changes_nothing(
    pay: Pay, ask: tuple[str, ...], code: int, reason: str | None, words: str
) -> None:
    pay.done("give", "latte", "--count", "2")
    pay.done(*SOUPS, "--budget", "3", "--per", "day")
    pay.done("programs", "add", "Over", "--kind", "giveaway", "--to", "2026-01-31")
    pay.done("programs", "add", "Soon", "--kind", "giveaway", "--from", "2999-01-01")
    pay.done("programs", "add", "Jar", "--kind", "charity")
    pay.done("programs", "add", "Coats", "--kind", "drive", "--goods", "Coat: S")
    if "soup" in ask and ask[0] == "giveaway" and "--program" not in ask:
        ask = (*ask, "--program", "Free soup")
    before = facts(pay)
    refused = pay.refused(*ask)
    assert refused[0] == code
    assert reason in (None, refused[1])
    assert words in refused[2]
    assert facts(pay) == before


def facts(pay: Pay) -> Any:
    """Return what a refusal must not change."""
    return pay.json("programs", "list", "--retired"), pay.json("entries")["entries"]
