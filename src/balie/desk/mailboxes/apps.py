"""The mailboxes are an app of their own within the desk: their tables are a door's diary and hang on no ticket."""

from django.apps import AppConfig


class MailboxesConfig(AppConfig):
    name = "balie.desk.mailboxes"
    label = "mailboxes"
