"""Manifests and lists of slips as files: A4 to be filed, a table, a slip, plain text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from payforward.core.printers import PrinterOptions
from payforward.output.csv_cells import csv_bytes
from payforward.output.partner_papers import batch, manifest, money_along, sorts
from payforward.output.signed import signed_paper, signed_pdf
from payforward.output.writer import ENDINGS, check_target, write_bytes, write_papers

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from payforward.core.program_answers import HandedOver
    from payforward.core.slip_answers import Slip
    from payforward.output.signed import Signed

MANIFEST_ENDINGS: Final = (*ENDINGS, ".csv")
COLUMNS: Final = ("manifest", "day", "program", "partner", "item kind", "description", "count")


def check_manifest_target(path: Path) -> None:
    """Refuse a file that no manifest could be written to, before anything is handed over.

    Raises:
        BadInput: see `writer.check_target`.
    """
    check_target(path, endings=MANIFEST_ENDINGS)


def write_manifest(
    shop_name: str,
    handed_over: HandedOver,
    path: Path,
    *,
    currency: str,
    options: PrinterOptions | None = None,
    may_replace: bool = False,
) -> Path:
    """Write a manifest and return its file: .pdf is a page of A4, .csv a table, others the slip.

    Args:
        shop_name: Whose.
        handed_over: What left the shop.
        path: The file.
        currency: The shop's.
        options: Of the printer that slips are for.
        may_replace: Whether what is there already may be written over.

    Raises:
        BadInput: as `writer.write_papers`.
    """
    check_manifest_target(path)
    if path.suffix.lower() == ".csv":
        return write_bytes(
            manifest_csv(handed_over, currency=currency), path, may_replace=may_replace
        )
    page = manifest(shop_name, handed_over, currency=currency)
    return _write(page, path, options, may_replace=may_replace)


def manifest_csv(handed_over: HandedOver, *, currency: str) -> bytes:
    """Return a manifest as a table: one row an item, and one for money where some goes along.

    See `csv_cells.csv_bytes` for its form. The day is ISO 8601; goods have no value, so money is
    a row of its own, told in words, and has no count.

    Args:
        handed_over: What left the shop.
        currency: The shop's.
    """
    of_all = (
        handed_over.number,
        handed_over.day.isoformat(),
        handed_over.program_names,
        handed_over.partner,
    )
    things = [
        (*of_all, each.kind, size, units)
        for each in sorts(handed_over.lines)
        for size, units in each.sizes
    ]
    money = money_along(handed_over, currency)
    return csv_bytes(COLUMNS, [*things, (*of_all, "Money", money, "")] if money else things)


def list_path(slips_file: Path) -> Path:
    """Return where the list of a batch goes: beside its slips, to be kept when those are gone.

    >>> from pathlib import Path
    >>> list_path(Path("slips.PDF")).name
    'slips-list.PDF'
    """
    return slips_file.with_name(f"{slips_file.stem}-list{slips_file.suffix}")


def write_batch_list(
    shop_name: str,
    slips: Sequence[Slip],
    path: Path,
    *,
    currency: str,
    options: PrinterOptions | None = None,
    may_replace: bool = False,
) -> Path:
    """Write the list of a batch and return its file: .pdf is a page of A4, others the slip.

    Args:
        shop_name: Whose.
        slips: At least one; no code is needed, and none is written.
        path: The file.
        currency: The shop's.
        options: Of the printer that slips are for.
        may_replace: Whether what is there already may be written over.

    Raises:
        BadInput: as `writer.write_papers`.
    """
    page = batch(shop_name, slips, currency=currency)
    return _write(page, path, options, may_replace=may_replace)


def _write(page: Signed, path: Path, options: PrinterOptions | None, *, may_replace: bool) -> Path:
    if path.suffix.lower() == ".pdf":
        check_target(path)
        return write_bytes(signed_pdf(page), path, may_replace=may_replace)
    options = options or PrinterOptions()
    (file,) = write_papers(
        [signed_paper(page)],
        path,
        paper_mm=options.paper_mm,
        code_page=options.code_page,
        native_qr=options.native_qr,
        may_replace=may_replace,
    )
    return file
