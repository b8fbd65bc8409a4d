"""The people's part of a ledger: who is at the counter, what proves it, the owner's passphrase.

What the passphrase guards is asked for by the screens and the command line. A ledger is a file on
its owner's disk: whoever may write it needs no program's leave.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from db import names, people
from db.append import lock_head
from db.keeper import Keeper
from db.people import OWNER, Secrets
from db.perform import Counter, Performer
from db.shop_keeper import resolve_name
from payforward.core.errors import Refused
from payforward.core.people import (
    Cashier,
    Guarded,
    clean_passphrase,
    clean_pin,
    passphrase_needed,
    pin_needed,
    wrong_passphrase,
    wrong_pin,
)
from payforward.core.text import clean_name

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from db.peppers import Peppers

FORGOTTEN_ENDING = ".forgotten"
"""Ends the name of the file that says, beside the ledger, that the passphrase is forgotten."""


class PeopleKeeper(Keeper):
    """Keeps the people of one shop's ledger and their secrets; a part of `Ledger`."""

    _peppers: Peppers
    till: str
    cashier: str | None

    # -- who they are -------------------------------------------------------------------------

    def cashiers(self, *, retired: bool = False) -> list[Cashier]:
        """Return who is at the counter at times, the oldest first; who left only if asked for."""
        found = people.read_cashiers(self._file, self.shop.id)
        return [cashier for cashier in found if retired or not cashier.retired]

    def find_cashier(self, name: str) -> Cashier:
        """Return the cashier that a person named, by their whole name.

        Raises:
            Refused: there is none; the nearest names are in the sentence.
        """
        found = self.cashiers()
        return found[resolve_name(name, [each.name for each in found], "cashier")]

    def add_cashier(self, name: str) -> Cashier:
        """Add somebody; who had left comes back.

        Raises:
            BadInput: a name that is none.
            Refused: somebody has the name.
        """
        cleaned = clean_name(name, what="cashier's name")
        shop = self.shop.id
        with self._file.write_transaction() as database:
            lock_head(database, self.shop)
            known = self.cashiers(retired=True)
            people.refuse_namesake((each for each in known if not each.retired), cleaned)
            left = people.namesake(known, cleaned)
            if left is None:
                number = names.cashier_id(self._file, database, shop, cleaned, self._at())
            else:
                number = left.id
                facts = {"shop": shop, "cashier": number, "name": cleaned}
                database.execute(people.BRING_CASHIER_BACK, facts)
            return self._live_cashier(number)

    def rename_cashier(self, cashier: int, name: str) -> Cashier:
        """Give somebody another name, in all entries; the PIN stays.

        Raises:
            BadInput: a name that is none.
            Refused: there is no such cashier, or somebody has the name, even if they left.
        """
        cleaned = clean_name(name, what="cashier's name")
        with self._file.write_transaction() as database:
            lock_head(database, self.shop)
            found = self._live_cashier(cashier)
            people.refuse_namesake(self.cashiers(retired=True), cleaned, but=found.id)
            facts = {"shop": self.shop.id, "cashier": found.id, "name": cleaned}
            database.execute(people.RENAME_CASHIER, facts)
        return replace(found, name=cleaned)

    def retire_cashier(self, cashier: int) -> Cashier:
        """Let somebody be at the counter no more; entries keep the name, the PIN is forgotten.

        Raises:
            Refused: there is no such cashier.
        """
        with self._file.write_transaction() as database:
            lock_head(database, self.shop)
            found = self._live_cashier(cashier)
            facts = {"shop": self.shop.id, "cashier": found.id, "at": self._at()}
            database.execute(people.RETIRE_CASHIER, facts)
            self._secrets.forget(database, str(found.id))
        return replace(found, has_pin=False, retired=True)

    # -- PINs ---------------------------------------------------------------------------------

    def set_pin(self, cashier: int, pin: str | None) -> Cashier:
        """Give somebody a PIN, or another one; none takes it away, so that the name is only said.

        Raises:
            BadInput: it is no PIN.
            Refused: there is no such cashier.
        """
        hashed = None if pin is None else people.hashed(clean_pin(pin))
        with self._file.write_transaction() as database:
            lock_head(database, self.shop)
            found = self._live_cashier(cashier)
            if hashed is None:
                self._secrets.forget(database, str(found.id))
            else:
                self._secrets.keep(database, str(found.id), hashed)
        return replace(found, has_pin=hashed is not None)

    def check_pin(self, cashier: int, pin: str) -> Cashier:
        """Return the cashier whose PIN this is.

        Raises:
            Refused: it is wrong (``wrong-pin``), comes too early after wrong ones (``locked``),
                or they have none (``no-pin``).
        """
        found = self._live_cashier(cashier)
        hashed = self._secrets.prove(
            str(found.id), pin, whose=found.name, wrong=lambda wait: wrong_pin(found.name, wait)
        )
        if hashed is None:
            raise Refused(f"{found.name} has no PIN: leave it out.", reason="no-pin")
        return found

    # -- who is here --------------------------------------------------------------------------

    def who_is(self, name: str) -> Cashier:
        """Return who a person means who says a name at the counter.

        Where there is no passphrase, whoever is new is at the counter by saying their name.

        Raises:
            BadInput: a name that is none.
            Refused: they left, or only the owner could add them.
        """
        cleaned = clean_name(name, what="cashier's name")
        found = people.namesake(self.cashiers(retired=True), cleaned)
        if found is None:
            if self.has_passphrase():
                raise Refused(
                    f"Nobody here is called {cleaned}: the owner adds people.",
                    reason="unknown-cashier",
                )
            return Cashier(0, cleaned)
        if found.retired:
            raise Refused(
                f"{found.name} has left: the owner can add them again.", reason="cashier-retired"
            )
        return found

    def sign_in(self, name: str | None, pin: str | None = None) -> Cashier | None:
        """Let somebody be at this till from now on; None lets nobody be named.

        Raises:
            Refused: see `who_is` and `check_pin`; ``pin-needed`` where a PIN was not said.
            BadInput: a name that is none.
        """
        found = None if name is None else self.who_is(name)
        if found is not None and found.has_pin:
            if pin is None:
                raise pin_needed(found.name)
            found = self.check_pin(found.id, pin)
        self.act_as(found)
        return found

    def act_as(self, cashier: Cashier | None) -> None:
        """Name somebody in entries from now on, who has proven who they are where they must."""
        self.cashier = None if cashier is None else cashier.name
        number = None if cashier is None or cashier.id == 0 else cashier.id
        counter = Counter(self.till, self.cashier, number)
        self._performer = Performer(self._file, self.shop, self._clock, counter)

    def who_lost_name(self) -> str | None:
        """Return whom this till lets be here although entries name them no more; None for nobody.

        They left since, or another till set a passphrase before they did anything.
        """
        with self._file.snapshot():
            return self.cashier if self._performer.has_lost_name() else None

    # -- the owner's passphrase ---------------------------------------------------------------

    def has_passphrase(self) -> bool:
        """Return whether the owner has set one."""
        return self._secrets.has(OWNER)

    def check_passphrase(self, passphrase: str) -> None:
        """Say nothing where it is the owner's, or where there is none.

        Raises:
            Refused: it is wrong (``wrong-passphrase``), or comes too early after wrong ones
                (``locked``).
        """
        self._prove_owner(passphrase)

    def set_passphrase(self, old: str | None, new: str | None) -> None:
        """Set the owner's passphrase, or another; none takes it away.

        Args:
            old: The one that there is; None where there is none yet.
            new: The one that there shall be.

        Raises:
            Refused: see `check_passphrase`; ``passphrase-needed`` where it was not said.
            BadInput: the new one is too short or too long.
        """
        cleaned = None if new is None else clean_passphrase(new)
        was = None if old is None else self._prove_owner(old)
        if was is None and self.has_passphrase():
            raise passphrase_needed(Guarded.PEOPLE)
        self._keep_passphrase(cleaned, was)

    def reset_passphrase(self, new: str | None, lines: Sequence[str] | None = None) -> None:
        """Set another passphrase in the place of a forgotten one, or none; all else stays.

        The recovery sheet proves whose shop it is; so does a file of the name that
        `forgotten_path` answers, since whoever may put it there may write the ledger itself.

        Args:
            new: The one that there shall be.
            lines: The recovery sheet's, in any order; without them, that file is looked for.

        Raises:
            Refused: it is another sheet, there is none, or the file is not there.
            BadInput: a line has a typing error, or the new one is too short or too long.
        """
        cleaned = None if new is None else clean_passphrase(new)
        if lines is not None:
            with self._file.snapshot():
                self._peppers.prove(lines)
        else:
            self._use_up_forgotten()
        self._keep_passphrase(cleaned, self._secrets.stored(OWNER))

    @property
    def forgotten_path(self) -> Path:
        """Where a file says that the passphrase is forgotten."""
        path = self._file.path
        return path.with_name(path.name + FORGOTTEN_ENDING)

    # -- within -------------------------------------------------------------------------------

    @property
    def _secrets(self) -> Secrets:
        return Secrets(self._file, self.shop, self._clock)

    def _prove_owner(self, passphrase: str) -> str | None:
        return self._secrets.prove(OWNER, passphrase, whose="the owner", wrong=wrong_passphrase)

    def _use_up_forgotten(self) -> None:
        """Take the file away that says that the passphrase is forgotten: it counts once."""
        try:
            self.forgotten_path.unlink()
        except OSError as error:
            raise Refused(
                f"Type the recovery sheet's lines, or make an empty file {self.forgotten_path} "
                "and try again.",
                reason="proof-needed",
            ) from error

    def _keep_passphrase(self, new: str | None, was: str | None) -> None:
        """Keep a passphrase in the place of the one whose hash is given."""
        hashed = None if new is None else people.hashed(new)
        with self._file.write_transaction() as database:
            lock_head(database, self.shop)
            if self._secrets.stored(OWNER) != was:
                raise Refused(
                    "The passphrase was changed at another till meanwhile: try again.",
                    reason="changed-meanwhile",
                )
            if hashed is None:
                self._secrets.forget(database, OWNER)
            else:
                self._secrets.keep(database, OWNER, hashed)

    def _live_cashier(self, number: int) -> Cashier:
        for cashier in self.cashiers():
            if cashier.id == number:
                return cashier
        raise Refused("There is no such cashier: choose one of the list.", reason="unknown-cashier")
