"""Payforward: a point-of-sale companion, in the terminal, for pay-it-forward programmes."""

__version__ = "0.1.0"
