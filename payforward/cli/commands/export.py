"""``payforward export``: the ledger for an accountant, as bookkeeping programs read it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from payforward.cli import typed
from payforward.cli.lazy import Command
from payforward.cli.output import emit_pieces
from payforward.cli.session import Session, pass_session
from payforward.core.errors import BadInput
from payforward.core.people import Guarded
from payforward.core.text import shown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from payforward.core.export_answers import Export

FORMS = ("csv", "json", "beancount", "hledger", "xero", "quickbooks")
CONTINUED = ("beancount", "hledger")


@click.command("export", cls=Command)
@click.argument("form", metavar="|".join(FORMS), type=click.Choice(FORMS, case_sensitive=False))
@click.option("--from", "first", metavar="DAY", help="Leave out what was before DAY.")
@click.option("--to", "last", metavar="DAY", help="Leave out what was after DAY.")
@click.option("-o", "--output", metavar="FILE", help="Write it to FILE, which must be new.")
@click.option(
    "--continues",
    is_flag=True,
    help="The books have all that was before --from: open nothing a second time.",
)
@pass_session
def command(
    session: Session,
    form: str,
    first: str | None,
    last: str | None,
    output: str | None,
    *,
    continues: bool,
) -> None:
    """Write the ledger for an accountant.

    csv and json have every entry; beancount and hledger are whole journals; xero and quickbooks
    have a journal a day. Nothing that a giver wrote is in any of them.
    """
    from payforward.output.exports.writing import (  # noqa: PLC0415 - only who exports pays
        check_new,
        export_bytes,
        write_new,
    )

    target = None if output is None else Path(output)
    with session.open() as ledger:
        days = typed.days_of(first, last, ledger.reporting_day())
        _check(session, form, first, output, continues=continues)
        if target is not None:
            check_new(target)
        session.guard(ledger, Guarded.EXPORTS)
        export = ledger.export_entries(*days)
        pieces = export_bytes(export, form, continues=continues)
        if target is None:
            emit_pieces(pieces)
            return
        write_new(target, pieces)
    session.answer(_document(form, export, target), lambda: _lines(export, target))


def _check(
    session: Session, form: str, first: str | None, output: str | None, *, continues: bool
) -> None:
    """Refuse what cannot be meant together.

    Raises:
        BadInput: it is that.
    """
    if continues and (first is None or form not in CONTINUED):
        raise BadInput(
            "--continues is for beancount and hledger, and for days from --from on: say both, or "
            "leave it out.",
            reason="wrong-usage",
        )
    if session.as_json and output is None and form != "json":
        raise BadInput(
            f"With --json say where the {form} goes, with -o FILE; or export json.",
            reason="wrong-usage",
        )
    if output is not None and not output.strip():
        raise BadInput("-o names no file: give the path of one.", reason="bad-file")


def _document(form: str, export: Export, target: Path) -> dict[str, object]:
    return {
        "file": str(target),
        "format": form,
        "from": None if export.first is None else export.first.isoformat(),
        "to": None if export.last is None else export.last.isoformat(),
        "entries": export.count,
    }


def _lines(export: Export, target: Path) -> Iterator[str]:
    entries = "1 entry" if export.count == 1 else f"{export.count} entries"
    yield f"{entries} written to {shown(str(target))}."
