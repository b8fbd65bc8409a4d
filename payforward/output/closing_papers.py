"""The slip that ends a day: its takings beside what the till says, to be signed and kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from payforward.core.currencies import currency as currency_of
from payforward.core.days import day_text
from payforward.core.model import ItemKind, Tender
from payforward.core.money import Money
from payforward.core.printers import PrinterOptions
from payforward.output.blocks import (
    Big,
    Columns,
    Heading,
    Paper,
    Part,
    Rule,
    Sign,
    Small,
    Topic,
    Words,
)
from payforward.output.writer import write_papers

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from payforward.core.closing import AtTheCounter, ClosedDay, Counted, DayReport, Taken
    from payforward.core.report_answers import Liability, Owed
    from payforward.output.blocks import Block

_TENDERS: Final = {Tender.CASH: "Cash", Tender.CARD: "Card", Tender.OTHER: "Other ways"}
_PARTS: Final = (
    ("given_minor", "For gifts", 1),
    ("jars_minor", "For charities' jars", 1),
    ("refunded_minor", "Given back to givers", -1),
    ("handed_over_minor", "Given to partners", -1),
)


def closing_paper(
    shop_name: str, report: DayReport, liability: Liability, *, currency: str
) -> Paper:
    """Return the slip of a day, as wide as a roll; of one that is open it says so.

    Args:
        shop_name: Whose.
        report: The day.
        liability: What waited at its end.
        currency: The shop's.
    """
    return _Closing(currency).paper(shop_name, report, liability)


def write_closing(
    shop_name: str,
    report: DayReport,
    liability: Liability,
    path: Path,
    *,
    currency: str,
    options: PrinterOptions | None = None,
    may_replace: bool = False,
) -> Path:
    """Write the slip of a day, and return its file.

    Args:
        shop_name: Whose.
        report: The day.
        liability: What waited at its end.
        path: The file; its ending decides what is written.
        currency: The shop's.
        options: Of the printer that slips are for.
        may_replace: Whether what is there already may be written over.

    Raises:
        BadInput: as `writer.write_papers`.
    """
    options = options or PrinterOptions()
    (file,) = write_papers(
        [closing_paper(shop_name, report, liability, currency=currency)],
        path,
        paper_mm=options.paper_mm,
        code_page=options.code_page,
        native_qr=options.native_qr,
        may_replace=may_replace,
    )
    return file


class _Closing:
    """Tells a day in one currency."""

    def __init__(self, currency: str) -> None:
        self._currency = currency_of(currency)

    def paper(self, shop_name: str, report: DayReport, liability: Liability) -> Paper:
        closed = report.closed
        blocks: list[Block] = [
            Heading(shop_name),
            Big("Closing"),
            Words(day_text(report.day)),
        ]
        if closed is None:
            blocks.append(Words("This day is not closed."))
        elif closed.corrections:
            times = "" if closed.corrections == 1 else f" {closed.corrections} times"
            by = "" if closed.corrected_by is None else f", last by {closed.corrected_by}"
            blocks.append(Words(f"Corrected{times} since it was closed{by}."))
        blocks += [Rule(), *self._takings(report)]
        if closed is not None:
            blocks += self._said(closed)
        blocks += self._counters(report)
        blocks += [Rule(), *self._waiting(liability)]
        blocks += [Sign(_signer(closed)), Sign("Checked by"), Small(_head(report))]
        return Paper(f"Closing {report.day}", tuple(blocks))

    def _takings(self, report: DayReport) -> Iterator[Block]:
        told = [each for each in report.taken if _moved(each)]
        if not told:
            yield Words("No money came in for gifts, and none went out.")
            return
        for each in told:
            yield Topic(_TENDERS[each.tender])
            for name, words, sign in _PARTS:
                if minor := getattr(each, name):
                    yield Part(words, self._money(sign * minor))
            yield Columns("Should be there", self._money(each.net_minor))
        if len(told) > 1:
            yield Rule()
            yield Columns("All together", self._money(report.net_minor))

    def _said(self, closed: ClosedDay) -> Iterator[Block]:
        looked = [each for each in closed.counted if each.till_minor is not None]
        yield Rule()
        yield Topic("The till's own gift line")
        if not looked:
            yield Words("Nobody noted what it said.")
        for each in looked:
            assert each.till_minor is not None
            yield Columns(_TENDERS[each.tender], self._money(each.till_minor))
            yield Part(*self._difference(each))
        if closed.note:
            yield Words(f"Note: {closed.note}")

    def _difference(self, counted: Counted) -> tuple[str, str]:
        difference = counted.difference_minor
        if not difference:
            return "It agrees", ""
        return ("That is more by" if difference > 0 else "That is less by"), self._money(
            abs(difference)
        )

    def _counters(self, report: DayReport) -> Iterator[Block]:
        if not report.counters:
            return
        yield Rule()
        yield Topic("At the counter")
        for each in report.counters:
            yield Columns("No name" if each.cashier is None else each.cashier, "")
            yield from (Part(words, str(count)) for words, count in _acts(each) if count)

    def _waiting(self, liability: Liability) -> Iterator[Block]:
        yield Topic("Waiting at the end of the day")
        if not liability.pools:
            yield Words("No gift was waiting.")
        else:
            for name, units, minor in _by_item(liability.pools):
                yield Columns(f"{units} {name}".strip(), self._money(minor))
            yield Columns("Owed to whoever asks", self._money(liability.amount_minor))
        for each in liability.held_for_others:
            held = self._money(each.held.amount_minor)
            yield Columns(f"Held for others: {each.program.name}", held)

    def _money(self, minor: int) -> str:
        return Money(minor, self._currency).format()


def _moved(taken: Taken) -> bool:
    return any(getattr(taken, name) for name, *_ in _PARTS)


def _acts(each: AtTheCounter) -> Iterator[tuple[str, int]]:
    yield "Gifts taken", each.gifts
    yield "Served", each.served
    yield "of these, by slips", each.served_from_slips
    yield "Taken back", each.taken_back
    yield "Refunds", each.refunds


def _by_item(pools: tuple[Owed, ...]) -> Iterator[tuple[str, str, int]]:
    """Yield each item's name, how many of it, and their money, of all programs together."""
    found: dict[int, list[Owed]] = {}
    for each in pools:
        found.setdefault(each.item.id, []).append(each)
    for of_item in found.values():
        item = of_item[0].item
        units = sum(each.held.units for each in of_item)
        count = "" if item.kind is ItemKind.MONEY else str(units)
        yield item.name, count, sum(each.held.amount_minor for each in of_item)


def _signer(closed: ClosedDay | None) -> str:
    return (
        "Closed by" if closed is None or closed.cashier is None else f"Closed by {closed.cashier}"
    )


def _head(report: DayReport) -> str:
    closed = report.closed
    if closed is None:
        return f"The ledger's head {report.head}"
    return f"Entry {closed.number}, the ledger's head {closed.head}"
