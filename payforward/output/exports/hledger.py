"""A ledger as an hledger journal that passes ``hledger check --strict``.

Accounts and the commodity are declared. Balances are asserted at the end of a day, below its
transactions: within a day hledger reads from top to bottom
(https://hledger.org/hledger.html#balance-assertions).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from payforward.core.currencies import currency as find_currency
from payforward.core.text import shown
from payforward.output.exports.amounts import decimals
from payforward.output.exports.journal import Checkpoint, opening_of, steps
from payforward.output.exports.naming import PlainNames, told

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from payforward.core.export_answers import Export
    from payforward.output.exports.journal import Transaction
    from payforward.output.exports.postings import Account


def texts(export: Export, *, continues: bool) -> Iterator[str]:
    """Yield the file bit by bit.

    Args:
        export: The ledger.
        continues: Whether the books have all that was before the first day: then nothing is
            opened a second time.
    """
    writer = _Writer(export)
    yield from writer.head(continues=continues)
    for step in steps(export):
        yield writer.checked(step) if isinstance(step, Checkpoint) else writer.transaction(step)


class _Writer:
    def __init__(self, export: Export) -> None:
        self._export = export
        self._names = PlainNames(export)
        self._text = decimals(export.shop.currency)

    def head(self, *, continues: bool) -> Iterator[str]:
        """Yield what comes before the first entry."""
        code = self._export.shop.currency
        yield f"; {_line(f'Gifts of {self._export.shop.name}')}\n"
        # Without it 1.350 might be a thousand and more.
        yield "decimal-mark .\n"
        exponent = find_currency(code).exponent
        yield f"commodity 1000.{'0' * exponent} {code}\n\n"
        for _, name in self._names.opened():
            yield f"account {name}\n"
        opening = None if continues else opening_of(self._export)
        if opening is not None:
            yield f"\n{opening.day} * Opening balances\n"
            yield self._postings(opening.postings)

    def transaction(self, transaction: Transaction) -> str:
        """Return what an action did."""
        entry = transaction.first
        line = f"\n{entry.day} * ({entry.no}) {_line(told(self._export, transaction))}"
        if transaction.list_price_minor:
            price = self._text(transaction.list_price_minor)
            line += f"  ; list-price: {price} {self._export.shop.currency}"
        return f"{line}\n{self._postings(transaction.postings)}"

    def checked(self, checkpoint: Checkpoint) -> str:
        """Return the checks of what is owed after a day."""
        code = self._export.shop.currency
        named = self._names.checked(checkpoint.balances)
        if not named:
            return ""
        nothing = self._text(0)
        return f"\n{checkpoint.day} * What is owed at the end of the day\n" + "".join(
            f"    {name}  {nothing} {code} = {self._text(minor)} {code}\n"
            for name, minor in named.items()
        )

    def _postings(self, postings: Mapping[Account, int]) -> str:
        code = self._export.shop.currency
        return "".join(
            f"    {self._names.name(account)}  {self._text(minor)} {code}\n"
            for account, minor in postings.items()
            if minor
        )


def _line(text: str) -> str:
    """Return text as a description: what begins a comment or parts a payee is written otherwise.

    >>> _line("2 Tea; and | more")
    '2 Tea, and / more'
    """
    return shown(text).replace(";", ",").replace("|", "/")
