"""Refusals of secrets: unlike others, they may have counted a try in the ledger."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Pay

PHRASE = "rosa opens at seven"


def no(pay: Pay, *arguments: str | Path) -> tuple[int, str, str]:
    """Return exit code, reason and sentence of a refusal that may have counted a try."""
    ran = pay(*arguments, "--json")
    document = json.loads(ran.out)
    assert document["message"] == ran.err.rstrip("\n")
    return ran.code, document["refused"], document["message"]
