"""Errors say at the command line what to type, by their reason; the ledger's own words do not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from payforward.cli.hints import HINTS
from payforward.cli.root import RootGroup

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Pay

ID = "01900000-0000-7000-8000-000000000001"


@pytest.mark.parametrize(
    ("ask", "reason"),
    [
        (("items", "add", "Latte", "3"), "item-exists"),
        (("setup", "--shop", "a", "--currency", "EUR", "--timezone", "UTC"), "ledger-exists"),
        (("undo", ID), "unknown-action"),
        (("refund", "9"), "unknown-gift"),
        (("gift", "9"), "unknown-gift"),
        (("give", "mokka"), "unknown-item"),
    ],
)
def test_a_refusal_says_what_to_type(pay: Pay, ask: tuple[str, ...], reason: str) -> None:
    code, said, sentence = pay.refused(*ask)
    assert (code, said) == (1, reason)
    assert sentence.endswith(f" {HINTS[reason]}")


def test_a_file_that_is_no_ledger_says_what_to_type(pay: Pay, tmp_path: Path) -> None:
    pay.path.write_bytes(b"")
    assert pay("board").err.rstrip().endswith(HINTS["not-a-ledger"])


def test_hints_name_commands_that_exist() -> None:
    named = {
        text.split("'payforward ")[1].split()[0].rstrip("'")
        for text in HINTS.values()
        if "'payforward " in text
    }
    assert named <= set(RootGroup.names)
