"""Where the mailboxes are: the file that BALIE_MAILBOXES names, read and checked, with one sentence for each fault."""

import re
import stat
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import SplitResult, unquote, urlsplit

import yaml
from django.conf import settings

from balie import register
from balie.kernel import Invalid, Sentence, sentence

KEYS = frozenset({"desk", "at", "password-file", "token-file", "after", "recipient-from", "certificates", "encryption"})
AFTER = re.compile(r"(seen|delete)|(move) +(\S.*)")
NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
FIELD = re.compile(r"[A-Za-z0-9-]{1,60}")
PORTS = {"imaps": 993, "imap": 143}


@dataclass(frozen=True)
class Connection:
    """One mailbox as the settings have it.

    encryption: `tls` from the first byte, `starttls`, or `none`. secret: the file with the password, or with an OAuth 2 access
    token (`token`). after: what becomes of a mail that was taken: `seen`, `move` (to the folder `target`), `delete`.
    recipient_from: the field in which this mailbox's own server writes for whom a mail was, or nothing.
    certificates: a file with the authorities to trust instead of the system's.
    """

    name: str
    desk: str
    kind: str  # imap, maildir
    after: str
    target: str = ""
    recipient_from: str = ""
    host: str = ""
    port: int = 0
    user: str = ""
    folder: str = ""
    encryption: str = ""
    secret: Path | None = None
    token: bool = False
    certificates: Path | None = None
    path: Path | None = None  # of a maildir


def configured() -> list[Connection]:
    """The mailboxes of the settings; none when there are none. Raises Invalid with one sentence for each fault."""
    found, faults = look()
    if faults:
        raise Invalid(Sentence("{faults}", {"faults": "\n".join(map(str, faults))}))
    return found


def look() -> tuple[list[Connection], list[Sentence]]:
    """The mailboxes that can be used, and what is wrong with the others."""
    path = settings.BALIE_MAILBOXES
    if path is None:
        return [], []
    try:
        entries = _entries(Path(path))
    except Invalid as wrong:
        return [], [wrong.sentence]
    found, faults = [], list[Sentence]()
    for name, entry in entries.items():
        try:
            found.append(_connection(str(name), entry))
        except Invalid as wrong:
            faults.append(sentence("Mailbox «{name}»: {fault}", name=name, fault=wrong.sentence))
    return found, [*faults, *_twice(found)]


def named(found: list[Connection], name: str) -> Connection:
    """The mailbox of that name. Raises Invalid with the names that there are."""
    for one in found:
        if one.name == name:
            return one
    known = [one.name for one in found] or ["none"]
    raise Invalid(sentence("There is no mailbox «{name}»; there are: {known}.", name=name, known=known))


def secret_of(connection: Connection) -> str:
    """The password or token, read anew each time. Raises Invalid when the file is not there, or not its owner's alone."""
    assert connection.secret is not None
    _closed(connection.secret)
    try:
        return connection.secret.read_text("utf-8").strip("\r\n")
    except (OSError, UnicodeDecodeError):
        raise Invalid(sentence("The file {path} cannot be read.", path=connection.secret)) from None


def _entries(path: Path) -> Mapping[object, object]:
    try:
        read = yaml.safe_load(path.read_text("utf-8"))
    except OSError as wrong:
        raise Invalid(
            sentence("{path} (BALIE_MAILBOXES) cannot be read: {why}.", path=path, why=wrong.strerror)
        ) from None
    except (UnicodeDecodeError, yaml.YAMLError) as wrong:
        mark = getattr(wrong, "problem_mark", None)
        line = mark.line + 1 if mark else 1
        raise Invalid(
            sentence("{path} (BALIE_MAILBOXES) is no YAML: look at line {line}.", path=path, line=line)
        ) from None
    if not isinstance(read or {}, dict):
        raise Invalid(sentence("{path} (BALIE_MAILBOXES) must name mailboxes, each with its settings.", path=path))
    return read or {}


def _connection(name: str, entry: object) -> Connection:
    if not NAME.fullmatch(name):
        raise Invalid(sentence("a name is up to 40 small letters, digits and dashes."))
    if not isinstance(entry, dict):
        raise Invalid(sentence("write its settings below it: desk, at, after."))
    for key in entry:
        if key not in KEYS:
            raise Invalid(sentence("there is no setting «{key}»; there are {keys}.", key=key, keys=sorted(KEYS)))
    given = {str(key): str(value) for key, value in entry.items()}
    kind, target = _after(given)
    at, desk = given.get("at", ""), _desk(given)
    found = Connection(name, desk, "imap", after=kind, target=target, recipient_from=_field(given))
    if at.startswith("maildir:"):
        return replace(found, kind="maildir", path=_maildir(at))
    return _imap(found, at, given)


def _desk(given: Mapping[str, str]) -> str:
    desk, known = given.get("desk", ""), register.desks()
    if desk not in known:
        raise Invalid(sentence("there is no desk «{desk}»; there are {known}.", desk=desk, known=known or ["none"]))
    if not register.mail_address(register.in_force(desk)):
        raise Invalid(sentence("the desk «{desk}» has no mail address in its settings.", desk=desk))
    return desk


def _after(given: Mapping[str, str]) -> tuple[str, str]:
    match = AFTER.fullmatch(given.get("after", "").strip())
    if not match:
        raise Invalid(
            sentence("say what becomes of a mail that was taken: after: delete, after: move FOLDER, or after: seen.")
        )
    return match[1] or match[2], match[3] or ""


def _field(given: Mapping[str, str]) -> str:
    field = given.get("recipient-from", "")
    if field and not FIELD.fullmatch(field):
        raise Invalid(sentence("recipient-from is the name of one field of a mail's head, as Delivered-To."))
    return field


def _maildir(at: str) -> Path:
    path = Path(unquote(urlsplit(at).path))
    if not path.is_absolute() or not (path / "new").is_dir() or not (path / "cur").is_dir():
        raise Invalid(sentence("{path} is no maildir: it has no folders new and cur.", path=path))
    return path


def _imap(found: Connection, at: str, given: Mapping[str, str]) -> Connection:
    url = _url(at)
    secret = given.get("token-file") or given.get("password-file")
    if not secret:
        raise Invalid(sentence("name the file with its password: password-file."))
    certificates = given.get("certificates")
    if certificates and not Path(certificates).is_file():
        raise Invalid(sentence("the file {path} is not there.", path=certificates))
    return replace(
        found,
        host=url.hostname or "",
        port=url.port or PORTS[url.scheme],
        user=unquote(url.username or ""),
        folder=unquote(url.path.strip("/")) or "INBOX",
        encryption=_encryption(url, given.get("encryption", "")),
        secret=_closed(Path(secret)),
        token="token-file" in given,
        certificates=Path(certificates) if certificates else None,
    )


def _url(at: str) -> SplitResult:
    try:
        url = urlsplit(at)
        fits = url.scheme in PORTS and url.hostname and url.username and (url.port is None or url.port > 0)
    except ValueError:
        fits = False
    if not fits:
        raise Invalid(sentence("say where it is: at: imaps://USER@HOST/FOLDER, or at: maildir:/PATH."))
    if url.password is not None:
        raise Invalid(sentence("a password does not stand in the address: put it into a file (password-file)."))
    return url


def _encryption(url: SplitResult, given: str) -> str:
    if given not in ("", "none") or (given and url.scheme == "imaps"):
        raise Invalid(sentence("encryption is «none», with imap://, or is left out."))
    if url.scheme == "imaps":
        return "tls"
    return "none" if given == "none" or _loopback(url.hostname or "") else "starttls"


def _loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _closed(path: Path) -> Path:
    """The path of a secret that nobody else can read and that no backup of the data holds."""
    try:
        mode = path.stat().st_mode
    except OSError:
        raise Invalid(sentence("the file {path} is not there.", path=path)) from None
    if stat.S_IMODE(mode) & 0o077:
        raise Invalid(
            sentence("others can read {path}: run `chmod 600` on it, and consider the password known.", path=path)
        )
    if path.resolve().is_relative_to(Path(settings.DATA).resolve()):
        raise Invalid(
            sentence("{path} lies in the data folder, so every backup of the data holds it: move it out.", path=path)
        )
    return path


def _twice(found: list[Connection]) -> Iterator[Sentence]:
    seen = dict[tuple[str, int, str, str, Path | None], str]()
    for one in found:
        other = seen.setdefault((one.host, one.port, one.user, one.folder, one.path), one.name)
        if other != one.name:
            yield sentence("Mailboxes «{one}» and «{other}» are the same place: keep one.", one=other, other=one.name)
