"""A month's statement as one page of A4 for the wall, as a slip, as plain text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from payforward.core.days import day_text, month_text
from payforward.core.money_styles import NO_BREAK
from payforward.core.printers import PrinterOptions
from payforward.core.text import shown
from payforward.output.blocks import Big, Columns, Heading, Paper, Part, Rule, Small, Topic, Words
from payforward.output.papers import unbroken
from payforward.output.statement import Statement, statement_of
from payforward.output.statement_words import (
    APART,
    PROMISE,
    QUESTION,
    answer,
    apart_sections,
    check_words,
    sum_lines,
    wait_words,
    waiting_rows,
    waits_title,
    when_words,
)
from payforward.output.writer import check_target, write_bytes, write_papers

if TYPE_CHECKING:
    from pathlib import Path

    from payforward.output.blocks import Block

__all__ = [
    "Statement",
    "statement_of",
    "statement_paper",
    "statement_pdf",
    "write_statement",
]


def statement_paper(statement: Statement) -> Paper:
    """Return it as a slip as wide as a roll."""
    blocks: list[Block] = [
        Heading(statement.shop),
        Big(statement.title),
        *_until(statement),
        Words(QUESTION),
        Words(answer(statement)),
        Rule(),
    ]
    for line in sum_lines(statement):
        if line.sign == "=":
            blocks.append(Rule())
        blocks.append(Columns(line.words, f"{line.sign} {line.amount}".strip()))
        if line.detail:
            blocks.append(Part(line.detail, ""))
    blocks += [Rule(), Words(PROMISE)]
    if statement.waiting:
        blocks.append(Topic(waits_title(statement)))
        blocks += [
            Columns(f"{count} {name}".strip(), much)
            for count, name, much in waiting_rows(statement)
        ]
    if statement.known_months:
        blocks += [Topic("Month by month"), Small("given, and enjoyed")]
    for each in statement.known_months:
        given, enjoyed = each.given.amount_minor, each.redeemed.amount_minor
        blocks.append(Columns(month_text(each.month), statement.money(given)))
        blocks.append(Part("enjoyed", statement.money(enjoyed)))
    waited = wait_words(statement)
    blocks += [Words(waited)] if waited else []
    sections = apart_sections(statement)
    if sections:
        blocks += [Rule(), Small(APART)]
    for section in sections:
        blocks.append(Topic(section.title))
        for name, parts in section.rows:
            blocks.append(Columns(name, ""))
            blocks += [Part(words, much) for much, words in parts]
        blocks += [Words(words) for words in section.words]
    head, before, command, after = check_words(statement)
    blocks += [Rule(), Topic(head), Small(before), Words(command), Small(after)]
    return Paper(f"Statement {statement.title}", tuple(blocks))


def statement_pdf(statement: Statement) -> bytes:
    """Return it as a PDF of one page of A4."""
    from payforward.output.typeset import typeset  # noqa: PLC0415 - a large library

    data = _data(statement)
    return typeset("statement", data, statement_paper(statement).words(), output="pdf")[0]


def write_statement(
    statement: Statement,
    path: Path,
    *,
    options: PrinterOptions | None = None,
    may_replace: bool = False,
) -> Path:
    """Write it and return its file: .pdf is a page of A4, others are the slip.

    Args:
        statement: What it says.
        path: The file.
        options: Of the printer that slips are for.
        may_replace: Whether what is there already may be written over.

    Raises:
        BadInput: as `writer.write_papers`.
    """
    if path.suffix.lower() == ".pdf":
        check_target(path)
        return write_bytes(statement_pdf(statement), path, may_replace=may_replace)
    options = options or PrinterOptions()
    (file,) = write_papers(
        [statement_paper(statement)],
        path,
        paper_mm=options.paper_mm,
        code_page=options.code_page,
        native_qr=options.native_qr,
        may_replace=may_replace,
    )
    return file


_HEADS: Final = ("given", "enjoyed", "waiting at the end")


def _until(statement: Statement) -> list[Block]:
    return [] if statement.until is None else [Words(f"up to {day_text(statement.until)}")]


def _data(statement: Statement) -> dict[str, object]:
    """Return what the form reads; all words are safe."""
    return {
        "shop": shown(statement.shop),
        "title": statement.title,
        "when": when_words(statement),
        "question": QUESTION,
        "answer": unbroken(answer(statement)),
        "promise": PROMISE,
        "sum": [
            {
                "sign": line.sign,
                "words": line.words,
                "detail": line.detail,
                "amount": line.amount,
            }
            for line in sum_lines(statement)
        ],
        "waits": waits_title(statement),
        "nothing": "Nothing.",
        "waiting": [[count, shown(name), much] for count, name, much in waiting_rows(statement)],
        "heads": _HEADS,
        "months": _bars(statement),
        "apart_head": APART,
        "apart": [
            {
                "title": section.title,
                "rows": [
                    [shown(name), ", ".join(_together(*part) for part in parts)]
                    for name, parts in section.rows
                ],
                "words": [unbroken(words) for words in section.words],
            }
            for section in apart_sections(statement)
        ],
        "waited": wait_words(statement),
        "check": check_words(statement),
    }


def _together(much: str, words: str) -> str:
    """Return an amount and what became of it in one line."""
    return unbroken(f"{much} {words}").replace(" ", NO_BREAK)


def _bars(statement: Statement) -> list[dict[str, object]]:
    """Return the months as bars: parts of the longest, and their numbers."""
    known = statement.known_months
    amounts = [n for each in known for n in (each.given.amount_minor, each.redeemed.amount_minor)]
    # What was taken back may be more than what was done: such a bar has no length.
    most = max(*amounts, 1) if amounts else 1
    return [
        {
            "name": month_text(each.month),
            "given_part": max(0, each.given.amount_minor) / most,
            "enjoyed_part": max(0, each.redeemed.amount_minor) / most,
            "given": statement.money(each.given.amount_minor),
            "enjoyed": statement.money(each.redeemed.amount_minor),
            "closing": statement.money(each.closing.amount_minor),
        }
        for each in known
    ]
