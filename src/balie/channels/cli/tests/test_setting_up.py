"""An administrator sets up a desk: its register, its first people, its telephone; and the doctor looks at the whole."""

import io
import sys
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.conf import LazySettings, settings

from balie import register, vault
from balie.people import accounts
from balie.people.models import Account

DESKS = Path(register.__file__).parent.parent / "desks"


@pytest.fixture
def annex(publications: Any, tmp_path: Path) -> Path:
    """The publication office's register for a desk that is new."""
    for kind in ("", ".desk", ".answers"):
        text = (DESKS / f"publications{kind}.yaml").read_text("utf-8")
        (tmp_path / f"annex{kind}.yaml").write_text(text.replace("desk: publications", "desk: annex"), "utf-8")
    return tmp_path / "annex.yaml"


def test_a_new_desk_is_put_in_force_from_its_files(balie: Any, annex: Path) -> None:
    said = balie("desk", "adopt", annex)
    assert said.out.strip() == "Version 1 of the register of «annex» is in force."
    assert "annex" in register.desks()
    assert vault.signer_for("annex").origin == "balie/annex/evidence"
    assert balie("desk", "adopt", annex).out == said.out  # the same again changes nothing
    assert {one["desk"] for one in balie("desk", "list", "--json").json} == {"annex", "citizens-advice", "publications"}


def test_a_register_with_a_fault_is_not_put_in_force(balie: Any, annex: Path) -> None:
    annex.write_text(annex.read_text("utf-8").replace("keep: handled", "keep: nowhere", 1), "utf-8")
    said = balie("desk", "adopt", annex)
    assert said.status == 1
    assert "annex" not in register.desks()


def test_a_check_names_file_and_line_and_ends_with_one_for_a_fault(balie: Any, annex: Path) -> None:
    sound = balie("register", "check", annex)
    assert sound.status == 0
    assert sound.out.startswith("doubt: annex.yaml, line ")
    annex.write_text(annex.read_text("utf-8").replace("keep: handled", "keep: nowhere", 1), "utf-8")
    broken = balie("register", "check", annex, "--json")
    assert broken.status == 1
    assert any(one["level"] == "fault" and one["line"] > 1 for one in broken.json)


def test_a_file_that_is_no_register_is_one_sentence(balie: Any, tmp_path: Path) -> None:
    (tmp_path / "list.yaml").write_text("- one\n- two\n")
    said = balie("register", "check", tmp_path / "list.yaml")
    assert said.status == 1
    assert "here stands no register" in said.out


def test_the_first_administrator_gets_a_password_and_a_secret_once(balie: Any, publications: Any) -> None:
    said = balie(
        "staff", "appoint", "publications", "--name", "Eve New", "--email", "eve@publications.test", "--role", "agent"
    )
    password, authenticator = (line.partition(": ")[2] for line in said.out.splitlines())
    uri = urlsplit(authenticator)
    assert (uri.scheme, uri.netloc) == ("otpauth", "totp")
    assert len(parse_qs(uri.query)["secret"][0]) == 32
    account = Account.objects.latest("began_at")
    assert account.role_set == {"agent"}
    assert len(password) >= accounts.SHORTEST_PASSWORD
    again = balie("staff", "appoint", "publications", "--name", "Eve New", "--email", "eve@publications.test")
    assert again.err == "There is an account with this address already."


def test_name_and_address_can_be_typed_instead(balie: Any, publications: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO("eve@publications.test\nEve New\n"))
    said = balie("staff", "appoint", "publications")
    assert said.status == 0
    assert Account.objects.latest("began_at").role_set == {"administrator"}
    monkeypatch.setattr(sys, "stdin", io.StringIO(""))
    assert balie("staff", "appoint", "publications").err == "E-mail address is needed: nothing was done."


def test_a_desk_with_a_telephone_has_a_token_that_is_its_own(balie: Any, advice: Any) -> None:
    first, again = balie("phone", "token", "citizens-advice").out, balie("phone", "token", "citizens-advice").out
    assert first == again
    assert len(first.strip()) == 16
    assert balie("phone", "token", "nowhere").status == 1


def test_the_doctor_says_that_the_installation_stands_and_where_the_key_is(
    balie: Any, publications: Any, tmp_path: Path
) -> None:
    said = balie("doctor", "--json")
    levels = {(one["subject"], one["level"]) for one in said.json}
    assert ("master key", "ok") in levels
    assert ("tables", "ok") in levels
    assert ("mail", "warning") in levels  # no relay in tests
    assert said.status == 0, said.out


@pytest.fixture
def key_in_a_file(settings: LazySettings, publications: Any, tmp_path: Path) -> Path:
    """The master key in a file on the same disk as the data, and not in the environment."""
    path = tmp_path / "master.key"
    path.write_text(settings.BALIE_MASTER_KEY)
    path.chmod(0o600)
    settings.BALIE_MASTER_KEY, settings.BALIE_MASTER_KEY_FILE = "", path
    vault.forget()
    return path


def test_a_master_key_on_the_same_disk_is_a_warning_and_in_the_data_a_fault(
    balie: Any, key_in_a_file: Path, settings: LazySettings
) -> None:
    said = balie("doctor")
    assert "same disk" in said.out
    settings.DATA = key_in_a_file.parent
    assert "every backup of the data opens itself" in balie("doctor").out


def test_a_master_key_that_others_can_read_or_that_is_gone_is_a_fault(balie: Any, key_in_a_file: Path) -> None:
    key_in_a_file.chmod(0o644)
    vault.forget()
    assert "chmod 600" in balie("doctor").out
    key_in_a_file.unlink()
    vault.forget()
    said = balie("doctor")
    assert said.status == 1
    assert "There is no master key" in said.out


def test_the_settings_of_the_tests_are_left_as_they_were() -> None:
    assert settings.BALIE_MASTER_KEY
