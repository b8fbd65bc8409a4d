"""The one catalogue of commands: bindings, buttons, palette, the More menu and the help read it.

A screen's bindings are `bindings_of(its place)`; a command's action is the method
``action_<id>`` of that screen, or of the app where its place is `Place.APP`.
"""

from __future__ import annotations

from typing import Final

from textual.binding import Binding

from screens.command import Command, Place
from screens.more_commands import MORE_COMMANDS
from screens.people_commands import PEOPLE_COMMANDS
from screens.place_commands import PLACE_COMMANDS

__all__ = ["COMMANDS", "Command", "Place", "bindings_of", "command", "commands_of"]


COMMANDS: Final[tuple[Command, ...]] = (
    # What the counter's input understands by itself.
    Command(
        "serve",
        "Serve",
        "Hand over what waits: type the first letters of any word of the item, then Enter.",
        Place.COUNTER,
        shown="letters, or −",
    ),
    Command(
        "give",
        "Give",
        "Put a gift aside: + and the first letters, with a number before them for more than one.",
        Place.COUNTER,
        shown="+ letters",
    ),
    Command(
        "on_slip",
        "On a slip",
        "At the end of a gift’s line: put it on a slip of paper instead of on the board.",
        Place.COUNTER,
        shown="/",
    ),
    Command(
        "scan",
        "Scan",
        "Serve one of what a slip holds, on any screen; or type its letters here, then Enter.",
        Place.COUNTER,
        shown="scan, or letters",
    ),
    Command(
        "yes",
        "Yes",
        "Do exactly what the sentence above the input says.",
        Place.COUNTER,
        shown="Enter",
    ),
    Command(
        "next_way",
        "Next",
        "Offer the next way to pay or the next item that fits; on an empty input, the row below.",
        Place.COUNTER,
        shown="↓ ↑",
    ),
    Command(
        "details",
        "Details",
        "Add a name, a message, card, a slip or the till's receipt number to a gift; or see what "
        "came with what was served, when a slip was used, or a slip's square.",
        Place.COUNTER,
        shown="→",
    ),
    Command(
        "change_tender",
        "Cash or card",
        "Change how the gift above is paid: cash, card, other.",
        Place.COUNTER,
        keys=("ctrl+t",),
        shown="^T",
    ),
    Command(
        "no",
        "No",
        "Forget what was typed; twice blanks the screen until a key is pressed.",
        Place.COUNTER,
        shown="Esc, Esc Esc",
    ),
    Command(
        "take_back",
        "Take back",
        "Undo what this till did last today; ↓ goes to earlier ones.",
        Place.COUNTER,
        keys=("ctrl+z",),
        shown="^Z",
        in_palette=True,
    ),
    Command(
        "who",
        "Who is here",
        "Say who is at the counter, by the first letters of the name.",
        Place.COUNTER,
        keys=("ctrl+n",),
        shown="^N",
        in_palette=True,
        at_once=True,
    ),
    Command(
        "more",
        "More",
        "Slips, entries, items, printers, help, practice and the rest.",
        Place.COUNTER,
        keys=("ctrl+o",),
        shown="? or ^O",
    ),
    *MORE_COMMANDS,
    *PLACE_COMMANDS,
    *PEOPLE_COMMANDS,
)


def commands_of(place: Place) -> list[Command]:
    """Return the commands of a place, in the catalogue's order."""
    return [command for command in COMMANDS if command.place is place]


def command(command_id: str) -> Command:
    """Return the first command of an id; KeyError where there is none."""
    for candidate in COMMANDS:
        if candidate.id == command_id:
            return candidate
    raise KeyError(command_id)


def bindings_of(place: Place) -> list[Binding]:
    """Return the bindings of a place's commands, for a screen's ``BINDINGS``."""
    return [
        Binding(
            ",".join(_heard(command.keys)),
            command.id,
            command.title,
            key_display=command.shown,
            tooltip=command.help,
            priority=command.at_once,
            id=f"{place.name.lower()}.{command.id}",
        )
        for command in commands_of(place)
        if command.keys
    ]


def _heard(keys: tuple[str, ...]) -> list[str]:
    """Return the keys as the terminal names them: a letter also as a capital (caps lock)."""
    return [name for key in keys for name in ((key, key.upper()) if len(key) == 1 else (key,))]
