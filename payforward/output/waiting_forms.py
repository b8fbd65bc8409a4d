"""The page of what waits, as text for a mail, as A4 for a window, as a slip."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from payforward.core.printers import PrinterOptions
from payforward.core.text import cell_width, shown
from payforward.output.blocks import Big, Columns, Heading, Paper, Rule, Small, Topic, Words
from payforward.output.lines import wrap
from payforward.output.waiting_page import TITLE
from payforward.output.writer import check_target, write_bytes, write_papers

if TYPE_CHECKING:
    from pathlib import Path

    from payforward.output.blocks import Block
    from payforward.output.waiting_page import Section, WaitingPage

COLUMNS: Final = 72
"""What a mail shows without a break of its own."""
_COUNT: Final = 5
"""The room of a count before its item."""


def waiting_text(page: WaitingPage, columns: int = COLUMNS) -> str:
    """Return the page as plain text in lines of at most so many cells."""
    lines = [*_wrapped(page.shop, columns), f"{TITLE}, {page.day}"]
    if page.intro:
        lines += ["", *_wrapped(page.intro, columns)]
    for section in page.sections:
        lines += ["", "", *_section_lines(section, columns)]
    if page.head:
        lines += ["", "", page.head]
    return "\n".join(lines) + "\n"


def waiting_paper(page: WaitingPage) -> Paper:
    """Return the page as a slip as wide as a roll."""
    blocks: list[Block] = [Heading(page.shop), Big(TITLE), Words(page.day)]
    if page.intro:
        blocks.append(Words(page.intro))
    for section in page.sections:
        blocks += [Rule(), Topic(section.title)]
        if section.hints:
            blocks.append(Small(", ".join(section.hints)))
        blocks += [Columns(name, count) for count, name in section.rows]
        blocks += [Words(words) for words in section.words]
    blocks.append(Rule())
    if page.head:
        blocks.append(Small(page.head))
    return Paper(TITLE, tuple(blocks))


def waiting_pdf(page: WaitingPage) -> bytes:
    """Return the page as a PDF of A4, on as many pages as it needs."""
    from payforward.output.typeset import typeset  # noqa: PLC0415 - a large library

    data = {
        "shop": shown(page.shop),
        "title": TITLE,
        "day": page.day,
        "intro": page.intro,
        "sections": [
            {
                "title": shown(section.title),
                "hints": shown(", ".join(section.hints)),
                "rows": [[count, shown(name)] for count, name in section.rows],
                "words": [shown(words) for words in section.words],
            }
            for section in page.sections
        ],
        "head": page.head,
    }
    return typeset("waiting", data, waiting_paper(page).words(), output="pdf")[0]


def write_waiting_page(
    page: WaitingPage,
    path: Path,
    *,
    options: PrinterOptions | None = None,
    may_replace: bool = False,
) -> Path:
    """Write the page and return its file: .txt is a mail, .pdf is A4, others are the slip.

    Args:
        page: What it says.
        path: The file.
        options: Of the printer that slips are for.
        may_replace: Whether what is there already may be written over.

    Raises:
        BadInput: as `writer.write_papers`.
    """
    check_target(path)
    match path.suffix.lower():
        case ".txt":
            return write_bytes(waiting_text(page).encode(), path, may_replace=may_replace)
        case ".pdf":
            return write_bytes(waiting_pdf(page), path, may_replace=may_replace)
    options = options or PrinterOptions()
    (file,) = write_papers(
        [waiting_paper(page)],
        path,
        paper_mm=options.paper_mm,
        code_page=options.code_page,
        native_qr=options.native_qr,
        may_replace=may_replace,
    )
    return file


def _section_lines(section: Section, columns: int) -> list[str]:
    title = _wrapped(section.title, columns)
    lines = [*title, "-" * min(columns, max(map(cell_width, title), default=0))]
    if section.hints:
        lines += _wrapped(", ".join(section.hints), columns)
    for count, name in section.rows:
        first, *rest = wrap(shown(name), columns - _COUNT - 2) or [""]
        lines.append(f"{count:>{_COUNT}}  {first}".rstrip())
        lines += [f"{'':{_COUNT}}  {line}" for line in rest]
    for words in section.words:
        lines += _wrapped(words, columns)
    return lines


def _wrapped(text: str, columns: int) -> list[str]:
    return wrap(shown(text), columns)
