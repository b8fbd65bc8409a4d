"""Asking until it is done or given up: what was typed comes back with the reason."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from payforward.core.errors import PayforwardError
from payforward.core.ids import new_action_id

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Hashable

    from textual.app import App

    from screens.dialogs.dialog import Dialog

D = TypeVar("D")
R = TypeVar("R")


class ActionIds:
    """Names for what a dialog asks: the same again has the same, so a second try does it once."""

    def __init__(self) -> None:
        self._ids: dict[tuple[Hashable, ...], str] = {}

    def of(self, *wish: Hashable) -> str:
        """Return the id of the action in which these are asked for."""
        return self._ids.setdefault(wish, new_action_id())


async def ask(
    app: App[object],
    make: Callable[[D | None, str], Dialog[D]],
    do: Callable[[D], Awaitable[R]],
    *,
    first: D | None = None,
) -> R | None:
    """Ask for a draft and do something with it, until that works or the person goes back.

    Must run in a worker, as everything that waits for a screen.

    Args:
        app: Where to ask.
        make: Returns a dialog that shows the last draft and why it did not do.
        do: Does it, or raises PayforwardError with the sentence to show.
        first: What stands in the dialog at first, where that is known already.
    """
    draft = first
    problem = reason = ""
    while True:
        dialog = make(draft, problem)
        dialog.reason = reason
        draft = await app.push_screen_wait(dialog)
        if draft is None:
            return None
        try:
            return await do(draft)
        except PayforwardError as error:
            problem, reason = error.message, error.reason
