"""Secrets on the screen: a PIN or the passphrase, typed unseen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from textual.content import Content
from textual.widgets import Static

from payforward.core.errors import BadInput
from payforward.core.people import MOST_PASSPHRASE
from payforward.core.text import shown
from screens.dialogs.dialog import Dialog
from screens.widgets.field import Field
from screens.widgets.key_bar import Hint

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.app import ComposeResult


class SecretField(Field):
    """A field that shows a dot for each character."""

    def __init__(self, label: str, **facts: Any) -> None:
        super().__init__(label, max_length=2 * MOST_PASSPHRASE, **facts)
        self._input.password = True


class AskSecret(Dialog[str]):
    """Asks for a secret that there is.

    Args:
        heading: Whose it is.
        label: What it is.
        said: Why it is asked for.
        yes: What Enter does.
        problem: Why an earlier one did not do.
    """

    ABOUT: ClassVar = {"*": "secret"}

    def __init__(
        self, heading: str, label: str, *, said: str = "", yes: str = "Go on", problem: str = ""
    ) -> None:
        super().__init__(heading, yes=yes, problem=problem)
        self._label = label
        self._said = said

    def compose_body(self) -> ComposeResult:
        """Show the sentence and the field."""
        if self._said:
            yield Static(Content(shown(self._said)), classes="said", markup=False)
        yield SecretField(self._label, id="secret")

    def answer(self) -> str:
        """Return what was typed.

        Raises:
            BadInput: nothing was; that is no try.
        """
        return self.read_field("secret", self._typed)

    def _typed(self, typed: str) -> str:
        if not typed.strip():
            raise BadInput(f"Type the {self._label}, or Esc.", reason="empty")
        return typed


class NewSecret(Dialog[str]):
    """Asks for a new secret, twice; returns an empty one where there shall be none.

    Args:
        heading: Whose it is.
        label: What it is.
        read: Returns a secret as it is kept, or raises BadInput with a sentence.
        said: A sentence above the fields.
        can_be_none: Whether there is one, which an empty field takes away.
        problem: Why an earlier one did not do.
    """

    def __init__(
        self,
        heading: str,
        label: str,
        read: Callable[[str], str],
        *,
        said: str,
        can_be_none: bool,
        problem: str = "",
    ) -> None:
        super().__init__(heading, yes="Keep it", problem=problem)
        self._label = label
        self._read = read
        self._said = said
        self._can_be_none = can_be_none

    def compose_body(self) -> ComposeResult:
        """Show the sentence and the fields."""
        none = " Empty for none." if self._can_be_none else ""
        yield Static(Content(shown(f"{self._said}{none}")), classes="said", markup=False)
        yield SecretField(self._label, id="new")
        yield SecretField("Once more", id="again")

    def hints(self) -> list[Hint]:
        """Return the keys, Tab too."""
        return [*super().hints(), Hint("Tab", "Next", "app.focus_next")]

    def answer(self) -> str:
        """Return the secret.

        Raises:
            BadInput: it is none, or the two are not the same.
        """
        new, again = (self.query_one(f"#{each}", SecretField) for each in ("new", "again"))
        if self._can_be_none and not new.value and not again.value:
            return ""
        secret = self.read_field("new", self._read)
        if again.value == new.value:
            return secret
        said = "The two are not the same: type it once more."
        if again.value.strip() == "":
            said = "Type it once more, to be sure."
        again.value = ""
        self.blame(again, said)
        raise BadInput("", reason="not-the-same")
