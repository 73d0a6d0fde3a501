"""The mail door: reception, parsing, sending."""
