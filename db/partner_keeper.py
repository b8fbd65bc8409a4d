"""The partners' part of a ledger: who they are, what they took, what of it came back."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from db import partners
from db.append import lock_head
from db.batches import Batches
from db.keeper import Keeper
from db.manifests import Manifests
from db.shop_keeper import resolve_name
from payforward.core.errors import Refused
from payforward.core.matching import resolve
from payforward.core.text import clean_name

if TYPE_CHECKING:
    from payforward.core.partners import Partner
    from payforward.core.program_answers import Batch, HandedOver


class PartnerKeeper(Keeper):
    """Keeps the partners of one shop's ledger; a part of `Ledger`."""

    def partners(self, *, retired: bool = False) -> list[Partner]:
        """Return the shop's partners, the oldest first; retired ones only if asked for."""
        found = partners.read_partners(self._file, self.shop.id)
        return [partner for partner in found if retired or not partner.retired]

    def find_partner(self, name: str) -> Partner:
        """Return the partner that a person named, by its whole name.

        Raises:
            Refused: there is none; the nearest names are in the sentence.
        """
        found = self.partners()
        gone = partners.retired_namesake(self.partners(retired=True), name)
        if gone is not None and resolve(name, [partner.name for partner in found]) is None:
            raise Refused(
                f"{gone.name} is retired already: choose another partner, or add it again.",
                reason="unknown-partner",
            )
        return found[resolve_name(name, [partner.name for partner in found], "partner")]

    def add_partner(self, name: str) -> Partner:
        """Add a partner; one that was retired comes back, with the slips that it has."""
        cleaned = clean_name(name, what="partner's name")
        with self._file.write_transaction() as database:
            lock_head(database, self.shop)
            known = self.partners(retired=True)
            partners.refuse_namesake(known, cleaned)
            retired = partners.retired_namesake(known, cleaned)
            if retired is None:
                at = self._at()
                number = partners.insert_partner(database, self.shop.id, at, cleaned)
            else:
                number = retired.id
                database.execute(
                    partners.BRING_PARTNER_BACK,
                    {"shop": self.shop.id, "partner": number, "name": cleaned},
                )
            return self._live_partner(number)

    def rename_partner(self, partner: int, name: str) -> Partner:
        """Give a partner another name; what it has and had stays its own."""
        cleaned = clean_name(name, what="partner's name")
        with self._file.write_transaction() as database:
            lock_head(database, self.shop)
            found = self._live_partner(partner)
            partners.refuse_namesake(self.partners(), cleaned, but=found.id)
            partners.rename_partner(database, self.shop.id, found.id, cleaned)
            return self._live_partner(partner)

    def retire_partner(self, partner: int) -> Partner:
        """Hand out no more to a partner; slips that it has stay good."""
        with self._file.write_transaction() as database:
            lock_head(database, self.shop)
            found = self._live_partner(partner)
            at = self._at()
            database.execute(
                partners.RETIRE_PARTNER, {"shop": self.shop.id, "partner": found.id, "at": at}
            )
        return replace(found, retired=True)

    # -- what they took -----------------------------------------------------------------------

    def handed_over(self, number: int) -> HandedOver:
        """Return the manifest of a number.

        Raises:
            Refused: there is none.
        """
        with self._file.snapshot():
            return self._manifests().one(number)

    def handovers(
        self, program: int | None = None, partner: int | None = None, most: int = 300
    ) -> tuple[HandedOver, ...]:
        """Return what left the shop for partners, the newest first.

        Args:
            program: Only what was of this program, by number.
            partner: Only what went to this partner, by number.
            most: At most so many.
        """
        with self._file.snapshot():
            return tuple(self._manifests().newest(program, partner, most))

    def batches(self, partner: int | None = None, *, most: int = 300) -> tuple[Batch, ...]:
        """Return the slips that partners took, or one of them, by batch; the newest first."""
        with self._file.snapshot():
            return tuple(self._batches().newest(partner, most))

    def batch(self, number: int) -> Batch:
        """Return the batch of a number, which is that of the first of its slips.

        Raises:
            Refused: there is none.
        """
        with self._file.snapshot():
            return self._batches().one(number)

    # -- within -------------------------------------------------------------------------------

    def _manifests(self) -> Manifests:
        return Manifests(self._file, self.shop, self._items())

    def _batches(self) -> Batches:
        return Batches(self._file, self.shop, self._items())

    def _live_partner(self, number: int) -> Partner:
        for partner in self.partners():
            if partner.id == number:
                return partner
        raise Refused("There is no such partner: choose one of the list.", reason="unknown-partner")
