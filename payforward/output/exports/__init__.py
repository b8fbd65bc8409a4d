"""A ledger as files for bookkeepers and spreadsheets: one module a form."""
