"""Django's own SQLite, with one thing kept: how a statement reads in SQLite's words."""
