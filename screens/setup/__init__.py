"""The first start: a shop's ledger in under a minute."""

from screens.setup.screen import SetupScreen

__all__ = ["SetupScreen"]
