"""Commands that take the global options, and groups that load a command when it is asked for."""

from __future__ import annotations

import gc
from importlib import import_module
from types import MappingProxyType
from typing import TYPE_CHECKING

import click

from payforward.cli.session import GLOBAL_OPTIONS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


def wake_collector() -> None:
    """Let garbage be collected from now on; what is loaded by now stays and is not looked at."""
    if not gc.isenabled():
        gc.freeze()
        gc.enable()


class Command(click.Command):
    """A command that takes the global options too."""

    def get_params(self, ctx: click.Context) -> list[click.Parameter]:
        """Return its own parameters, then the global ones."""
        return [*super().get_params(ctx), *GLOBAL_OPTIONS]

    def invoke(self, ctx: click.Context) -> object:
        """Run it, with the collector that slept while it was loaded."""
        wake_collector()
        return super().invoke(ctx)


class Group(click.Group):
    """A group whose commands take the global options too."""

    command_class = Command

    def get_params(self, ctx: click.Context) -> list[click.Parameter]:
        """Return its own parameters, then the global ones."""
        return [*super().get_params(ctx), *GLOBAL_OPTIONS]


class LazyGroup(Group):
    """A group of modules: looking at the board must not pay for importing a menu.

    Args:
        package: Where the modules are; each has its ``command``.
        names: The commands, in the order that help shows.
        modules: The modules of those that are not called as their command is.
    """

    package = "payforward.cli.commands"
    names: Sequence[str] = ()
    modules: Mapping[str, str] = MappingProxyType({})

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's own
        """Return the names in their own order."""
        return list(self.names)

    def get_command(
        self,
        ctx: click.Context,  # noqa: ARG002 - click's own
        cmd_name: str,
    ) -> click.Command | None:
        """Return a command, loading its module."""
        if cmd_name not in self.names:
            return None
        module = self.modules.get(cmd_name, cmd_name)
        command = import_module(f"{self.package}.{module}").command
        assert isinstance(command, click.Command)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Return the command that the arguments name.

        Raises:
            click.UsageError: there is none; near names are in the sentence.
        """
        if args[0] not in self.names and not args[0].startswith("-"):
            from difflib import get_close_matches  # noqa: PLC0415 - only mistakes pay for it

            near = " or ".join(get_close_matches(args[0], self.names))
            hint = f"did you mean {near}?" if near else f"'{ctx.command_path} --help' lists them."
            raise click.UsageError(f"There is no command {args[0]}: {hint}", ctx)
        return super().resolve_command(ctx, args)
