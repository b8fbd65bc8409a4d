"""The one place where errors end: each becomes a sentence, an exit code and, if asked, JSON."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import click

from payforward.cli.hints import with_hint
from payforward.cli.output import (
    OUTPUT_LOST,
    OutputLost,
    complain,
    emit_document,
    prepare_streams,
)
from payforward.cli.root import payforward
from payforward.core.errors import BadInput, PayforwardError, Refused
from payforward.core.settings import DEBUG_VARIABLE, is_debugging

if TYPE_CHECKING:
    from collections.abc import Sequence

OWN_MISTAKE = 70
"""A mistake of the program's own (EX_SOFTWARE of sysexits.h)."""


def run(arguments: Sequence[str]) -> int:
    """Run one command and return its exit code.

    0 done; 1 refused by a rule, nothing changed; 2 wrong usage; 3 the ledger cannot be used, or
    an export is not whole, nothing lost; 70 a mistake of the program's own; 74 done, but a slip
    is not out, or the answer could not be written; 141 nobody reads it.

    Raises:
        KeyboardInterrupt: somebody stopped it.
    """
    prepare_streams()
    try:
        return _told(arguments)
    except OutputLost as lost:
        if lost.exit_code == OUTPUT_LOST:
            complain(f"The answer cannot be written ({lost.why}); what was asked for is done.")
        return lost.exit_code


def _told(arguments: Sequence[str]) -> int:
    """Run the command; where it cannot be done, say why."""
    as_json = _wants_json(arguments)
    try:
        _refuse_foreign_packages()
        return _invoke(arguments)
    except OutputLost:
        raise
    except PayforwardError as error:
        return _refuse(error.reason, with_hint(error), error.exit_code, as_json=as_json)
    except Exception as error:  # the boundary: nothing else is so broad
        if is_debugging():
            raise
        # The trace may hold a giver's words, so only who asks for it sees it.
        sentence = (
            f"Payforward made a mistake of its own ({type(error).__name__}): run the same again "
            f"with {DEBUG_VARIABLE}=1 to see where, and report that."
        )
        return _refuse("own-mistake", sentence, OWN_MISTAKE, as_json=as_json)


def _invoke(arguments: Sequence[str]) -> int:
    """Run the command, and put click's own errors among ours.

    Raises:
        PayforwardError: it cannot be done.
        KeyboardInterrupt: somebody stopped it.
    """
    try:
        code = payforward.main(list(arguments), prog_name="payforward", standalone_mode=False)
    except click.Abort:
        raise KeyboardInterrupt from None
    except click.ClickException as error:
        raise BadInput(_sentence(error.format_message()), reason="wrong-usage") from error
    return code if isinstance(code, int) else 0


def _refuse(reason: str, message: str, exit_code: int, *, as_json: bool) -> int:
    """Say why not, on standard error and in the document that was asked for."""
    from payforward.cli.masking import masked  # noqa: PLC0415 - only who complains pays for it
    from payforward.core.text import shown  # noqa: PLC0415

    sentence = masked(shown(message))
    if as_json:
        emit_document({"refused": reason, "message": sentence})
    complain(sentence)
    return exit_code


def _wants_json(arguments: Sequence[str]) -> bool:
    """Tell whether ``--json`` stands among the options, even where they cannot be parsed."""
    before_names = list(arguments)
    if "--" in before_names:
        before_names = before_names[: before_names.index("--")]
    return "--json" in before_names


def _sentence(message: str) -> str:
    """Return what click says as one sentence in one line."""
    line = " ".join(message.split())
    return line if line.endswith((".", "?", "!", ")")) else f"{line}."


def _refuse_foreign_packages() -> None:
    """Refuse to run with another program's package in the place of one of ours.

    Raises:
        Refused: ``db`` or ``screens`` would not be the one beside ``payforward``.
    """
    home = Path(__file__).parents[2]
    for name in ("db", "screens"):
        spec = find_spec(name)
        places = list((spec.submodule_search_locations if spec else None) or [])
        if str(home / name) not in places:
            found = f"Another program's {name!r} at {places[0]}" if places else f"No {name!r}"
            raise Refused(
                f"{found} stands where Payforward's own should: start it from another folder, "
                "or install it again.",
                reason="foreign-package",
            )
