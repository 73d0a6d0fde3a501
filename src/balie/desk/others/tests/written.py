"""Mails with others' data in them, for these tests."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from balie import jobs, register, vault
from balie.desk import intake, looking
from balie.desk.models import Attachment, Message, Others
from balie.desk.others import carrying_out
from balie.desk.tests.coming_in import mail
from balie.kernel import Actor
from balie.people import accounts

CAROL = "carol@example.org"
TEXT = f"Goedemorgen, mijn collega {CAROL} kan ook niet inloggen. Ik wel."
LIST = f"naam;adres\nCarol;{CAROL}\n".encode()
SUBJECT = f"Login van {CAROL}"


def case(cast: Any, text: str = TEXT, **more: Any) -> Others:
    """What was noticed in a mail's text."""
    return Others.objects.get(message=mail(cast, text, **more), attachment=None)


def file_case(
    cast: Any, content: bytes = LIST, *, name: str = "lijst.csv", kind: str = "text/csv", **more: Any
) -> Others:
    """What was noticed in a file."""
    message = mail(cast, more.pop("text", "Zie de bijlage."), files=(intake.File(name, content, kind),), **more)
    work()
    return Others.objects.get(attachment=message.attachments.get())


def work(*, later: timedelta = timedelta(seconds=16)) -> None:
    """What a worker does, a while later."""
    now = timezone.now() + later
    jobs.find()
    jobs.work(now)
    carrying_out.work(now=now)
    vault.finish()


def colleague(cast: Any) -> Any:
    """Eve, another agent of the same desk."""
    teams = list(register.in_force(cast.desk).teams)
    made, _ = accounts.appoint(
        name="Eve",
        email=f"eve@{cast.desk}.test",
        roles=["agent"],
        teams=teams,
        password="x" * 20,
        actor=Actor.system("set-up", cast.desk),
    )
    return accounts.actor_of(made)


def again(one: Others) -> Others:
    return Others.objects.get(pk=one.pk)


def found(cast: Any, words: str) -> list[int]:
    return [one.number for one in looking.search(words, actor=cast.bob)]


def whole(cast: Any) -> bytes:
    """Every value that can still be opened anywhere at the desk, raw mails and files too, in one."""
    values = vault.Reading(cast.door, "others.looked-for").open([one.handle for one in vault.describe(cast.desk)])
    texts = [
        value if isinstance(value, bytes) else value.encode()
        for value in values.values()
        if isinstance(value, str | bytes)
    ]
    return b"\n".join(texts)


def content(cast: Any, file: Attachment) -> object:
    handle = Attachment.objects.get(pk=file.pk).content
    return vault.Reading(cast.door, "x.y").open([handle]).get(handle)


def text_of(cast: Any, message: Message) -> str:
    return vault.Reading(cast.door, "x.y").text(Message.objects.get(pk=message.pk).text)
