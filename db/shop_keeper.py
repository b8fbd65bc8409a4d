"""The shop's part of a ledger: what it has decided, its printers."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from db import names, printers, settings
from db.append import lock_head
from payforward.core.clock import utc_text
from payforward.core.errors import Refused
from payforward.core.matching import nearest, resolve
from payforward.core.printers import Printer, PrinterOptions, clean_address
from payforward.core.text import clean_name

if TYPE_CHECKING:
    from db.connection import LedgerFile
    from payforward.core.clock import Clock
    from payforward.core.model import Shop
    from payforward.core.printers import PrinterKind
    from payforward.core.shop_settings import ShopSettings


class ShopKeeper:
    """Keeps what a shop's ledger knows besides its entries and its menu; a part of `Ledger`."""

    _file: LedgerFile
    _clock: Clock
    shop: Shop
    till: str

    def settings(self) -> ShopSettings:
        """Return what the shop has decided."""
        return settings.read_settings(self._file, self.shop.id)

    def save_settings(self, decided: ShopSettings) -> ShopSettings:
        """Keep what the shop has decided, for all its tills."""
        with self._file.write_transaction() as database:
            lock_head(database, self.shop)
            settings.save_settings(database, self.shop.id, decided)
        return decided

    # -- printers -----------------------------------------------------------------------------

    def printers(self, *, retired: bool = False) -> list[Printer]:
        """Return the shop's printers, the oldest first; retired ones only if asked for."""
        found = printers.read_printers(self._file, self.shop.id)
        return [printer for printer in found if retired or not printer.retired]

    def find_printer(self, name: str) -> Printer:
        """Return the printer that a person named, by its whole name.

        Raises:
            Refused: there is none; the nearest names are in the sentence.
        """
        found = self.printers()
        return found[resolve_name(name, [printer.name for printer in found], "printer")]

    def add_printer(
        self,
        name: str,
        kind: PrinterKind,
        address: str = "",
        options: PrinterOptions | None = None,
    ) -> Printer:
        """Add a printer; the shop's first is every till's until it chooses another.

        Raises:
            BadInput: nothing of that kind can be found at the address.
            Refused: another printer has the name.
        """
        new = Printer(
            id=0,
            name=clean_name(name, what="printer's name"),
            kind=kind,
            address=clean_address(kind, address),
            options=options or PrinterOptions(),
        )
        with self._file.write_transaction() as database:
            lock_head(database, self.shop)
            printers.refuse_namesake(self.printers(), new.name)
            at = utc_text(self._clock.now())
            return replace(new, id=printers.insert_printer(database, self.shop.id, at, new))

    def change_printer(self, printer: Printer) -> Printer:
        """Keep a printer as it is given now: its name, kind, address and options.

        Raises:
            BadInput: nothing of that kind can be found at the address.
            Refused: there is none of that number, or another has the name.
        """
        changed = replace(
            printer,
            name=clean_name(printer.name, what="printer's name"),
            address=clean_address(printer.kind, printer.address),
        )
        with self._file.write_transaction() as database:
            lock_head(database, self.shop)
            self._live_printer(printer.id)
            printers.refuse_namesake(self.printers(), changed.name, but=changed.id)
            printers.update_printer(self._file, database, self.shop.id, changed)
        return changed

    def retire_printer(self, printer: int) -> Printer:
        """Take a printer out of use; tills that chose it take the shop's oldest one."""
        with self._file.write_transaction() as database:
            lock_head(database, self.shop)
            found = self._live_printer(printer)
            at = utc_text(self._clock.now())
            database.execute(
                printers.RETIRE_PRINTER, {"shop": self.shop.id, "printer": found.id, "at": at}
            )
        return replace(found, retired=True)

    def choose_printer(self, printer: int | None) -> Printer | None:
        """Let this till use a printer; with None, the shop's oldest one again.

        Returns:
            The printer that this till now uses.
        """
        with self._file.write_transaction() as database:
            lock_head(database, self.shop)
            at = utc_text(self._clock.now())
            till = names.till_id(self._file, database, self.shop.id, self.till, at)
            facts = {"shop": self.shop.id, "till": till}
            if printer is None:
                database.execute(printers.CHOOSE_NO_PRINTER, facts)
            else:
                found = self._live_printer(printer)
                database.execute(printers.CHOOSE_PRINTER, {**facts, "printer": found.id})
            return self.printer_of_till()

    def printer_of_till(self) -> Printer | None:
        """Return the printer that this till uses: its own choice, else the shop's oldest."""
        return printers.printer_of_till(self._file, self.shop.id, self.till)

    # -- within -------------------------------------------------------------------------------

    def _live_printer(self, number: int) -> Printer:
        for printer in self.printers():
            if printer.id == number:
                return printer
        raise Refused("There is no such printer: choose one of the list.", reason="unknown-printer")


def resolve_name(name: str, known: list[str], what: str) -> int:
    """Return the place of the name that was meant.

    Raises:
        Refused: it is none of them.
    """
    index = resolve(name, known)
    if index is not None:
        return index
    near = " or ".join(nearest(name, known))
    hint = f"did you mean {near}?" if near else "add it first." if not known else "see the list."
    raise Refused(f"There is no {what} {name[:60]}: {hint}", reason=f"unknown-{what}")
