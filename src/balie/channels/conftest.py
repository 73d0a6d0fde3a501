"""What tests of the doors share: a browser without a screen, signed in as somebody, and mails that came in."""

from collections.abc import Callable
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as configured
from django.contrib.sessions.backends.db import SessionStore
from django.template import engines
from django.test import Client
from django.test.signals import template_rendered
from jinja2 import Template

Browse = Callable[..., Client]


class _Told(Template):
    """A template that tells the test client what it was given to show, as Django's own do."""

    def render(self, *values: Any, **more: Any) -> str:
        template_rendered.send(sender=self, template=self, context=dict(*values, **more))
        return super().render(*values, **more)


def _no_function(value: Any) -> Any:
    """A function where its value was meant would stand on the page as text."""
    assert not callable(value) or hasattr(value, "__html__"), value
    return value


@pytest.fixture(autouse=True, scope="session")
def _tell_what_is_shown() -> None:
    environment = engines["jinja2"].env  # type: ignore[attr-defined]
    environment.template_class = _Told
    environment.finalize = _no_function
    environment.cache.clear()


@pytest.fixture(autouse=True)
def _plain_static(request: pytest.FixtureRequest) -> None:
    """Static files under their own names: no test waits for them to be collected."""
    Path(configured.STATIC_ROOT).mkdir(parents=True, exist_ok=True)
    settings = request.getfixturevalue("settings")
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = {**settings.STORAGES, "staticfiles": plain}


@pytest.fixture
def browse(db: None) -> Browse:
    """`browse(actor)`: a client whose session is this actor's; `browse()` a stranger. language: what the browser asks for."""

    def made(actor: Any = None, *, language: str = "en") -> Client:
        client = Client(headers={"Accept-Language": language})
        if actor is not None:
            session = SessionStore()
            session["account"], session["desk"] = actor.handle, actor.desk
            session.save()
            client.cookies[configured.SESSION_COOKIE_NAME] = session.session_key or ""
        return client

    return made


@pytest.fixture
def bring_in(db: None) -> Callable[..., Any]:
    """`bring_in(cast, mail)`: a mail that was made elsewhere is accepted and read; its ticket."""

    def made(cast: Any, mail: EmailMessage, *, sender: str = "alice@example.org") -> Any:
        from balie.config import worker
        from balie.desk import arrivals
        from balie.desk.models import Ticket

        arrivals.take_in([arrivals.Delivery(sender, (cast.address,), mail.as_bytes())], actor=cast.door)
        worker.work_all()
        return Ticket.objects.visible_to(cast.door).order_by("-number").first()

    return made


@pytest.fixture
def mail_in(bring_in: Callable[..., Any]) -> Callable[..., Any]:
    """`mail_in(cast, text)`: a mail is accepted and read; its ticket."""

    def made(
        cast: Any, text: str, *, sender: str = "alice@example.org", name: str = "", subject: str = "A question"
    ) -> Any:
        from balie.config import demonstration

        mail = demonstration.mail_of(name, sender, cast.address, subject, text)
        return bring_in(cast, mail, sender=sender)

    return made
