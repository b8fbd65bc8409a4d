"""A ledger as a beancount file: ``open`` directives, a transaction an action, ``balance`` checks.

Balances are checked as beancount does, at the start of the day after, with no tolerance
(https://beancount.github.io/docs/beancount_language_syntax.html).
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

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
        currency, first = self._export.shop.currency, self._export.first
        yield f"option {_quoted('title')} {_quoted(f'Gifts of {self._export.shop.name}')}\n"
        yield f"option {_quoted('operating_currency')} {_quoted(currency)}\n\n"
        for day, name in self._names.opened():
            if not (continues and first is not None and day < first):
                yield f"{day} open {name} {currency}\n"
        opening = None if continues else opening_of(self._export)
        if opening is not None:
            yield f"\n{opening.day} * {_quoted('Opening balances')}\n"
            yield self._postings(opening.postings)

    def transaction(self, transaction: Transaction) -> str:
        """Return what an action did."""
        entry = transaction.first
        line = f"\n{entry.day} * {_quoted(told(self._export, transaction))}\n  entry: {entry.no}\n"
        if transaction.list_price_minor:
            price = self._text(transaction.list_price_minor)
            line += f"  list-price: {price} {self._export.shop.currency}\n"
        return line + self._postings(transaction.postings)

    def checked(self, checkpoint: Checkpoint) -> str:
        """Return the checks of what is owed after a day."""
        day = checkpoint.day + timedelta(days=1)
        currency = self._export.shop.currency
        named = self._names.checked(checkpoint.balances)
        return "\n" + "".join(
            f"{day} balance {name}  {self._text(minor)} ~ 0 {currency}\n"
            for name, minor in named.items()
        )

    def _postings(self, postings: Mapping[Account, int]) -> str:
        currency = self._export.shop.currency
        return "".join(
            f"  {self._names.name(account)}  {self._text(minor)} {currency}\n"
            for account, minor in postings.items()
            if minor
        )


def _quoted(text: str) -> str:
    r"""Return text as a string of the language.

    >>> print(_quoted('2 "Tea" \\ 1'))
    "2 \"Tea\" \\ 1"
    """
    escaped = shown(text).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
