"""One module a command, each with its `command`, loaded only when it is asked for."""
