"""Real mail servers for a test: the system's Dovecot and Postfix, with settings of their own, on loopback ports of their own."""

import grp
import os
import pwd
import shutil
import smtplib
import socket
import ssl
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from imapclient import IMAPClient

from tests.installation import free_port

PASSWORD = "päss-wörd"
SYSTEM = f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin"
NOBODY = pwd.getpwnam("nobody").pw_uid


def dovecot_missing() -> str:
    """Why there is no Dovecot to test with, or nothing."""
    programme = shutil.which("dovecot", path=SYSTEM)
    if programme is None:
        return "no Dovecot on this machine (tools/mail_servers.sh installs it)"
    said = subprocess.run([programme, "--version"], capture_output=True, text=True, check=True).stdout
    return "" if said.startswith("2.3.") else f"these settings are for Dovecot 2.3, here is {said.split()[0]}"


def postfix_missing() -> str:
    """Why there is no Postfix to test with, or nothing."""
    if shutil.which("postfix", path=SYSTEM) is None:
        return "no Postfix on this machine (tools/mail_servers.sh installs it)"
    return "" if os.geteuid() == 0 else "Postfix can only be started by root"


@contextmanager
def a_folder() -> Iterator[Path]:
    """A folder that the servers' own users can reach, with a short name, since sockets lie in it."""
    folder = Path(tempfile.mkdtemp(prefix="balie-mail-"))
    folder.chmod(0o755)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


class Dovecot:
    """An IMAP server. Accounts come into being when they sign in; every one has the same password."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.plain, self.tls = folder, free_port(), free_port()
        self.mail = folder / "mail"
        self.mail.mkdir(mode=0o777)
        self.mail.chmod(0o777)
        self.authority = certificate(folder)
        (folder / "dovecot.conf").write_text(self._settings())

    @contextmanager
    def serving(self) -> Iterator["Dovecot"]:
        command = [str(shutil.which("dovecot", path=SYSTEM)), "-F", "-c", str(self.folder / "dovecot.conf")]
        process = subprocess.Popen(command, stderr=subprocess.DEVNULL)
        try:
            wait(lambda: answers(self.plain) and answers(self.tls), self.log)
            yield self
        finally:
            process.terminate()
            process.wait(20)

    @contextmanager
    def account(self, user: str) -> Iterator[IMAPClient]:
        """What a person does in the mailbox."""
        with IMAPClient("127.0.0.1", self.plain, ssl=False) as client:
            client.plain_login(user, PASSWORD)
            yield client

    def put(self, user: str, *mails: bytes, folder: str = "INBOX", flags: tuple[bytes, ...] = ()) -> None:
        with self.account(user) as client:
            if not client.folder_exists(folder):
                client.create_folder(folder)
            for mail in mails:
                client.append(folder, mail, flags)

    def contents(self, user: str, folder: str = "INBOX") -> list[tuple[bytes, set[bytes]]]:
        """Each mail of a folder with its flags."""
        with self.account(user) as client:
            client.select_folder(folder, readonly=True)
            found = client.fetch(client.search(["ALL"]), ["BODY.PEEK[]", "FLAGS"])
            return [(one[b"BODY[]"], set(one[b"FLAGS"]) - {b"\\Recent"}) for _, one in sorted(found.items())]

    def renumber(self, user: str) -> None:
        """All mails get other numbers, and the folder another UIDVALIDITY: as when a server was restored or moved."""
        for path in (self.mail / user).glob("dovecot*"):
            path.unlink()
        time.sleep(1.1)  # the new UIDVALIDITY is the time in seconds

    def log(self) -> str:
        path = self.folder / "dovecot.log"
        return path.read_text("utf-8", "replace")[-3000:] if path.exists() else ""

    def _settings(self) -> str:
        root = os.geteuid() == 0
        who = pwd.getpwuid(os.geteuid())
        me, ours = who.pw_name, grp.getgrgid(who.pw_gid).gr_name
        own = NOBODY if root else os.geteuid()
        users = (
            ""
            if root
            else f"default_internal_user = {me}\ndefault_login_user = {me}\ndefault_internal_group = {ours}\n"
        )
        return f"""
base_dir = {self.folder}/run
state_dir = {self.folder}/state
log_path = {self.folder}/dovecot.log
{users}
protocols = imap
listen = 127.0.0.1
ssl = yes
ssl_cert = <{self.folder}/server.pem
ssl_key = <{self.folder}/server.key
auth_mechanisms = plain login
disable_plaintext_auth = no
mail_location = maildir:{self.mail}/%n
first_valid_uid = 1
mail_max_userip_connections = 100
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {self.plain}
  }}
  inet_listener imaps {{
    port = {self.tls}
    ssl = yes
  }}
}}
service anvil {{
  chroot =
}}
passdb {{
  driver = static
  args = password={PASSWORD}
}}
userdb {{
  driver = static
  args = uid={own} gid={own} home={self.mail}/%n
}}
"""


class Postfix:
    """A mail server with doors of its own. routes: where the mail of an address goes, `smtp:[127.0.0.1]:2525` or `virtual:`."""

    def __init__(self, folder: Path, *, mail: Path, routes: dict[str, str]) -> None:
        self.folder, self.port = folder / "postfix", free_port()
        for name in ("", "queue", "data"):
            (self.folder / name).mkdir(mode=0o755)
        shutil.chown(self.folder / "data", "postfix")
        domains = sorted({address.rpartition("@")[2] for address in routes})
        boxes = [address for address, route in routes.items() if route == "virtual:"]
        self._write("transport", "".join(f"{address} {route}\n" for address, route in routes.items()))
        self._write("boxes", "".join(f"{address} {address.partition('@')[0]}/\n" for address in boxes))
        self._write("main.cf", self._main(mail, domains))
        self._write("master.cf", self._services())

    @contextmanager
    def serving(self) -> Iterator["Postfix"]:
        self._postfix("start")
        try:
            wait(lambda: answers(self.port), self.log)
            yield self
        finally:
            self._postfix("stop")

    def send(self, raw: bytes, *, sender: str, to: str) -> None:
        with smtplib.SMTP("127.0.0.1", self.port, local_hostname="localhost", timeout=20) as server:
            server.sendmail(sender, [to], raw)

    def log(self) -> str:
        path = self.folder / "data" / "log"
        return path.read_text("utf-8", "replace")[-4000:] if path.exists() else ""

    def _postfix(self, command: str) -> None:
        done = subprocess.run(
            [str(shutil.which("postfix", path=SYSTEM)), "-c", str(self.folder), command],
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )
        assert done.returncode == 0, done.stderr + self.log()

    def _write(self, name: str, text: str) -> None:
        (self.folder / name).write_text(text)

    def _main(self, mail: Path, domains: list[str]) -> str:
        return f"""
compatibility_level = 3.6
queue_directory = {self.folder}/queue
data_directory = {self.folder}/data
maillog_file = {self.folder}/data/log
maillog_file_prefixes = {self.folder}
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
myhostname = mail.example.test
mydestination =
mynetworks = 127.0.0.0/8
alias_maps =
alias_database =
recipient_delimiter = +
virtual_mailbox_domains = {" ".join(domains)}
virtual_mailbox_base = {mail}
virtual_mailbox_maps = texthash:{self.folder}/boxes texthash:{self.folder}/transport
virtual_minimum_uid = 1
virtual_uid_maps = static:{NOBODY}
virtual_gid_maps = static:{NOBODY}
transport_maps = texthash:{self.folder}/transport
smtp_dns_support_level = disabled
smtp_tls_security_level = none
smtpd_tls_security_level = none
message_size_limit = 0
mailbox_size_limit = 0
virtual_mailbox_limit = 0
minimal_backoff_time = 1s
maximal_backoff_time = 2s
queue_run_delay = 1s
"""

    def _services(self) -> str:
        within = ("bounce", "trivial-rewrite", "smtp", "error", "proxymap", "verify", "tlsmgr", "anvil", "scache")
        names = {"trivial-rewrite": "rewrite"}
        lines = [f"127.0.0.1:{self.port} inet n - n - - smtpd", "postlog unix-dgram n - n - 1 postlogd"]
        lines += ["pickup unix n - n 60 1 pickup", "qmgr unix n - n 1 1 qmgr"]
        lines += ["virtual unix - n n - - virtual"]  # writes as the owner of the mailboxes
        lines += [f"{one} unix n - n - 0 {one}" for one in ("cleanup", "flush", "showq")]
        lines += [f"{names.get(one, one)} unix - - n - - {one}" for one in within]
        lines += [f"{name} unix - - n - 0 bounce" for name in ("defer", "trace")]
        lines += ["retry unix - - n - - error", "relay unix - - n - - smtp"]
        return "\n".join(lines) + "\n"


def certificate(folder: Path) -> Path:
    """A certificate for 127.0.0.1 and localhost; the file of the authority that vouches for it."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=30))
        .add_extension(
            x509.SubjectAlternativeName([x509.DNSName("localhost"), x509.IPAddress(ip_address("127.0.0.1"))]), False
        )
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), True)
        .sign(key, hashes.SHA256())
    )
    (folder / "server.pem").write_bytes(made.public_bytes(serialization.Encoding.PEM))
    (folder / "server.key").write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    return folder / "server.pem"


def answers(port: int) -> bool:
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=1):
            return True
    except OSError:
        return False


def wait(done: Callable[[], object], log: Callable[[], str], *, seconds: float = 20) -> None:
    end = time.monotonic() + seconds
    while not done():
        assert time.monotonic() < end, f"waited in vain: {log()}"
        time.sleep(0.02)


def server_context(folder: Path) -> ssl.SSLContext:
    """For a server of our own with the certificate that lies in a folder."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "server.pem", folder / "server.key")
    return context
