"""The ledger on disk: its file, its schema, its only writer, its questions, its proof."""
