"""What all tests share: two desks in force, and the cast. Alice asks, Bob is her agent, Dora the privacy officer, Ada the
administrator; Charlie is an agent of the other desk and has no business here."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings as tried

# A machine that is busy with something else makes no test fail: what must be fast is measured by the benchmarks. The
# same examples each time, so that a change fails for what it changed; `EXPLORE=1` (and `make torture`) draws new ones.
tried.register_profile("patient", deadline=None, derandomize=not os.environ.get("EXPLORE"))
tried.load_profile("patient")

DATABASES = ["default", "keys"]
DESKS = ("publications", "citizens-advice")  # what most tests need; each desk more would cost every worker a second


@dataclass(frozen=True)
class Cast:
    """The people of one desk, each as one who acts."""

    desk: str
    bob: Any
    dora: Any
    ada: Any
    charlie: Any
    door: Any  # the software, taking in
    address: str


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> None:
    with django_db_blocker.unblock():
        make_desks()


def make_desks() -> None:
    """Two desks of the product, and the same people at each; a test that needs another makes it with `make_desk`."""
    for desk in DESKS:
        make_desk(desk)


def make_desk(desk: str) -> None:
    """A desk of the product in force, with Bob, Dora and Ada in all its teams."""
    from balie.config import demonstration
    from balie.kernel import Actor
    from balie.people import accounts

    demonstration.set_up_desk(desk)

    for name, role in (("Bob", "agent"), ("Dora", "privacy-officer"), ("Ada", "administrator")):
        accounts.appoint(
            name=name,
            email=f"{name.lower()}@{desk}.test",
            roles=[role],
            teams=list(_teams(desk)),
            password=demonstration.PASSWORD,
            one_time=one_time(name),
            actor=Actor.system("set-up", desk),
        )


def one_time(name: str) -> bytes:
    """The secret of somebody's one-time codes, twenty bytes as authenticators have it."""
    return (name.encode() * 20)[:20]


def _teams(desk: str) -> list[str]:
    from balie import register

    return list(register.in_force(desk).teams)


@pytest.fixture(autouse=True)
def _clean_after(request: pytest.FixtureRequest) -> Iterator[None]:
    """What a process remembers of keys and words must not outlive a test whose rows are rolled back."""
    yield
    if "db" not in request.fixturenames and "transactional_db" not in request.fixturenames:
        return
    from django.conf import settings

    from balie import vault
    from balie.desk import counting
    from balie.register import in_use
    from balie.vault import index

    in_use.forget_all()
    counting.forget()
    vault.forget()
    index.close()
    for left in Path(settings.BALIE_INDEX).parent.glob("*"):
        left.unlink()


@pytest.fixture
def publications(db: None) -> Cast:
    return cast_of("publications", other="citizens-advice")


@pytest.fixture
def advice(db: None) -> Cast:
    return cast_of("citizens-advice", other="publications")


@pytest.fixture
def telecom(db: None) -> Cast:
    make_desk("telecom")
    return cast_of("telecom", other="publications")


@pytest.fixture
def editors(db: None) -> Cast:
    make_desk("newsletter-editors")
    return cast_of("newsletter-editors", other="publications")


@pytest.fixture
def websites(db: None) -> Cast:
    make_desk("municipal-websites")
    return cast_of("municipal-websites", other="publications")


def cast_of(desk: str, *, other: str) -> Cast:
    from balie import register
    from balie.kernel import Actor

    return Cast(
        desk,
        _actor(desk, "bob"),
        _actor(desk, "dora"),
        _actor(desk, "ada"),
        _actor(other, "bob"),
        Actor.system("receive", desk),
        register.mail_address(register.in_force(desk)),
    )


def _actor(desk: str, name: str) -> Any:
    from balie import vault
    from balie.people import accounts
    from balie.people.models import Account

    lookup = vault.lookup(desk, "account", f"{name}@{desk}.test")
    return accounts.actor_of(Account.objects.get(desk=desk, lookup=lookup))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests that use the desks may touch both databases; long tests run only when asked for."""
    for item in items:
        names = set(getattr(item, "fixturenames", ()))
        if names & {"publications", "advice", "telecom", "editors", "websites", "db"} and not item.get_closest_marker(
            "django_db"
        ):
            item.add_marker(pytest.mark.django_db(databases=DATABASES))
