"""When two names are the same name."""

from __future__ import annotations

import unicodedata


def name_key(name: str) -> str:
    """Return what two spellings of one name share: compatibility form, no case, single spaces.

    Accents count: a shop may sell both a "Pêche" and a "Péché".

    >>> name_key("  FLAT  White ") == name_key("flat white")
    True
    """
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())
