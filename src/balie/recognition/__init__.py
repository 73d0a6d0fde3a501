"""Whose data are in this text: pure functions, no models, no database."""
