"""The form for an export: which books it is for, which days, which file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Final, NamedTuple

from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Input, Label, Static

from payforward.core.clock import last_day_of
from payforward.core.days import day_text, parse_day
from payforward.core.errors import BadInput
from screens.dialogs.dialog import Dialog
from screens.typed import read_folder
from screens.widgets.choice import Choice, OneOf
from screens.widgets.field import Field
from screens.widgets.key_bar import Hint

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from textual.app import ComposeResult


class FormWords(NamedTuple):
    """A form as people know it.

    Args:
        name: What it is called.
        ending: The end of a file's name.
        said: What is in it, in a sentence.
    """

    name: str
    ending: str
    said: str


FORM_WORDS: Final = {
    "csv": FormWords("CSV", ".csv", "Every entry, for spreadsheets."),
    "json": FormWords("JSON", ".json", "Every entry, for scripts."),
    "beancount": FormWords("beancount", ".beancount", "A journal that checks its own balances."),
    "hledger": FormWords("hledger", ".journal", "A journal that checks its own balances."),
    "xero": FormWords("Xero", "-xero.csv", "A manual journal a day."),
    "quickbooks": FormWords("QuickBooks", "-quickbooks.csv", "A journal entry a day."),
}
"""Each of `payforward.output.exports.writing.FORMS`, in that order."""

_FORMS: Final = tuple(FORM_WORDS)
_CONTINUED: Final = ("beancount", "hledger")
"""As `payforward.output.exports.writing.CONTINUED`, which is slow to import."""

_OPENED: Final = ("added here", "in the books already")
_NO_WORD: Final = "Nothing that a giver wrote is in it."


@dataclass(frozen=True, slots=True)
class ExportDraft:
    """What shall be exported.

    Args:
        form: One of `FORM_WORDS`.
        first: The first day; None from the first entry on.
        last: The last day; None to the last entry.
        continues: Whether the books have all that was before the first day.
        typed: The days and the file, as typed.
        path: What the file's field means: a file, or a folder for `name`.
        name: What the file is called if nobody says.
    """

    form: str
    first: date | None
    last: date | None
    continues: bool
    typed: tuple[str, str, str]
    path: Path
    name: str


def file_name(what: str, first: date | None, last: date | None, form: str) -> str:
    """Return what an export of some days is called; a whole month goes by its name.

    >>> from datetime import date
    >>> file_name("payforward", date(2026, 11, 1), date(2026, 11, 30), "beancount")
    'payforward-2026-11.beancount'
    >>> file_name("payforward", date(2026, 11, 1), date(2026, 11, 20), "hledger")
    'payforward-2026-11-01-to-2026-11-20.journal'
    >>> file_name("payforward", None, date(2026, 11, 20), "xero")
    'payforward-to-2026-11-20-xero.csv'
    """
    if first is not None and first.day == 1 and last == last_day_of("month", first):
        days = f"-{first.isoformat()[:7]}"
    else:
        days = "" if first is None else f"-{first}"
        days += "" if last is None else f"-to-{last}"
    return f"{what}{days}{FORM_WORDS[form].ending}"


class ExportForm(Dialog[ExportDraft]):
    """Asks what an export is for; the file's name follows until somebody writes another.

    Args:
        what: What files are called first.
        month: The first day of the month that is meant if nobody says.
        today: The business day.
        folder: Where the file goes if nobody says, as it is typed.
        draft: What was typed before.
        problem: Why it did not do.
    """

    ABOUT: ClassVar = {"bad-file": "file"}

    def __init__(
        self,
        what: str,
        month: date,
        today: date,
        folder: str,
        draft: ExportDraft | None = None,
        *,
        problem: str = "",
    ) -> None:
        super().__init__("Export for the books", yes="Export", problem=problem)
        self._what = what
        self._today = today
        self._folder = folder
        self._draft = draft
        days = (day_text(month), day_text(last_day_of("month", month)))
        self._typed = (*days, "") if draft is None else draft.typed
        self._own_name = "" if draft is None else draft.name

    def compose_body(self) -> ComposeResult:
        """Show the form, the days and the file."""
        draft = self._draft
        with Horizontal(classes="field -tender"):
            yield Label("Form", markup=False)
            at = 0 if draft is None else _FORMS.index(draft.form)
            yield OneOf([words.name for words in FORM_WORDS.values()], chosen=at, id="form")
        yield Static("", classes="said", id="about", markup=False)
        first, last, file = self._typed
        hint = "the first of all days"
        yield Field("From", first, placeholder=hint, max_length=40, dense=True, id="first")
        hint = "the last of all days"
        yield Field("To", last, placeholder=hint, max_length=40, id="last")
        with Horizontal(classes="field -tender", id="before"):
            yield Label("Owed before", markup=False)
            yield Choice(_OPENED, chosen=int(draft is not None and draft.continues), id="opened")
        yield Field("File", file, max_length=1000, id="file")

    def hints(self) -> list[Hint]:
        """Return the keys, Tab too."""
        return [*super().hints(), Hint("Tab", "Next", "app.focus_next")]

    def on_mount(self) -> None:
        """Name the file."""
        super().on_mount()
        self._follow()

    def on_choice_changed(self, message: Choice.Changed) -> None:
        """Say what the form has in it, and name the file anew."""
        message.stop()
        self._follow()

    def on_input_changed(self, message: Input.Changed) -> None:
        """Name the file anew where the days are others."""
        message.stop()
        self._follow()

    def _follow(self) -> None:
        """Let what depends on the form and the days be theirs."""
        form = self._form
        self.query_one("#about", Static).update(Content(f"{FORM_WORDS[form].said} {_NO_WORD}"))
        self.query_one("#before").display = self._may_continue
        days = (self._day("first"), self._day("last"))
        name = file_name(self._what, *days, form)
        file = self.query_one("#file", Field)
        # What somebody wrote there stays, but for the name that came from here.
        if not file.value and not self._own_name:
            file.value = f"{self._folder.rstrip('/')}/{name}"
        elif self._own_name and file.value.endswith(f"/{self._own_name}"):
            file.value = file.value.removesuffix(self._own_name) + name
        self._own_name = name

    @property
    def _form(self) -> str:
        return _FORMS[self.query_one("#form", OneOf).chosen]

    @property
    def _may_continue(self) -> bool:
        typed = self.query_one("#first", Field).value
        return self._form in _CONTINUED and bool(typed.strip())

    def _day(self, field: str) -> date | None:
        """Return a field's day while it is typed; None where it is none yet."""
        try:
            return self._read_day(self.query_one(f"#{field}", Field).value)
        except BadInput:
            return None

    def answer(self) -> ExportDraft:
        """Return what shall be exported; what is wrong with a field is said below it.

        Raises:
            BadInput: a day that is none, days the wrong way round, or no file.
        """
        first = self.read_field("first", self._read_day)
        last = self.read_field("last", lambda typed: self._read_last(typed, first))
        opened = self.query_one("#opened", Choice)
        first_typed, last_typed, file = (
            self.query_one(f"#{field}", Field).value for field in ("first", "last", "file")
        )
        return ExportDraft(
            form=self._form,
            first=first,
            last=last,
            continues=self._may_continue and bool(opened.chosen),
            typed=(first_typed, last_typed, file),
            path=self.read_field("file", _read_file),
            name=file_name(self._what, first, last, self._form),
        )

    def _read_day(self, typed: str) -> date | None:
        return parse_day(typed, self._today, past=True) if typed.strip() else None

    def _read_last(self, typed: str, first: date | None) -> date | None:
        last = self._read_day(typed)
        if first is not None and last is not None and last < first:
            raise BadInput(
                f"{day_text(last)} is before {day_text(first)}: write the earlier day first.",
                reason="bad-day",
            )
        return last


def _read_file(typed: str) -> Path:
    if not typed.strip():
        raise BadInput("Name a file, or the folder where it goes.", reason="bad-file")
    return read_folder(typed)
