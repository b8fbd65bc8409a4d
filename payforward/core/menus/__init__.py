"""Menus as other tills export them: Square, Loyverse, Shopify, and plain CSV."""

from payforward.core.menus.model import Menu, MenuRow, SkippedRow
from payforward.core.menus.reading import parse_menu

__all__ = ["Menu", "MenuRow", "SkippedRow", "parse_menu"]
