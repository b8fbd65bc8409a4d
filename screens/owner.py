"""What is the owner's, on the screens: asked for the passphrase once, then for a while no more.

A ledger is a file: whoever may write it needs no screen's leave. The screens keep what is the
owner's from whoever only stands at the till.
"""

from __future__ import annotations

from functools import wraps
from time import monotonic
from typing import TYPE_CHECKING, Any, TypeVar

from payforward.core.errors import PayforwardError
from payforward.core.people import AGREED_SECONDS, Guarded, passphrase_needed
from screens.asking import ask

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from textual.app import App

    from screens.desk import Desk
    from screens.place_screen import LedgerScreen

    S = TypeVar("S", bound=LedgerScreen)


def owners(
    what: Guarded,
) -> Callable[[Callable[[S], Awaitable[None]]], Callable[[S], Awaitable[None]]]:
    """Let a place's command be done only where the owner agrees; it goes below ``@work``."""

    def guarding(command: Callable[[S], Awaitable[None]]) -> Callable[[S], Awaitable[None]]:
        @wraps(command)
        async def guarded(screen: S) -> None:
            if screen.is_active and await owner_agrees(screen.app, screen.desk, what):
                await command(screen)

        return guarded

    return guarding


async def owner_agrees(app: App[Any], desk: Desk, what: Guarded) -> bool:
    """Return whether something that is the owner's may be done at this till now.

    Where there is a passphrase it is asked for, and is good for some minutes. Must run in a worker.
    """
    if desk.is_asking_owner:
        # Two keys can arrive at once; the first asks.
        return False
    desk.is_asking_owner = True
    try:
        guarded = await desk.run(lambda ledger: ledger.has_passphrase())
        if not guarded or monotonic() < desk.agreed_until:
            return True
        return await asked_passphrase(app, desk, said=passphrase_needed(what).message) is not None
    except PayforwardError as error:
        app.notify(error.message, severity="warning", markup=False)
        return False
    finally:
        desk.is_asking_owner = False


async def asked_passphrase(app: App[Any], desk: Desk, *, said: str) -> str | None:
    """Return the owner's passphrase, once it is right; None where the person went back."""
    from screens.dialogs.secret_form import AskSecret  # noqa: PLC0415 - only the owner pays

    async def check(passphrase: str) -> str:
        await desk.run(lambda ledger: ledger.check_passphrase(passphrase))
        desk.agreed_until = monotonic() + AGREED_SECONDS
        return passphrase

    return await ask(
        app,
        lambda _, problem: AskSecret("The owner", "Passphrase", said=said, problem=problem),
        check,
    )
