"""Accounts of staff: name and address and nothing more, made and ended by an administrator, and nothing of them in clear."""

import base64
from datetime import timedelta
from typing import Any

import pytest
from django.db import connections
from django.utils import timezone

from balie import register, vault
from balie.config.demonstration import PASSWORD
from balie.evidence.models import Entry
from balie.jobs import registry
from balie.kernel import Actor, Conflict, Invalid, Refused
from balie.people import accounts, sign_in
from balie.people.models import Account, FailedSignIn, Membership, Person

NAME, EMAIL = "Quirina Zwaardvisser", "quirina.zwaardvisser@example.org"


def appoint(cast: Any, **changed: Any) -> tuple[Account, accounts.Secrets]:
    asked: dict[str, Any] = {
        "name": NAME,
        "email": EMAIL,
        "roles": ["agent"],
        "teams": list(register.in_force(cast.desk).teams)[:1],
    }
    return accounts.appoint(**{**asked, "actor": cast.ada, **changed})


def test_an_administrator_appoints_and_the_newcomer_signs_in_with_what_was_told_once(publications: Any) -> None:
    account, told = appoint(publications)
    now = timezone.now()
    handle = sign_in.present(publications.desk, email=EMAIL, password=told.password, source="here", now=now)
    assert (
        sign_in.confirm(publications.desk, handle, code=sign_in.code_of(told.one_time, now), source="here", now=now)
        == account
    )
    assert len(told.password) >= accounts.SHORTEST_PASSWORD
    assert len(told.one_time) == 20


def test_of_staff_name_and_address_are_kept_and_secrets_apart_nothing_more(publications: Any) -> None:
    account, _ = appoint(publications)
    kept = vault.describe(publications.desk, held_by=[account.handle])
    assert sorted(one.item for one in kept) == ["email", "name", "sign-in-secret", "sign-in-secret"]
    assert {one.activity for one in kept} == {"agents"}
    assert all(vault.about(publications.desk, [one.handle]) == [account.handle] for one in kept)
    opened = vault.Reading(publications.bob, "account.looked-at").open([account.name, account.email])
    assert set(opened.values()) == {NAME, EMAIL}


def test_appointing_is_in_the_evidence_without_a_name(publications: Any) -> None:
    account, _ = appoint(publications)
    told = Entry.objects.filter(ref=account.handle).get()
    assert (told.act, told.actor, told.about) == ("account.appointed", str(publications.ada), [account.handle.hex])
    assert told.activity == "/register/publications/agents/versions/1"
    assert told.facts == {}


@pytest.mark.parametrize("who", ["bob", "dora", "door"])
def test_nobody_but_an_administrator_makes_or_ends_accounts(publications: Any, who: str) -> None:
    with pytest.raises(Refused, match="Only an administrator"):
        appoint(publications, actor=getattr(publications, who))
    with pytest.raises(Refused, match="Only an administrator"):
        accounts.end(accounts.account_of(publications.bob), actor=getattr(publications, who))
    assert not Account.objects.filter(lookup=vault.lookup(publications.desk, "account", EMAIL)).exists()


def test_an_administrator_of_the_other_desk_ends_nobody_here(publications: Any, advice: Any) -> None:
    with pytest.raises(Refused, match="There is no such account"):
        accounts.end(accounts.account_of(publications.bob), actor=advice.ada)
    assert accounts.account_of(publications.bob).ended_at is None


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"name": "  "}, "give both"),
        ({"email": ""}, "give both"),
        ({"email": "no address"}, "give both"),
        ({"roles": ["agent", "king"]}, "«king» is no role"),
        ({"teams": ["advisers-of-elsewhere"]}, "is no team of this desk"),
        ({"password": "short"}, "12 signs or more"),
        ({"one_time": b"fifteen bytes.."}, "16 bytes or more"),
    ],
)
def test_what_does_not_fit_is_said_in_a_sentence_and_nothing_is_made(
    publications: Any, changed: dict[str, Any], sentence: str
) -> None:
    before = Account.objects.count(), Person.objects.count(), sum(1 for _ in vault.all_of(publications.desk))
    with pytest.raises(Invalid, match=sentence):
        appoint(publications, **changed)
    assert (Account.objects.count(), Person.objects.count(), sum(1 for _ in vault.all_of(publications.desk))) == before


def test_an_address_is_used_once_at_a_desk_whatever_its_capitals_and_again_at_another(
    publications: Any, advice: Any
) -> None:
    appoint(publications)
    with pytest.raises(Conflict, match="an account with this address already"):
        appoint(publications, email=f" {EMAIL.upper()} ")
    appoint(advice)


def test_what_an_account_may_see_follows_from_its_teams_and_the_settings(publications: Any) -> None:
    account, _ = appoint(publications, roles=["privacy-officer", "agent"], teams=["servicedesk"])
    actor = accounts.actor_of(account)
    assert actor.roles == {"agent", "privacy-officer"}
    assert actor.covers == {"service-desk", "account-requests", "agents/work"}
    Membership.objects.filter(account=account).update(team="a-team-that-was")
    assert accounts.actor_of(account).covers == frozenset()


def test_an_ended_account_acts_no_more_and_its_data_are_due_at_once(publications: Any) -> None:
    account, _ = appoint(publications)
    actor = accounts.actor_of(account)
    accounts.end(account, actor=publications.ada)
    with pytest.raises(Refused, match="Only a member of staff"):
        accounts.account_of(actor)
    assert account not in accounts.staff(publications.desk)
    due = {handle for handle, *_ in vault.due(publications.desk, timezone.now())}
    assert due == {one.handle for one in vault.describe(publications.desk, held_by=[account.handle])}
    assert Entry.objects.filter(act="account.ended", ref=account.handle).exists()


def test_whose_an_ended_account_was_is_forgotten_with_its_data_and_the_address_is_free_again(publications: Any) -> None:
    registry.find()
    account, _ = appoint(publications)
    accounts.end(account, actor=publications.ada)
    registry.known("people.forget")({})
    assert accounts.is_known(
        publications.desk, vault.lookup(publications.desk, "account", EMAIL)
    )  # its data are there still
    vault.erase(
        [handle for handle, *_ in vault.due(publications.desk, timezone.now())], actor=publications.door, why="employed"
    )
    registry.known("people.forget")({})
    assert not accounts.is_known(publications.desk, vault.lookup(publications.desk, "account", EMAIL))
    again, _ = appoint(publications)
    assert again.handle != account.handle


@pytest.mark.parametrize("who", ["door", "charlie"])
def test_only_staff_of_the_desk_have_an_account_here(publications: Any, who: str) -> None:
    actor = getattr(publications, who)
    stranger = Actor(actor.kind, actor.handle, publications.desk, actor.roles)
    with pytest.raises(Refused, match="Only a member of staff"):
        accounts.account_of(stranger)


def test_no_column_of_any_table_of_people_holds_a_name_an_address_or_a_secret(publications: Any) -> None:
    _, told = appoint(publications)
    with pytest.raises(Refused):
        sign_in.present(publications.desk, email=EMAIL, password="wrong wrong wrong", source="192.0.2.77")
    assert FailedSignIn.objects.exists()
    planted = [
        NAME,
        "Quirina",
        "Zwaardvisser",
        EMAIL,
        "zwaardvisser",
        told.password,
        told.one_time.hex(),
        "192.0.2.77",
        PASSWORD,
    ]
    planted += [base64.b64encode(one.encode()).decode().rstrip("=") for one in planted]
    tables = [name for name in connections["default"].introspection.table_names() if name.startswith("people_")]
    assert len(tables) == 4
    for table in tables:
        with connections["default"].cursor() as cursor:
            rows = cursor.execute(f"SELECT * FROM {table}").fetchall()
        assert rows, table
        whole = b"\n".join(one if isinstance(one, bytes) else str(one).encode() for row in rows for one in row).lower()
        for word in planted:
            assert word.lower().encode() not in whole, (table, word)
            assert word.lower().encode("utf-16-le") not in whole, (table, word)


def test_an_account_that_began_long_ago_still_has_no_end(publications: Any) -> None:
    account = accounts.account_of(publications.bob)
    Account.objects.filter(pk=account.pk).update(began_at=timezone.now() - timedelta(days=10_000))
    assert vault.due(publications.desk, timezone.now()) == []


def test_a_name_of_staff_is_known_by_look_up_while_the_account_lasts(publications: Any, advice: Any) -> None:
    account, _ = appoint(publications)
    assert accounts.is_called(NAME, actor=publications.door)
    assert accounts.is_called(f"  {NAME.upper()} ", actor=publications.door)
    assert not accounts.is_called(NAME.split()[0], actor=publications.door)
    assert not accounts.is_called(NAME, actor=advice.door)
    accounts.end(account, actor=publications.ada)
    assert not accounts.is_called(NAME, actor=publications.door)
