"""What the cashier sees: one folder or file a screen, each with its style sheet beside it."""
