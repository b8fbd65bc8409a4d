"""Where slips go: to a file, to the printer, or only to the answer."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from payforward.cli.meant import slips_before
from payforward.core.errors import BadInput

if TYPE_CHECKING:
    from db.ledger import Ledger

SHEETS: Final = ("a4-3x8", "a4-2x5", "letter-3x8", "letter-2x5")

slip_option = click.option(
    "--slip",
    "slip_file",
    metavar="FILE",
    help="Write the slip to FILE: .pdf .png .svg .txt or .escpos, by its ending.",
)
print_option = click.option(
    "--print", "is_printed", is_flag=True, help="Print the slip at this till's printer."
)
sheet_option = click.option(
    "--sheet",
    type=click.Choice(SHEETS, case_sensitive=False),
    help="Put the slips of a .pdf on sheets of labels, so many across and down.",
)


@dataclass(frozen=True, slots=True)
class Target:
    """Where slips go: to a file, perhaps as a sheet of labels; or without one to the printer."""

    path: Path | None
    sheet: str | None = None


def target_of(
    file: str | None, sheet: str | None = None, *, is_printed: bool = False, count: int = 1
) -> Target | None:
    """Return where slips go, None where they are only shown.

    Call it before anything is given: what cannot be written is refused while nothing has changed.

    Raises:
        BadInput: the ending is unknown, the folder is missing or must not be written to, or a
            sheet of labels was asked for where there is none.
    """
    if file is None:
        if sheet is not None:
            raise BadInput("Say where the sheets go: add --slip FILE.pdf.", reason="wrong-usage")
        return Target(None) if is_printed else None
    if is_printed:
        raise BadInput("Say --slip FILE or --print, not both.", reason="wrong-usage")
    from payforward.output.pdf import MOST_LABELS  # noqa: PLC0415 - only files pay for it
    from payforward.output.writer import check_target  # noqa: PLC0415

    path = Path(file)
    check_target(path, layout=sheet)
    if sheet is not None and count > MOST_LABELS:
        raise BadInput(
            f"{count} slips are too many for one set of sheets: take {MOST_LABELS} at a time.",
            reason="too-many-slips",
        )
    return Target(path, sheet)


def refuse_used_file(
    ledger: Ledger, target: Target | None, count: int = 1, *, action: str | None = None
) -> None:
    """Refuse to write over a file that may hold other slips; call it before anything is given.

    Args:
        ledger: Where slips are given.
        target: Where they go.
        count: How many.
        action: What ``--id`` said: of a retry nothing is written any more.

    Raises:
        BadInput: something is in the file; or the id is no UUID.
    """
    if target is None or target.path is None or slips_before(ledger, action):
        return
    from payforward.output.writer import check_unused  # noqa: PLC0415

    check_unused(target.path, count)
