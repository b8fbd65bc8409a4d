"""Dialogs: each is a modal screen that returns a value and writes nothing."""
