"""Papers that two people sign: the same words as a slip of a roll and as a page of A4."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from payforward.core.text import shown
from payforward.output.blocks import (
    Big,
    Columns,
    Heading,
    Paper,
    Part,
    Rule,
    Sign,
    Small,
    Words,
)

if TYPE_CHECKING:
    from payforward.output.blocks import Block


@dataclass(frozen=True, slots=True, kw_only=True)
class Signed:
    """What such a paper says.

    Args:
        shop: Whose it is.
        title: What it is: ``Manifest 4711``.
        facts: What is known of it: who receives it, of which program, on which day.
        notice: What changed since, in one sentence, or None.
        heads: What the two columns of the rows are.
        rows: What is handed over and how much of it, each with the parts it is made of.
        numbers: Numbers of slips, where they are what is handed over.
        numbers_head: What those are.
        totals: What it comes to.
        foot: Small print: the ledger's head.
    """

    shop: str
    title: str
    facts: tuple[tuple[str, str], ...]
    notice: str | None = None
    heads: tuple[str, str] = ("What", "Count")
    rows: tuple[tuple[str, str, tuple[tuple[str, str], ...]], ...] = ()
    numbers: tuple[str, ...] = ()
    numbers_head: str = ""
    totals: tuple[tuple[str, str], ...] = ()
    foot: str = ""


def signed_paper(page: Signed) -> Paper:
    """Return it as a slip as wide as a roll."""
    blocks: list[Block] = [Heading(page.shop), Big(page.title)]
    blocks += [Columns(*fact) for fact in page.facts]
    blocks.append(Rule())
    if page.notice:
        blocks += [Words(page.notice), Rule()]
    for left, right, parts in page.rows:
        blocks.append(Columns(left, right))
        blocks += [Part(*part) for part in parts]
    if page.numbers:
        blocks += [Small(page.numbers_head), Words(", ".join(page.numbers))]
    if page.rows or page.numbers:
        blocks.append(Rule())
    blocks += [Columns(*total) for total in page.totals]
    blocks += [Sign("Handed over by"), Sign("Received by"), Sign("Date")]
    if page.foot:
        blocks.append(Small(page.foot))
    return Paper(page.title, tuple(blocks))


def signed_pdf(page: Signed) -> bytes:
    """Return it as a PDF of A4, on as many pages as it needs."""
    from payforward.output.typeset import typeset  # noqa: PLC0415 - a large library

    data = {
        "shop": shown(page.shop),
        "title": shown(page.title),
        "facts": [[shown(text) for text in fact] for fact in page.facts],
        "notice": shown(page.notice or ""),
        "heads": list(page.heads),
        "rows": [
            {"left": shown(left), "right": right, "parts": [[shown(a), b] for a, b in parts]}
            for left, right, parts in page.rows
        ],
        "numbers": list(page.numbers),
        "numbers_head": page.numbers_head,
        "totals": [list(total) for total in page.totals],
        "foot": page.foot,
    }
    words = f"{signed_paper(page).words()}\n{' '.join(page.heads)}"
    return typeset("signed", data, words, output="pdf")[0]
