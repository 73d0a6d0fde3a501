"""What a desk's root key yields: the same at every start, different for each desk, purpose and value."""

from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from balie import vault
from balie.kernel import Invalid
from balie.vault.keys.models import DeskKey


def test_a_lookup_is_sixteen_bytes_that_stay_the_same_and_differ_for_all_else(publications: Any) -> None:
    one = vault.lookup("publications", "account", "alice@example.org")
    vault.forget()
    assert vault.lookup("publications", "account", "alice@example.org") == one
    others = {
        vault.lookup("publications", "account", "alice@example.com"),
        vault.lookup("publications", "arrival", "alice@example.org"),
        vault.lookup("citizens-advice", "account", "alice@example.org"),
    }
    assert len(one) == 16
    assert len(others) == 3
    assert one not in others


def test_a_token_is_sixteen_letters_and_digits_that_a_mail_address_can_carry(publications: Any) -> None:
    token = vault.token("publications", "ticket", "0198")
    assert len(token) == 16
    assert set(token) <= set("abcdefghijklmnopqrstuvwxyz234567")
    assert token != vault.token("publications", "ticket", "0199")
    assert token != vault.token("citizens-advice", "ticket", "0198")


def test_each_desk_signs_with_a_key_of_its_own_the_same_after_every_start(publications: Any) -> None:
    one, other = vault.signer_for("publications"), vault.signer_for("citizens-advice")
    assert one.public_key != other.public_key
    Ed25519PublicKey.from_public_bytes(one.public_key).verify(one.sign(b"checkpoint"), b"checkpoint")
    vault.forget()
    assert vault.signer_for("publications").public_key == one.public_key
    assert one.origin == "balie/publications/evidence"


def test_the_desks_keys_differ_and_are_sealed_for_their_desk(publications: Any) -> None:
    rows = dict(DeskKey.objects.values_list("desk", "sealed"))
    assert len({bytes(sealed) for sealed in rows.values()}) == len(rows) == 2
    DeskKey.objects.filter(desk="publications").update(sealed=rows["citizens-advice"])
    vault.forget()
    with pytest.raises(Invalid, match="not the one with which the data were sealed"):
        vault.lookup("publications", "account", "x")
