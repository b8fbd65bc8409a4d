"""Answers built from the stored entries alone, so that a retry hears what the first try did."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from db import words
from db.budgets import budget_state
from db.correcting import amount_of_action, others_of_action, units_of_action
from db.drives import delivered_units, held_units
from db.entries import entry_by_no
from db.manifests import Manifests
from db.picker import units_of_slip, waiting_units
from db.questions import paid_from
from db.slips import Slips
from db.telling import Telling
from payforward.core.answers import Given, Redeemed, RedeemedLine, Refunded, Undone
from payforward.core.model import Kind, Place, Tender
from payforward.core.program_answers import Collected, HandedOver
from payforward.core.slip_answers import Issued, IssuedSlip, TakenBack

if TYPE_CHECKING:
    from collections.abc import Sequence

    from payforward.core.model import Entry


class Answers(Telling):
    """Turns an action's entries into its answer; the caller holds a snapshot."""

    def given(self, entries: Sequence[Entry]) -> Given:
        """Return what a gift's entries say."""
        first = entries[0]
        item = self._item(first)
        program = self._program(first)
        receipt = None
        if self._issuing is not None:
            receipt = self._issuing.told_receipt(self._file, self._shop.id, first.gift)
        return Given(
            action=first.action,
            gift=first.gift,
            item=item,
            units=units_of_action(entries),
            amount_minor=sum(entry.amount_minor for entry in entries),
            waiting=self._waiting(first),
            tender=Tender(first.tender or Tender.OTHER),
            day=date.fromisoformat(first.day),
            repeated=self._repeated,
            slip=first.slip,
            voucher=self._codes(first.code),
            receipt=receipt,
            program=program,
        )

    def redeemed(self, entries: Sequence[Entry]) -> Redeemed:
        """Return what a redemption's entries say."""
        # Where no budget counts what the house gives, the action brought it in as well.
        entries = [entry for entry in entries if entry.kind == Kind.REDEEM]
        first = entries[0]
        assert first.served_item is not None
        payers = {self._item(entry).id for entry in entries}
        waiting = sum(waiting_units(self._file, self._shop.id, payer) for payer in payers)
        program = None
        if first.slip is not None:
            waiting = units_of_slip(self._file, self._shop.id, first.slip)
        if first.place == Place.HELD:
            program = self._program(first)
            budget = budget_state(self._file, self._shop.id, program, self._today())
            waiting = 0 if budget is None else budget.left
        return Redeemed(
            action=first.action,
            item=self._items[first.served_item],
            units=units_of_action(entries),
            amount_minor=-sum(entry.amount_minor for entry in entries),
            list_price_minor=sum(entry.list_price_minor or 0 for entry in entries),
            paid_from=paid_from(entries, self._items),
            waiting=waiting,
            lines=tuple(self._line(entry) for entry in entries),
            day=date.fromisoformat(first.day),
            repeated=self._repeated,
            slip=first.slip,
            program=program,
        )

    def collected(self, entries: Sequence[Entry]) -> Collected:
        """Return what the entries of goods taken in say."""
        first = entries[0]
        program = self._program(first)
        held = held_units(self._file, self._shop.id, program.id)
        delivered = delivered_units(self._file, self._shop.id, program.id)
        return Collected(
            action=first.action,
            gift=first.gift,
            item=self._item(first),
            units=units_of_action(entries),
            program=program,
            collected=sum(held.values()) + delivered,
            day=date.fromisoformat(first.day),
            repeated=self._repeated,
        )

    def handed_over(self, entries: Sequence[Entry]) -> HandedOver:
        """Return what the entries say that left the shop for a partner."""
        manifests = Manifests(self._file, self._shop, self._items)
        return manifests.told(entries, repeated=self._repeated)

    def undone(self, entries: Sequence[Entry]) -> Undone:
        """Return what an undo's entries say."""
        first = entries[0]
        assert first.undoes is not None
        original = entry_by_no(self._file, self._shop.id, first.undoes)
        assert original is not None
        payer = self._item(first)
        return Undone(
            action=first.action,
            undoes=original.action,
            kind=Kind(first.kind),
            item=payer if first.served_item is None else self._items[first.served_item],
            payer=payer,
            units=units_of_action(entries),
            amount_minor=amount_of_action(entries),
            gift=first.gift,
            waiting=self._waiting(first),
            tender=None if first.tender is None else Tender(first.tender),
            done_on=date.fromisoformat(original.day),
            day=date.fromisoformat(first.day),
            repeated=self._repeated,
            slip=first.slip,
            others=others_of_action(entries),
        )

    def refunded(self, entries: Sequence[Entry]) -> Refunded:
        """Return what a refund's entries say."""
        first = entries[0]
        item = self._item(first)
        return Refunded(
            action=first.action,
            gift=first.gift,
            item=item,
            units=units_of_action(entries),
            amount_minor=-sum(entry.amount_minor for entry in entries),
            tender=Tender(first.tender or Tender.OTHER),
            waiting=self._waiting(first),
            repeated=self._repeated,
        )

    def issued(self, entries: Sequence[Entry]) -> Issued:
        """Return the slips that an action made, or to which it gave a new code."""
        coded = {e.slip: e.code for e in entries if e.slip is not None and e.code is not None}
        first = entries[0]
        slips = Slips(self._file, self._shop, self._items, self._today())
        found = slips.between(min(coded), max(coded))
        told = [IssuedSlip(found[slip], self._codes(code)) for slip, code in coded.items()]
        moved = units_of_action(entries)
        return Issued(
            action=first.action,
            item=self._item(first),
            units=moved or sum(each.slip.left for each in told),
            partner=told[0].slip.partner,
            slips=tuple(told),
            waiting=waiting_units(self._file, self._shop.id, self._item(first).id),
            repeated=self._repeated,
        )

    def taken_back(self, entries: Sequence[Entry]) -> TakenBack:
        """Return what an action put back on the board."""
        first = entries[0]
        item = self._item(first)
        return TakenBack(
            action=first.action,
            item=item,
            units=units_of_action(entries),
            slips=tuple(dict.fromkeys(e.slip for e in entries if e.slip is not None)),
            waiting=waiting_units(self._file, self._shop.id, item.id),
            repeated=self._repeated,
        )

    def _line(self, entry: Entry) -> RedeemedLine:
        gift = entry_by_no(self._file, self._shop.id, entry.gift)
        assert gift is not None
        return RedeemedLine(
            gift=entry.gift,
            item=self._item(entry),
            units=-entry.units,
            amount_minor=-entry.amount_minor,
            message=words.words_of(self._file, self._shop.id, entry.gift).get(words.MESSAGE),
            given_on=date.fromisoformat(gift.day),
            program=self._program_name(entry),
        )
