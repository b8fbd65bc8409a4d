"""The commands of people: a part of the catalogue."""

from __future__ import annotations

from typing import Final

from screens.command import Command, Place

PEOPLE_COMMANDS: Final[tuple[Command, ...]] = (
    Command("add_person", "Add", "Add somebody, or who had left.", Place.PEOPLE, ("a",), "A"),
    Command(
        "rename_person",
        "Name",
        "Call the marked one otherwise, in old entries too.",
        Place.PEOPLE,
        ("n",),
        "N",
    ),
    Command(
        "pin",
        "PIN",
        "Give the marked one a PIN, another, or none.",
        Place.PEOPLE,
        ("p", "enter"),
        "P",
    ),
    Command(
        "retire_person", "Retire", "Say that the marked one has left.", Place.PEOPLE, ("r",), "R"
    ),
    Command(
        "passphrase",
        "Owner",
        "Set the owner's passphrase, another, or none.",
        Place.PEOPLE,
        ("o",),
        "O",
    ),
    Command("close", "Back", "Go back.", Place.PEOPLE, ("escape",), "Esc"),
)
