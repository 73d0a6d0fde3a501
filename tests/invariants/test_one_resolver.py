"""Invariant 4, kept in, where a resolver is set: it is asked for what a mail's signature needs, and nobody else is asked."""

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from balie.channels.mail.provenance.tests.name_server import NameServer
from balie.channels.mail.provenance.tests.signing import record, rsa_key, signed
from tests.counter import deliver
from tests.installation import Installation
from tests.invariants.test_kept_in import LISTENER

pytestmark = pytest.mark.xdist_group("one_resolver")

KEY, RULE = "key1._domainkey.example.org", "_dmarc.example.org"


def test_the_resolver_of_the_settings_is_asked_and_nobody_else(
    settle: Callable[[Path], Installation], tmp_path: Path
) -> None:
    names, house, ear = NameServer(), settle(tmp_path / "house"), tmp_path / "ear"
    names.texts |= {KEY: [record(rsa_key())], RULE: ["v=DMARC1; p=reject"]}
    ear.mkdir()
    (ear / "sitecustomize.py").write_text(LISTENER)
    house.env |= {
        "PYTHONPATH": os.pathsep.join([str(ear), *filter(None, [house.env.get("PYTHONPATH")])]),
        "LISTENED": str(ear / "heard"),
        "BALIE_RESOLVER": f"{names.at[0]}:{names.at[1]}",
    }
    with house.serving():
        deliver(house, "publications", signed(), sender="alice@example.org")
        known = last_known(house)
        deliver(house, "publications", signed().replace(b"is broken", b"is yours"), sender="alice@example.org")
        changed = last_known(house)
        house.wait_until_sent()
    names.stop()
    assert (known["dkim"], known["dmarc"], known["by"], known["warnings"]) == ("pass", "pass", "ourselves", [])
    assert (changed["dkim"], changed["warnings"]) == ("fail", ["failed"])
    assert set(names.asked) == {KEY, RULE}
    events = [json.loads(line) for line in (ear / "heard").read_text().splitlines()]
    relay = int(house.env["BALIE_RELAY"].rpartition(":")[2])
    reached = {str(one["args"][-1]) for one in events if one["event"] in ("socket.connect", "socket.sendto")}
    assert str(names.at) in reached
    assert reached <= {str(("127.0.0.1", port)) for port in (house.http, house.smtp, relay, names.at[1])}
    looked_up = [one["args"][0] for one in events if one["event"].startswith(("socket.getaddr", "socket.gethost"))]
    assert set(looked_up) <= {"127.0.0.1", "0.0.0.0"}  # numbers, which no name server is asked for


def last_known(house: Installation) -> dict[str, Any]:
    query = "SELECT provenance FROM desk_message WHERE arrival IS NOT NULL ORDER BY rowid DESC LIMIT 1"
    return dict(json.loads(house.rows(query)[0][0]))
