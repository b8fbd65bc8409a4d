"""The command line: everything that the counter does, for scripts and screen readers."""
