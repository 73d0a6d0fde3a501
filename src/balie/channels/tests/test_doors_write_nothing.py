"""Doors never write: watched while they are used. Of each write the nearest frame of ours is a verb's, never a door's."""

import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

from django.db import connections

from balie.channels import access

WRITES = ("INSERT", "UPDATE", "DELETE", "REPLACE")


@contextmanager
def watched() -> Iterator[list[str]]:
    """Collects each write whose nearest frame of ours stands in a door."""
    found: list[str] = []

    def look(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql.lstrip().upper().startswith(WRITES) and (frame := nearest()).startswith("balie.channels."):
            found.append(f"{frame}: {sql[:80]}")
        return execute(sql, params, many, context)

    with ExitStack() as stack:
        for connection in connections.all():
            stack.enter_context(connection.execute_wrapper(look))
        yield found


def nearest() -> str:
    """The module of ours that is next up the stack."""
    frame = sys._getframe(2)
    while frame is not None:
        name = frame.f_globals.get("__name__", "")
        if name.startswith("balie.") and ".tests" not in name and "conftest" not in name:
            return str(name)
        frame = frame.f_back  # type: ignore[assignment]
    return ""


def test_a_whole_day_at_the_desk_is_written_by_verbs_alone(publications: Any, browse: Any, mail_in: Any) -> None:
    with watched() as by_doors:
        ticket = mail_in(publications, "Een vraag over een bericht", name="Joris Wending")
        client, at = browse(publications.bob), f"/publications/tickets/{ticket.number}"
        client.get("/publications/tickets")
        client.post(f"{at}/items", {"item": "family-name", "value": "Wending"})
        seen = client.get(at).context["ticket"].seen
        client.post(f"{at}/drafts", {"kind": "answer", "text": "Half"})
        client.post(f"{at}/answers", {"kind": "answer", "text": "Heel", "seen": seen})
        client.post(f"{at}/notes", {"kind": "note", "text": "Opzoeken"})
        client.post(f"{at}/assignment", {"to": publications.bob.handle})
        client.post(f"{at}/sorting", {"service": "regulations", "kind": "incident"})
        client.post(f"{at}/items/family-name/erasure")
        client.post("/publications/search", {"words": "bericht"})
        token = {"Authorization": f"Bearer {access.call_token('publications')}"}
        told = browse().post("/publications/calls/incoming", {"number": "020 123 4567"}, headers=token)
        client.post(told["Location"], {"reach": "phone", "number": "020 123 4567", "text": "Gebeld", "then": "close"})
        client.post(f"{at}/objections")
        client.get("/publications/register")
        client.post("/publications/sign-out")
    assert ticket.messages.count() == 3
    assert by_doors == []
