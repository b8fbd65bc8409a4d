"""A ledger as one JSON document, an entry a line."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from payforward.output.exports.told import teller

if TYPE_CHECKING:
    from collections.abc import Iterator

    from payforward.core.export_answers import Export
    from payforward.core.report_answers import Owed


def texts(export: Export, *, continues: bool) -> Iterator[str]:  # noqa: ARG001 - as all forms
    """Yield the file bit by bit: what was owed before the first day, then the entries."""
    tell = teller(export)
    head = {
        "shop": export.shop.name,
        "currency": export.shop.currency,
        "from": None if export.first is None else export.first.isoformat(),
        "to": None if export.last is None else export.last.isoformat(),
        "count": export.count,
        "opening": [_owed(each) for each in export.opening],
    }
    yield f'{_json(head)[:-1]}, "entries": ['
    parting = "\n"
    for entry in export.entries():
        yield f"{parting}{_json(tell(entry))}"
        parting = ",\n"
    yield "\n]}\n"


def _owed(owed: Owed) -> dict[str, object]:
    return {
        "program": owed.program.name,
        "program_kind": owed.program.kind.value,
        "item": owed.item.name,
        "units": owed.held.units,
        "amount_minor": owed.held.amount_minor,
    }


def _json(document: object) -> str:
    return json.dumps(document, ensure_ascii=False)
