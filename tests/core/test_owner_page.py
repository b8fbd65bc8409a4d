"""The page for owners names the thresholds of advice that the rules have."""

from __future__ import annotations

import re

from payforward.core.advice import AdviceRules
from tests.conftest import ROOT


def test_the_page_for_owners_names_the_rules_of_advice() -> None:
    text = (ROOT / "docs" / "owner.md").read_text(encoding="utf-8")
    numbers = {
        row: [int(number) for number in re.findall(r"\d+", said)]
        for row, said in re.findall(
            r"^\| (piled up|surplus|old|missed) (\|.*)$", text, re.MULTILINE
        )
    }
    rules = AdviceRules()
    assert numbers == {
        "piled up": [rules.pile_up_units, rules.pile_up_weeks, rules.keep_weeks, 1],
        "surplus": [rules.surplus_units, rules.surplus_weeks, rules.keep_weeks],
        "old": [rules.old_days],
        "missed": [rules.missed_times],
    }
