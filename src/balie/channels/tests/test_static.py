"""Style, script, fonts and icons are our own files, as they were built, with their licences beside them."""

import hashlib
import json
import re
from pathlib import Path

import pytest

from balie.channels import provenance, tags
from balie.channels.console import attached, mail, messages, pages

PACKAGE = Path(tags.__file__).parent.parent
STATIC = PACKAGE / "static"
VERSIONS = json.loads((STATIC / "vendor" / "versions.json").read_text())


@pytest.mark.parametrize("package", sorted(VERSIONS))
def test_what_comes_from_elsewhere_is_as_it_was_built_and_has_its_licence(package: str) -> None:
    files = VERSIONS[package]["files"]
    for name, digest in files.items():
        assert hashlib.sha256((STATIC / "vendor" / name).read_bytes()).hexdigest() == digest
    assert any(name.endswith("LICENSE.txt") for name in files)
    assert VERSIONS[package]["version"]


def test_every_icon_that_is_drawn_is_in_the_sprite_and_no_other() -> None:
    sprite = set(re.findall(r'id="i-([a-z0-9-]+)"', (STATIC / "vendor" / "icons" / "icons.svg").read_text()))
    used = {icon for _name, icon, _empty, _after in pages.VIEWS.values()} | {"photo", "file"}
    used |= {shape for _colour, shape, _word in tags.STATES.values()}
    used |= {"message", "user-off", "hourglass", "arrow-forward-up", "world-off"}  # drawn by the notice in short
    used |= {icon for _type, _ends, icon, _word in attached._KINDS}
    states = (*mail._SENT_STATES.values(), *mail._DELIVERIES.values(), mail._READ, mail._UNREADABLE, mail._WAITS)
    used |= {icon for _colour, icon, _word in states}
    used |= {provenance.told(codes).icon for codes in ({}, {"dmarc": "pass"}, {"warnings": ["failed"]})}
    used |= {icon for icon, _said in messages._DELIVERY.values()}
    used |= {"info-circle", "filter"}  # what a notice has that names no other; what a kept view has
    for template in (PACKAGE / "channels" / "templates").rglob("*.html"):
        used |= set(re.findall(r'(?:icon\(|shape=)"([a-z0-9-]+)"', template.read_text()))
    own = {"hatch-box", "late"}  # our status shapes that no page needs yet
    assert used <= sprite
    assert sprite - used <= own


def test_no_style_or_script_names_another_host() -> None:
    for path in (STATIC / "balie.css", STATIC / "tokens.css", *STATIC.glob("js/*.js")):
        assert "//" not in re.sub(r"^\s*//.*$|/\*.*?\*/|https://www\.w3\.org", "", path.read_text(), flags=re.M | re.S)
