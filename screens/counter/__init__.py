"""The counter: where gifts go in and cups go out."""
