"""Widgets that several screens use; each posts messages and never calls its parent."""
