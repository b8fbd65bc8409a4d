"""A month's statement as a script reads it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from payforward.cli.month_words import month_moved_document
from payforward.cli.moved_words import amount_document, columns_document

if TYPE_CHECKING:
    from payforward.output.statement import Apart, Statement


def statement_document(statement: Statement) -> dict[str, Any]:
    """Return all that a statement says: what customers prepaid, and apart from it the rest."""
    from payforward.output.statement_words import answer, check_words  # noqa: PLC0415 - heavy

    return {
        "shop": statement.shop,
        "month": f"{statement.month:%Y-%m}",
        "until": None if statement.until is None else statement.until.isoformat(),
        "currency": statement.currency,
        "says": answer(statement),
        "totals": columns_document(statement.moved),
        "things": columns_document(statement.things),
        "waiting": [
            {"item": each.item.name, "kind": str(each.item.kind), **amount_document(each.held)}
            for each in statement.waiting
        ],
        "house": [_apart(each) for each in statement.house],
        "goods": [_apart(each) for each in statement.goods],
        "held_for_others": [_apart(each) for each in statement.jars],
        "contribution": {
            "rises_minor": statement.rises_minor,
            "falls_minor": statement.falls_minor,
            "giveaways_minor": statement.house_minor,
        },
        "months": [month_moved_document(each) for each in statement.known_months],
        "median_wait_days": statement.median_wait_days,
        "head": statement.head,
        "check": check_words(statement)[2],
    }


def _apart(each: Apart) -> dict[str, Any]:
    return {"program": each.program.name, **columns_document(each.moved)}
