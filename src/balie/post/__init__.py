"""The outbox: rows to send, claimed and sent by a door."""
