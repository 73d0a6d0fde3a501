"""Tickets: intake, triage, conversation, closing."""
