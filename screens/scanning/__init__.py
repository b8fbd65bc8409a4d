"""A scanner is a keyboard: its codes are found among the keys, and nothing else is pressed."""
