"""Fetching: mail that stands in mailboxes of other servers is taken in like mail that comes by SMTP, and only then marked."""
