"""Personal words stand beside the chain, and can be erased from the very bytes of the file."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest

from db import words
from payforward.core.errors import LedgerUnusable, Refused
from tests.db.counter import raw

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import FrozenClock
    from tests.db.counter import Counter


def _left_in(path: Path, texts: list[str]) -> list[str]:
    content = b"".join(each.read_bytes() for each in path.parent.iterdir() if each.is_file())
    return [text for text in texts if text.encode() in content]


def test_words_are_kept_with_the_gift(counter: Counter) -> None:
    given = counter.give("Latte", giver="Ana", message="Für dich ☕ – enjoy")
    story = counter.ledger.gift(given.gift)
    assert (story.giver, story.message) == ("Ana", "Für dich ☕ – enjoy")
    assert not story.words_erased
    assert counter.redeem("Latte").lines[0].message == "Für dich ☕ – enjoy"


def test_no_words_and_empty_words_are_none(counter: Counter) -> None:
    given = counter.give("Latte", giver="", message=None)
    story = counter.ledger.gift(given.gift)
    assert (story.giver, story.message) == (None, None)
    with raw(counter.ledger.path) as connection:
        assert connection.execute("SELECT count(*) FROM words").fetchone() == (0,)


def test_words_are_in_no_entry(counter: Counter) -> None:
    counter.give("Latte", giver="Wilhelmina", message="Enjoy-this")
    counter.undo(counter.give("Tea").action, reason="mis-typed-by-Ana")
    assert not [
        value
        for row in counter.facts()[0]
        for value in row
        if isinstance(value, str) and any(w in value for w in ("Wilhelm", "Enjoy", "mis-typed"))
    ]


def test_erasing_takes_them_out_of_the_files_bytes(counter: Counter) -> None:
    path = counter.ledger.path
    secret = ["Wilhelmina Featherstonehaugh", "For the one with the red scarf"]
    given = counter.give("Latte", 2, giver=secret[0], message=secret[1])
    kept = counter.give("Latte", giver="Ana", message="Enjoy")
    assert _left_in(path, secret) == secret
    facts = counter.facts()
    counter.ledger.erase_words(given.gift)
    assert _left_in(path, secret) == []
    assert counter.facts() == facts
    story = counter.ledger.gift(given.gift)
    assert (story.giver, story.message, story.waiting) == (None, None, 2)
    assert counter.redeem("Latte").lines[0].message is None
    assert counter.ledger.gift(kept.gift).message == "Enjoy"
    counter.assert_sound()


def test_erasing_works_whatever_the_pages_went_through(counter: Counter) -> None:
    """Long and short words, erased among many others: splits and merges leave copies behind."""
    rng = random.Random(7)
    gifts: dict[int, str] = {}
    gone: list[str] = []
    for number in range(120):
        text = f"secret-{number:04}-" + "x" * rng.choice([1, 20, 180])
        gifts[counter.give("Latte", giver=f"giver-{number:04}.", message=text).gift] = text
        if rng.random() < 0.3:
            gift = rng.choice(list(gifts))
            number_of_it = gifts.pop(gift)[7:11]
            counter.ledger.erase_words(gift)
            gone += [f"secret-{number_of_it}-", f"giver-{number_of_it}."]
    assert len(gone) > 40
    assert _left_in(counter.ledger.path, gone) == []
    for gift in list(gifts):
        counter.ledger.erase_words(gift)
        number_of_it = gifts[gift][7:11]
        gone += [f"secret-{number_of_it}-", f"giver-{number_of_it}."]
    assert len(gone) == 240
    assert _left_in(counter.ledger.path, gone) == []
    counter.assert_sound()


def test_the_reason_of_a_correction_goes_with_its_gifts_words(counter: Counter) -> None:
    secret = ["Mr Featherstonehaugh complained", "his wife wants it back"]
    given = counter.give("Latte", 3, giver="Mr Featherstonehaugh")
    served = counter.redeem("Latte")
    counter.undo(served.action, reason=secret[0])
    counter.undo(given.action, 1, reason=secret[1])
    assert _left_in(counter.ledger.path, secret) == secret
    counter.ledger.erase_words(given.gift)
    assert _left_in(counter.ledger.path, [*secret, "Featherston"]) == []
    counter.assert_sound()


def test_erasing_twice_and_erasing_nothing_are_fine(counter: Counter, clock: FrozenClock) -> None:
    given = counter.give("Latte")
    counter.ledger.erase_words(given.gift)
    clock.forward(days=1)
    counter.ledger.erase_words(given.gift)
    kept = words.words_of(counter.ledger._file, counter.ledger.shop.id, given.gift)
    assert kept == {words.ERASED: "2026-11-22"}


def test_a_till_that_reads_keeps_traces_until_words_are_erased_again(counter: Counter) -> None:
    """The rewrite needs the file for itself; that it failed does not undo the erasing."""
    given = counter.give("Latte", giver="Wilhelmina Featherstonehaugh")
    file = counter.ledger._file
    file.connection.execute("PRAGMA busy_timeout = 50")
    rewrite = file.rewrite

    def while_another_reads() -> None:
        with raw(counter.ledger.path) as reader:
            reader.execute("BEGIN")
            reader.execute("SELECT count(*) FROM entry").fetchone()
            rewrite()

    file.rewrite = while_another_reads  # type: ignore[method-assign]
    with pytest.raises(LedgerUnusable) as unusable:
        counter.ledger.erase_words(given.gift)
    assert unusable.value.reason == "traces-left"
    assert unusable.value.message.startswith("The words are erased; a trace may be left")
    assert "nothing was changed" not in unusable.value.message
    story = counter.ledger.gift(given.gift)
    assert (story.giver, story.words_erased) == (None, True)
    rewritten: list[bool] = []
    file.rewrite = lambda: rewritten.append(True)  # type: ignore[method-assign]
    counter.ledger.erase_words(given.gift)
    assert rewritten == [True]


@pytest.mark.parametrize("gift", [0, 2, 3, 99])
def test_what_is_no_gift_has_no_words(counter: Counter, gift: int) -> None:
    counter.give("Latte", 3, paid=1000)
    counter.redeem("Latte")
    with pytest.raises(Refused) as refused:
        counter.ledger.erase_words(gift)
    assert refused.value.reason == "unknown-gift"
