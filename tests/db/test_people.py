"""People in the ledger: names, PINs, the passphrase, and what becomes of a forgotten one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from payforward.core.errors import BadInput, Refused
from payforward.core.people import hash_secret

if TYPE_CHECKING:
    from collections.abc import Callable

    from payforward.core.people import Cashier
    from tests.conftest import FrozenClock
    from tests.db.counter import Counter

PHRASE = "rosa opens at seven"
WRONG = "rosa opens at eight"


def refused(act: Callable[[], object]) -> Refused:
    with pytest.raises(Refused) as no:
        act()
    return no.value


def ana(counter: Counter, pin: str | None = "4071") -> Cashier:
    return counter.ledger.set_pin(counter.ledger.add_cashier("Ana").id, pin)


# -- who they are -----------------------------------------------------------------------------


def test_people_come_and_go(counter: Counter) -> None:
    ledger = counter.ledger
    assert ledger.cashiers() == []
    first = ledger.add_cashier(" Ana ")
    second = ledger.add_cashier("Bob")
    assert [each.name for each in ledger.cashiers()] == ["Ana", "Bob"]
    assert ledger.find_cashier("ana") == first
    assert refused(lambda: ledger.add_cashier("ANA")).reason == "name-taken"
    assert refused(lambda: ledger.rename_cashier(second.id, "ana")).reason == "name-taken"
    assert ledger.rename_cashier(second.id, "Bobby").name == "Bobby"
    assert ledger.retire_cashier(first.id).retired
    assert [each.name for each in ledger.cashiers()] == ["Bobby"]
    assert [each.name for each in ledger.cashiers(retired=True)] == ["Ana", "Bobby"]
    assert refused(lambda: ledger.rename_cashier(first.id, "Anna")).reason == "unknown-cashier"
    # Entries show the name of who left: another cannot have it, but the same can come back.
    assert refused(lambda: ledger.rename_cashier(second.id, "Ana")).reason == "name-taken"
    assert ledger.add_cashier("ana") == first.__class__(first.id, "ana")
    assert "Bobby" in refused(lambda: ledger.find_cashier("Bobb")).message
    with pytest.raises(BadInput, match="cashier's name is empty"):
        ledger.add_cashier("\x1b")


def test_whoever_was_named_at_the_counter_is_one_of_them(counter: Counter) -> None:
    counter.ledger.sign_in("Cleo")
    assert counter.ledger.cashiers() == [], "a name that did nothing is in no list"
    counter.give("Tea")
    (cleo,) = counter.ledger.cashiers()
    assert (cleo.name, cleo.has_pin) == ("Cleo", False)
    assert counter.ledger.entries()[0].cashier == "Cleo"


def test_a_name_is_found_whatever_its_case(counter: Counter) -> None:
    ana(counter, None)
    counter.ledger.sign_in("ANA")
    counter.give("Tea")
    assert counter.ledger.entries()[0].cashier == "Ana"
    assert len(counter.ledger.cashiers()) == 1


def test_who_is_here_changes_and_nobody_may_be(counter: Counter) -> None:
    for name in ("Ana", "Bob", None):
        counter.ledger.sign_in(name)
        counter.give("Tea")
        counter.note_asked("Latte")
    assert {each.cashier for each in counter.ledger.entries()} == {"Ana", "Bob", None}
    day = counter.ledger.day_report()
    assert {each.cashier for each in day.counters} == {"Ana", "Bob", None}
    counter.assert_sound()


def test_a_name_changed_at_another_till_makes_no_second_person(
    counter: Counter, clock: FrozenClock
) -> None:
    known = ana(counter, None)
    counter.ledger.sign_in("Ana")
    with counter.another("till 2", clock) as other:
        other.ledger.rename_cashier(known.id, "Anna")
    counter.give("Tea")
    counter.note_asked("Latte")
    assert [each.name for each in counter.ledger.cashiers()] == ["Anna"]
    assert counter.ledger.entries()[0].cashier == "Anna"
    counter.assert_sound()


def test_who_left_is_here_no_more(counter: Counter) -> None:
    known = ana(counter)
    counter.ledger.retire_cashier(known.id)
    no = refused(lambda: counter.ledger.sign_in("Ana", "4071"))
    assert (no.reason, no.message) == (
        "cashier-retired",
        "Ana has left: the owner can add them again.",
    )
    # Who comes back has no PIN: the old one may be known.
    assert not counter.ledger.add_cashier("Ana").has_pin


def test_with_a_passphrase_only_the_owner_adds_people(counter: Counter) -> None:
    ana(counter, None)
    counter.ledger.set_passphrase(None, PHRASE)
    no = refused(lambda: counter.ledger.sign_in("Anа"))  # its last letter is Cyrillic
    assert no.reason == "unknown-cashier"
    assert counter.ledger.sign_in("Ana") is not None


def test_who_left_is_named_no_more_at_a_till_that_is_open(
    counter: Counter, clock: FrozenClock
) -> None:
    known = ana(counter, None)
    with counter.another("till 2", clock) as other:
        other.ledger.sign_in("Ana")
        other.give("Tea")
        assert other.ledger.who_lost_name() is None
        counter.ledger.retire_cashier(known.id)
        other.give("Tea")
        other.note_asked("Latte")
        assert other.ledger.who_lost_name() == "Ana"
        other.ledger.sign_in(None)
        assert other.ledger.who_lost_name() is None
    assert [each.cashier for each in counter.ledger.entries()] == ["Ana", None]
    assert [each.gifts for each in counter.ledger.day_report().counters] == [1, 1]


def test_a_name_said_before_the_passphrase_was_set_adds_nobody(
    counter: Counter, clock: FrozenClock
) -> None:
    with counter.another("till 2", clock) as known, counter.another("till 3", clock) as new:
        known.ledger.sign_in("Ana")
        known.give("Tea")
        new.ledger.sign_in("Zed")
        counter.ledger.set_passphrase(None, PHRASE)
        known.give("Tea")
        new.give("Tea")
        lost = known.ledger.who_lost_name(), new.ledger.who_lost_name()
        assert lost == (None, "Zed")
    assert [each.name for each in counter.ledger.cashiers()] == ["Ana"]
    assert [each.cashier for each in counter.ledger.entries()] == ["Ana", "Ana", None]


# -- PINs -------------------------------------------------------------------------------------


def test_a_pin_proves_who_is_named(counter: Counter) -> None:
    known = ana(counter)
    ledger = counter.ledger
    assert known.has_pin
    assert refused(lambda: ledger.sign_in("Ana")).reason == "pin-needed"
    no = refused(lambda: ledger.sign_in("Ana", "4072"))
    assert (no.reason, no.message) == (
        "wrong-pin",
        "That is not the PIN of Ana: try again.",
    )
    assert ledger.cashier is None
    counter.give("Tea")
    assert ledger.sign_in("ana", " ４０７１") == known
    counter.give("Tea")
    assert [each.cashier for each in ledger.entries()] == [None, "Ana"]
    counter.assert_sound()


def test_a_pin_can_be_changed_and_taken_away(counter: Counter) -> None:
    known = ana(counter)
    ledger = counter.ledger
    with pytest.raises(BadInput, match="4 to 8 digits"):
        ledger.set_pin(known.id, "12")
    ledger.set_pin(known.id, "99887766")
    assert refused(lambda: ledger.check_pin(known.id, "4071")).reason == "wrong-pin"
    assert ledger.check_pin(known.id, "99887766").name == "Ana"
    assert not ledger.set_pin(known.id, None).has_pin
    assert ledger.sign_in("Ana") is not None
    assert refused(lambda: ledger.check_pin(known.id, "99887766")).reason == "no-pin"


def test_each_has_their_own_tries(counter: Counter, clock: FrozenClock) -> None:
    known, bob = ana(counter), counter.ledger.add_cashier("Bob")
    counter.ledger.set_pin(bob.id, "5555")
    for _ in range(3):
        refused(lambda: counter.ledger.check_pin(known.id, "0000"))
    no = refused(lambda: counter.ledger.check_pin(known.id, "4071"))
    assert (no.reason, no.message) == (
        "locked",
        "Too many wrong tries for Ana: wait 1 second, then try again.",
    )
    assert counter.ledger.check_pin(bob.id, "5555") == counter.ledger.find_cashier("Bob")
    # A new PIN has had no tries.
    counter.ledger.set_pin(known.id, "1111")
    assert counter.ledger.check_pin(known.id, "1111").name == "Ana"


# -- the passphrase ---------------------------------------------------------------------------


def test_the_passphrase_is_set_changed_and_taken_away(counter: Counter) -> None:
    ledger = counter.ledger
    assert not ledger.has_passphrase()
    ledger.check_passphrase("anything: there is none")
    with pytest.raises(BadInput, match="take 8 or more"):
        ledger.set_passphrase(None, "short")
    ledger.set_passphrase(None, PHRASE)
    assert ledger.has_passphrase()
    ledger.check_passphrase(f" {PHRASE} ")
    assert refused(lambda: ledger.check_passphrase(WRONG)).reason == "wrong-passphrase"
    assert refused(lambda: ledger.set_passphrase(None, WRONG)).reason == "passphrase-needed"
    assert refused(lambda: ledger.set_passphrase(WRONG, WRONG)).reason == "wrong-passphrase"
    with pytest.raises(BadInput):
        ledger.set_passphrase(PHRASE, "short")
    ledger.set_passphrase(PHRASE, WRONG)
    ledger.check_passphrase(WRONG)
    ledger.set_passphrase(WRONG, None)
    assert not ledger.has_passphrase()


def test_nothing_of_a_secret_is_in_the_file(counter: Counter) -> None:
    ana(counter, "40719283")
    counter.ledger.set_passphrase(None, PHRASE)
    refused(lambda: counter.ledger.check_passphrase(WRONG))
    data = counter.ledger.path.read_bytes()
    assert b"40719283" not in data
    assert PHRASE.encode() not in data
    assert WRONG.encode() not in data
    assert data.count(b"scrypt$16384$8$5$") >= 2


def test_two_owners_at_once_do_not_overwrite_each_other(
    counter: Counter, clock: FrozenClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    counter.ledger.set_passphrase(None, PHRASE)
    with counter.another("till 2", clock) as other:
        real = hash_secret

        def slowly(*facts: object) -> str:
            monkeypatch.setattr("db.people.hash_secret", real)
            other.ledger.set_passphrase(PHRASE, "the other till was quicker")
            return real(*facts)  # type: ignore[arg-type]

        monkeypatch.setattr("db.people.hash_secret", slowly)
        no = refused(lambda: counter.ledger.set_passphrase(PHRASE, WRONG))
    assert no.reason == "changed-meanwhile"
    counter.ledger.check_passphrase("the other till was quicker")


def test_a_forgotten_passphrase_and_the_recovery_sheet(counter: Counter) -> None:
    ledger = counter.ledger
    ledger.set_passphrase(None, PHRASE)
    counter.give("Tea", voucher=True)
    lines = ledger.recovery_lines()
    swapped = [lines[0][::-1], *lines[1:]]
    with pytest.raises((BadInput, Refused)):
        ledger.reset_passphrase(WRONG, swapped)
    ledger.check_passphrase(PHRASE)
    before = counter.facts()
    ledger.reset_passphrase(WRONG, lines[::-1])
    ledger.check_passphrase(WRONG)
    assert counter.facts() == before
    ledger.reset_passphrase(None, lines)
    assert not ledger.has_passphrase()


def test_a_forgotten_passphrase_without_a_sheet(counter: Counter) -> None:
    ledger = counter.ledger
    ledger.set_passphrase(None, PHRASE)
    assert refused(lambda: ledger.reset_passphrase(None, ["x"] * 4)).reason == "no-pepper"
    no = refused(lambda: ledger.reset_passphrase(None))
    assert no.reason == "proof-needed"
    assert str(ledger.forgotten_path) in no.message
    ledger.forgotten_path.touch()
    with pytest.raises(BadInput):
        ledger.reset_passphrase("short")
    assert ledger.forgotten_path.exists()
    ledger.reset_passphrase(WRONG)
    ledger.check_passphrase(WRONG)
    # It counts once, and a folder of that name is no proof.
    assert refused(lambda: ledger.reset_passphrase(None)).reason == "proof-needed"
    ledger.forgotten_path.mkdir()
    assert refused(lambda: ledger.reset_passphrase(None)).reason == "proof-needed"
