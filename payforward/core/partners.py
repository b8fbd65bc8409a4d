"""Partners: who hands slips out for a shop, or takes what it passes on."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Partner:
    """A shelter, a nurse, a school, another café."""

    id: int
    name: str
    retired: bool = False
