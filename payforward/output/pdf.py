"""Papers as PDF: tickets as wide as a roll, and sheets of labels."""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields
from typing import TYPE_CHECKING, Final

from payforward.core.errors import BadInput
from payforward.core.text import cell_width
from payforward.output.blocks import Big, Heading, Letters, Paper, Quote, Small, Square, Words
from payforward.output.qr import svg
from payforward.output.typeset import typeset

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from payforward.output.blocks import Block

    Progress = Callable[[int, int], None]

MOST_LABELS: Final = 1_000
"""The most slips on one set of sheets."""

# What surely fits on the smallest label, in cells: a heading, an item, a quotation, a name.
_SHORT: Final = (14, 16, 60, 24)
_SHORT_LINE: Final = 36
_LONG_WORD: Final = 12


@dataclass(frozen=True, slots=True)
class Layout:
    """A sheet of labels, in millimetres; ``left`` and ``top`` are the first label's corner."""

    page_width_mm: float
    page_height_mm: float
    columns: int
    rows: int
    width_mm: float
    height_mm: float
    left_mm: float = 0
    top_mm: float = 0
    gap_mm: float = 0

    @property
    def count(self) -> int:
        """How many labels are on a sheet."""
        return self.columns * self.rows


LAYOUTS: Final = {
    "a4-3x8": Layout(210, 297, 3, 8, 70, 37, top_mm=0.5),
    "a4-2x5": Layout(210, 297, 2, 5, 105, 57, top_mm=6),
    "letter-3x8": Layout(215.9, 279.4, 3, 8, 70, 34.5, left_mm=2.95, top_mm=1.7),
    "letter-2x5": Layout(215.9, 279.4, 2, 5, 101.6, 50.8, left_mm=3.96, top_mm=12.7, gap_mm=4.78),
}
"""Sheets by name. A4 3x8 is 70 x 37 mm, A4 2x5 105 x 57 mm, Letter 2x5 4 x 2 inches."""


def check_layout(name: str) -> Layout:
    """Return the sheet of a name.

    Raises:
        BadInput: there is none of that name.
    """
    try:
        return LAYOUTS[name.casefold()]
    except KeyError:
        raise BadInput(
            f"There is no sheet of labels of that name: use one of {', '.join(LAYOUTS)}.",
            reason="bad-layout",
        ) from None


def ticket_pdf(
    papers: Sequence[Paper], *, paper_mm: int = 80, progress: Progress | None = None
) -> bytes:
    """Return a PDF with each paper on a page as wide as the roll and as long as it needs.

    Args:
        papers: At least one.
        paper_mm: The width of the roll.
        progress: Called with how many papers are done, and of how many; what it raises cancels.
    """
    data = ticket_data(papers, paper_mm, progress)
    return _last(typeset("ticket", data, _words(papers), output="pdf")[0], papers, progress)


def sheets_pdf(papers: Sequence[Paper], layout: str, *, progress: Progress | None = None) -> bytes:
    """Return a PDF with slips on sheets of labels.

    Args:
        papers: At most `MOST_LABELS` vouchers.
        layout: A name in `LAYOUTS`.
        progress: Called with how many slips are done, and of how many; what it raises cancels.

    Raises:
        BadInput: there is no such layout, or there are too many slips.
    """
    sheet = check_layout(layout)
    if len(papers) > MOST_LABELS:
        raise BadInput(
            f"{len(papers)} slips are too many for one set of sheets: "
            f"take {MOST_LABELS} at a time.",
            reason="too-many-slips",
        )
    labels = [_label(paper) for paper in _counted(papers, progress)]
    data = {"title": papers[0].title, "layout": asdict(sheet), "labels": labels}
    made = typeset("sheet", data, _words(papers), output="pdf", tags=False)[0]
    return _last(made, papers, progress)


def ticket_data(
    papers: Sequence[Paper], paper_mm: int, progress: Progress | None = None
) -> dict[str, object]:
    """Return what the form of a ticket reads."""
    return {
        "title": papers[0].title,
        "paper_mm": paper_mm,
        "papers": [
            {"blocks": [_block_data(block) for block in paper.blocks]}
            for paper in _counted(papers, progress)
        ],
    }


def _counted(papers: Sequence[Paper], progress: Progress | None) -> Iterator[Paper]:
    """Yield papers, telling how many are done."""
    for done, paper in enumerate(papers):
        if progress:
            progress(done, len(papers))
        yield paper


def _last(made: bytes, papers: Sequence[Paper], progress: Progress | None) -> bytes:
    """Tell that all papers are done, and return them."""
    if progress:
        progress(len(papers), len(papers))
    return made


def _block_data(block: Block) -> dict[str, object]:
    """Return a block as its form reads it."""
    data: dict[str, object] = {"kind": type(block).__name__.lower()}
    data |= {each.name: getattr(block, each.name) for each in fields(block)}
    if isinstance(block, Square):
        data["svg"] = svg(block.payload)
    return data


def _label(paper: Paper) -> dict[str, object]:
    """Return a slip as the form of a sheet reads it."""
    label = dict.fromkeys(("heading", "big", "quote", "by", "letters"), "")
    words: list[str] = []
    small: list[str] = []
    for block in paper.blocks:
        match block:
            case Heading(text):
                label["heading"] = text
            case Big(text):
                label["big"] = text
            case Quote(text, by):
                label |= {"quote": text, "by": by}
            case Letters(lines):
                label["letters"] = lines[0]
            case Square(payload):
                label["svg"] = svg(payload)
            case Words(text):
                words.append(text)
            case Small(text):
                small.append(text)
    texts = (label["heading"], label["big"], label["quote"], label["by"], *words)
    long = any(
        cell_width(text) > cells or max(map(len, text.split(" "))) > _LONG_WORD
        for text, cells in zip(texts, (*_SHORT, *[_SHORT_LINE] * len(words)), strict=True)
    )
    return label | {"words": words, "small": small, "long": long}


def _words(papers: Iterable[Paper]) -> str:
    """Return all the text of some papers."""
    return "\n".join(paper.words() for paper in papers)
