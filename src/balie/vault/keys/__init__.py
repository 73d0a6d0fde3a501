"""The key store: one key for each record, in a database of its own."""
