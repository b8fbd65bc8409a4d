"""Papers as files, by their ending: .pdf .png .svg .txt .escpos."""

from __future__ import annotations

import os
import secrets
from typing import TYPE_CHECKING, Final

from payforward.core.errors import BadInput
from payforward.core.text import shown

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from payforward.output.blocks import Paper
    from payforward.output.escpos import PaperMm

    Progress = Callable[[int, int], None]

ENDINGS: Final = (".pdf", ".png", ".svg", ".txt", ".escpos")
_ONE_EACH: Final = (".png", ".svg")
OWNER_ONLY: Final = 0o600
"""Who holds a live code holds what it buys."""


def check_target(
    path: Path, *, layout: str | None = None, endings: Sequence[str] = ENDINGS
) -> None:
    """Refuse a file that could not be written, before a gift is given; nothing is changed.

    A file that is there already is `check_unused`'s question.

    Args:
        path: Where papers are to be written.
        layout: The sheet of labels, if there is to be one.
        endings: Those that can be written, in small letters.

    Raises:
        BadInput: the ending is unknown, the folder is missing or must not be written to, or the
            layout is unknown or not for such a file.
    """
    if path.suffix.lower() not in endings:
        raise _bad(
            f"{_name(path)} has no ending that can be written: use "
            f"{', '.join(endings[:-1])} or {endings[-1]}."
        )
    if layout is not None:
        from payforward.output.pdf import check_layout  # noqa: PLC0415 - others do without

        check_layout(layout)
        if path.suffix.lower() != ".pdf":
            raise _bad(f"Sheets of labels are PDF: end {_name(path)} in .pdf.")
    check_place(path)


def check_place(path: Path) -> None:
    """Refuse a file that could not be written, whatever its ending; nothing is changed.

    Raises:
        BadInput: the folder is missing or must not be written to, or a folder has that name.
    """
    try:
        in_the_way = _is_there(path) and not path.is_file()
    except (OSError, ValueError):
        raise _bad(f"{_name(path)} is no name for a file: choose another.") from None
    if not path.parent.is_dir():
        raise _bad(f"There is no folder {_name(path.parent)}: make it first, or choose another.")
    if not os.access(path.parent, os.W_OK | os.X_OK):
        raise _bad(f"The folder {_name(path.parent)} must not be written to: choose another.")
    if in_the_way:
        raise _bad(f"{_name(path)} is there already and is no file: choose another name.")


def check_unused(path: Path, count: int = 1) -> None:
    """Refuse to write over what is there already: it may be the only bearer of good codes.

    An empty file is nothing.

    Args:
        path: Where papers are to be written.
        count: How many, since several pictures are files of their own.

    Raises:
        BadInput: something is there.
    """
    targets = _numbered(path, count) if path.suffix.lower() in _ONE_EACH else (path,)
    for target in targets:
        if _is_there(target) and (not target.is_file() or target.stat().st_size):
            raise _bad(f"{_name(target)} is there already, and is not empty: name another file.")


def write_papers(
    papers: Sequence[Paper],
    path: Path,
    *,
    paper_mm: PaperMm = 80,
    layout: str | None = None,
    code_page: str = "CP437",
    native_qr: bool = False,
    may_replace: bool = True,
    progress: Progress | None = None,
) -> tuple[Path, ...]:
    """Write papers and return the files, each for its owner's eyes only, all of them or none.

    Args:
        papers: At least one.
        path: The file; several papers as .png or .svg are numbered files beside it.
        paper_mm: The width of the roll: 58 or 80.
        layout: A sheet of labels for a .pdf, one of `pdf.LAYOUTS`: ``a4-3x8``, ``letter-2x5``.
        code_page: For .escpos, see `escpos.escpos_bytes`.
        native_qr: For .escpos.
        may_replace: Whether what is there already may be written over; see `check_unused`.
        progress: Called with how many papers are done and of how many; what it raises cancels,
            and nothing is written.

    Raises:
        BadInput: as `check_target`; or the disk would not take it.
    """
    check_target(path, layout=layout)
    if not may_replace:
        check_unused(path, len(papers))
    ending = path.suffix.lower()
    if ending == ".pdf":
        made = [_pdf(papers, paper_mm, layout, progress)]
    else:
        made = []
        for done, paper in enumerate(papers):
            if progress:
                progress(done, len(papers))
            made.append(_content(paper, ending, paper_mm, code_page, native_qr=native_qr))
        if progress:
            progress(len(papers), len(papers))
    if ending in _ONE_EACH:
        targets = tuple(_numbered(path, len(papers)))
    else:
        targets, made = (path,), [(b"\n\n" if ending == ".txt" else b"").join(made)]
    _write(list(zip(targets, made, strict=True)))
    return targets


def write_bytes(data: bytes, path: Path, *, may_replace: bool) -> Path:
    """Write a whole file for its owner's eyes only, or nothing, and return it.

    Args:
        data: What is to be in it.
        path: A file that `check_target` let through.
        may_replace: Whether what is there already may be written over; see `check_unused`.

    Raises:
        BadInput: something is there; or the disk would not take it.
    """
    if not may_replace:
        check_unused(path)
    _write([(path, data)])
    return path


def _pdf(
    papers: Sequence[Paper], paper_mm: int, layout: str | None, progress: Progress | None
) -> bytes:
    """Return papers as one PDF."""
    from payforward.output.pdf import sheets_pdf, ticket_pdf  # noqa: PLC0415

    if layout is not None:
        return sheets_pdf(papers, layout, progress=progress)
    return ticket_pdf(papers, paper_mm=paper_mm, progress=progress)


def _content(
    paper: Paper, ending: str, paper_mm: PaperMm, code_page: str, *, native_qr: bool
) -> bytes:
    """Return one paper as a file of an ending other than .pdf."""
    if ending == ".escpos":
        from payforward.output.escpos import escpos_bytes  # noqa: PLC0415

        return escpos_bytes(paper, paper_mm=paper_mm, native_qr=native_qr, code_page=code_page)
    if ending == ".txt":
        from payforward.output.plain import plain_text  # noqa: PLC0415

        return plain_text(paper).encode()
    from payforward.output.image import png_bytes, svg_bytes  # noqa: PLC0415

    draw = png_bytes if ending == ".png" else svg_bytes
    return draw(paper, paper_mm=paper_mm)


def _numbered(path: Path, count: int) -> Iterator[Path]:
    """Return the names of several files: ``slip-01.png`` to ``slip-12.png``; one keeps its own."""
    if count == 1:
        yield path
        return
    for number in range(1, count + 1):
        yield path.with_name(f"{path.stem}-{number:0{len(str(count))}d}{path.suffix}")


def _write(made: Sequence[tuple[Path, bytes]]) -> None:
    """Write all files beside their places, then put them there."""
    drafts: list[tuple[Path, Path]] = []
    try:
        for target, data in made:
            draft = target.with_name(f".payforward-{secrets.token_hex(8)}")
            drafts.append((draft, target))
            _write_draft(draft, data)
        for draft, target in drafts:
            draft.replace(target)
    except OSError as error:
        why = error.strerror or "the disk would not take it"
        raise _bad(f"{_name(made[0][0])} was not written ({why}): choose another place.") from error
    finally:
        for draft, _ in drafts:
            draft.unlink(missing_ok=True)


def _write_draft(draft: Path, data: bytes) -> None:
    """Write a new file that nobody else may read, down to the disk."""
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWNER_ONLY)
    with os.fdopen(descriptor, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _is_there(path: Path) -> bool:
    """Tell whether anything has that name.

    Raises:
        OSError: it is too long, or its folder may not be looked into.
        ValueError: it has a NUL.
    """
    try:
        path.lstat()
    except (FileNotFoundError, NotADirectoryError):
        return False
    return True


def _name(path: Path) -> str:
    """Return a path for a sentence."""
    return shown(str(path)) or "."


def _bad(sentence: str) -> BadInput:
    """Return a refusal."""
    return BadInput(sentence, reason="bad-file")
