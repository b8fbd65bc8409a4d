"""Which program is meant: the one that was named, or the only one that it can be."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from payforward.cli.meant import meant
from payforward.cli.words import listed, quoted
from payforward.core.errors import BadInput, Refused
from payforward.core.model import ProgramKind
from payforward.core.programs import Running

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from db.ledger import Ledger
    from payforward.core.program_answers import ActionBefore
    from payforward.core.programs import Program

_WHAT_FITS: Final = {
    ProgramKind.FORWARD: ("for gifts that customers prepay", "give ITEM"),
    ProgramKind.GIVEAWAY: ("a giveaway of the house", "giveaway ITEM"),
    ProgramKind.DRIVE: ("a drive that collects goods", "collect GOODS"),
    ProgramKind.CHARITY: ("a charity's jar", "give --money AMOUNT"),
}
"""What a program of each kind is, and which command is for it."""


def the_program(
    ledger: Ledger,
    typed: str | None,
    kind: ProgramKind,
    before: ActionBefore | None,
    fits: Callable[[Program], bool],
) -> Program:
    """Return the program of a kind that is meant.

    Args:
        ledger: The shop's.
        typed: What ``--program`` said: its whole name.
        kind: What it must be.
        before: What the first try was about; None where this is it.
        fits: Whether a program gives, or takes, what was asked for.

    Raises:
        Refused: there is none of that name, none runs today, or none of several is for that.
        BadInput: several are, and none was named.
    """
    if typed is not None:
        return program_for(ledger, typed, (kind,), before)
    if before is not None and before.program is not None and before.program.kind is kind:
        return before.program
    today = ledger.today()
    running = [each for each in _of_kind(ledger, kind) if each.running(today) is Running.RUNNING]
    if not running:
        raise Refused(
            f"No {kind} runs today: 'payforward programs' lists what there is, 'payforward "
            f"programs add NAME --kind {kind}' makes one.",
            reason="not-running",
        )
    # Where the only one does not fit, the ledger says what it is for.
    fitting = running if len(running) == 1 else [each for each in running if fits(each)]
    if not fitting:
        raise Refused(
            f"No {kind} that runs today is for that: 'payforward programs show NAME' says what "
            "each is for.",
            reason="not-in-program",
        )
    if len(fitting) > 1:
        names = listed([quoted(each.name) for each in fitting], "or")
        raise BadInput(f"Say which one with --program: {names}.", reason="program-needed")
    return fitting[0]


def program_for(
    ledger: Ledger, typed: str, kinds: Sequence[ProgramKind], before: ActionBefore | None
) -> Program:
    """Return the program that was named, sure that it is of a kind that fits.

    Args:
        ledger: The shop's.
        typed: Its whole name.
        kinds: What it may be.
        before: What the first try was about; None where this is it.

    Raises:
        Refused: there is none of that name, or it is of another kind; what to type for that one
            is in the sentence.
    """
    program = program_meant(ledger, typed, before)
    if program.kind in kinds:
        return program
    what, command = _WHAT_FITS[program.kind]
    reason = "not-a-drive" if kinds[0] is ProgramKind.DRIVE else "other-program"
    raise Refused(
        f"{program.name} is {what}: 'payforward {command} --program {quoted(program.name)}' is "
        "for that.",
        reason=reason,
    )


def program_meant(ledger: Ledger, typed: str, before: ActionBefore | None) -> Program:
    """Return the program that was named, of whatever kind it is.

    Raises:
        Refused: there is none of that name.
    """
    own = () if before is None or before.program is None else (before.program,)
    return meant(typed, own, lambda: ledger.find_program(typed))


def _of_kind(ledger: Ledger, kind: ProgramKind) -> list[Program]:
    return [each for each in ledger.programs() if each.kind is kind]
