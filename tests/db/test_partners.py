"""Partners: known by their whole names, and never by another's number."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from payforward.core.errors import BadInput, Refused

if TYPE_CHECKING:
    from db.ledger import Ledger
    from tests.db.counter import Counter


def test_partners_are_found_by_their_whole_names(ledger: Ledger) -> None:
    shelter = ledger.add_partner(" Sant’Anna  shelter ")
    school = ledger.add_partner("School")
    assert ledger.partners() == [shelter, school]
    assert ledger.find_partner("santanna SHELTER") == shelter
    with pytest.raises(Refused, match="did you mean School") as told:
        ledger.find_partner("Sch")
    assert told.value.reason == "unknown-partner"


def test_without_any_partner_the_sentence_says_what_to_do(ledger: Ledger) -> None:
    with pytest.raises(Refused, match="There is no partner Nurse: add it first"):
        ledger.find_partner("Nurse")


def test_two_partners_of_one_name_are_refused(ledger: Ledger) -> None:
    ledger.add_partner("Shelter")
    nurse = ledger.add_partner("Nurse")
    with pytest.raises(Refused) as told:
        ledger.add_partner("SHELTER")
    assert told.value.reason == "name-taken"
    with pytest.raises(Refused):
        ledger.rename_partner(nurse.id, "shelter")
    assert ledger.rename_partner(nurse.id, "NURSE").name == "NURSE"


def test_a_partner_with_a_new_name_keeps_its_slips(counter: Counter) -> None:
    shelter = counter.ledger.add_partner("Shelter")
    counter.give("Tea", 2)
    issued = counter.hand_out("Tea", slips=2, partner=shelter.id)
    counter.ledger.rename_partner(shelter.id, "The Open Door")
    assert counter.ledger.find_partner("the open door").id == shelter.id
    slips = counter.ledger.slips(partner=shelter.id)
    assert {slip.slip for slip in slips} == {each.slip.slip for each in issued.slips}
    assert {slip.partner for slip in slips} == {"The Open Door"}
    with pytest.raises(Refused):
        counter.ledger.find_partner("Shelter")
    counter.assert_sound()


def test_a_partner_that_is_retired_has_its_slips_still_and_comes_back(counter: Counter) -> None:
    shelter = counter.ledger.add_partner("Shelter")
    counter.give("Tea")
    (handed,) = counter.hand_out("Tea", partner=shelter.id).slips
    assert counter.ledger.retire_partner(shelter.id).retired
    assert counter.ledger.partners() == []
    assert [each.retired for each in counter.ledger.partners(retired=True)] == [True]
    with pytest.raises(Refused):
        counter.ledger.retire_partner(shelter.id)
    assert handed.code is not None
    counter.redeem_slip(handed.code)
    assert counter.ledger.add_partner("shelter").id == shelter.id
    counter.assert_sound()


def test_a_name_that_is_none_is_refused(ledger: Ledger) -> None:
    with pytest.raises(BadInput, match="partner's name is empty"):
        ledger.add_partner(" \u200b ")
    with pytest.raises(Refused):
        ledger.rename_partner(7, "Shelter")
