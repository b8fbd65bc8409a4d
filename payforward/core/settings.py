"""What a person may set outside the ledger: where it is, and what this terminal is called."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from payforward.core.errors import BadInput, LedgerUnusable

if TYPE_CHECKING:
    from collections.abc import Mapping

LEDGER_VARIABLE = "PAYFORWARD_LEDGER"
"""Names the ledger where ``--ledger`` does not."""

DEBUG_VARIABLE = "PAYFORWARD_DEBUG"
"""Set to anything but nothing and 0, it shows where a mistake of the program's own happened."""

DEFAULT_TILL = "till 1"
"""What a terminal is called that nobody has named."""


def ledger_path(given: str | None, environ: Mapping[str, str] | None = None) -> Path:
    """Return where the ledger is: as given, else from the environment, else in the user's data.

    >>> ledger_path("shop.db", {}).name, ledger_path(None, {"PAYFORWARD_LEDGER": "my.db"}).name
    ('shop.db', 'my.db')

    Args:
        given: What ``--ledger`` said, or None.
        environ: The environment; this process's without it.

    Raises:
        BadInput: it names nothing, or a folder.
        LedgerUnusable: the way to it cannot be looked at.
    """
    environ = os.environ if environ is None else environ
    if given is not None and not given.strip():
        raise BadInput("--ledger names no file: give the path of one.", reason="bad-ledger")
    named = given or environ.get(LEDGER_VARIABLE, "")
    path = _expanded(named) if named else default_ledger_path()
    try:
        is_folder = path.is_dir()
    except (OSError, ValueError) as error:
        raise LedgerUnusable(
            f"The ledger {path} cannot be looked at ({_why(error)}): choose another with --ledger.",
            reason="cannot-open",
        ) from error
    if is_folder:
        raise BadInput(
            f"{path} is a folder: name the ledger's file in it, such as {path / 'ledger.db'}.",
            reason="bad-ledger",
        )
    return path


def default_ledger_path() -> Path:
    """Return where the ledger is when nobody says: in the user's data folder."""
    from platformdirs import user_data_path  # noqa: PLC0415 - most shops name their ledger

    return user_data_path("payforward", appauthor=False) / "ledger.db"


def is_debugging(environ: Mapping[str, str] | None = None) -> bool:
    """Tell whether a mistake of the program's own shall show where it happened."""
    environ = os.environ if environ is None else environ
    return environ.get(DEBUG_VARIABLE, "") not in ("", "0")


def _expanded(named: str) -> Path:
    """Return a path with ``~`` put right; as it stands where nobody's home is known."""
    try:
        return Path(named).expanduser()
    except RuntimeError:
        return Path(named)


def _why(error: OSError | ValueError) -> str:
    """Return the system's own words for a failure."""
    return (error.strerror if isinstance(error, OSError) else None) or "no such path can be"
