"""A mail server on a real socket that behaves as it is told, also badly: puts off, hangs, hangs up, asks for TLS and a password."""

import datetime
import socket
import ssl
import threading
from contextlib import suppress
from pathlib import Path
from typing import Self

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

GREETING, EHLO, MAIL, RCPT, DATA, DOT = "greeting", "EHLO", "MAIL", "RCPT", "DATA", "dot"
HANG, CLOSE = "hang", "close"


class Server:
    """`says[point]` is what it answers there instead of yes, once for each entry of the list, then yes again.

    A point is a command, or a recipient's address. `HANG` waits until the end, `CLOSE` closes at once, a number waits so many seconds
    and says yes, `("keep", CLOSE)` at the dot keeps the mail first. certificate: a PEM file; then STARTTLS is offered, or
    TLS spoken from the first byte with `implicit`.
    """

    def __init__(
        self,
        *,
        certificate: Path | None = None,
        implicit: bool = False,
        user: str = "",
        password: str = "",
        utf8: bool = False,
    ) -> None:
        self.says: dict[str, list[object]] = {}
        self.mails: list[tuple[str, list[str], bytes]] = []
        self.dialogues, self.signed_in, self.in_clear = 0, 0, 0
        self._user, self._password, self._utf8 = user, password, utf8
        self._implicit = implicit
        self._context = None
        if certificate:
            self._context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            self._context.load_cert_chain(certificate)
        self._over, self._let_go = threading.Event(), threading.Event()
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._listening.getsockname()[1])
        self._threads = [threading.Thread(target=self._listen, daemon=True)]

    def __enter__(self) -> Self:
        self._threads[0].start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self.let_go()
        with suppress(OSError):
            self._listening.shutdown(socket.SHUT_RDWR)
        self._listening.close()
        for one in self._threads:
            one.join(10)

    def let_go(self) -> None:
        """Who hangs hangs up; the server goes on."""
        self._let_go.set()

    def _listen(self) -> None:
        while not self._over.is_set():
            try:
                sock, _ = self._listening.accept()
            except OSError:
                return
            self.dialogues += 1
            thread = threading.Thread(target=self._talk, args=[sock], daemon=True)
            self._threads.append(thread)
            thread.start()

    def _talk(self, sock: socket.socket) -> None:
        dialogue = None
        with suppress(OSError, _Over):
            if self._implicit and self._context:
                sock = self._context.wrap_socket(sock, server_side=True)
            dialogue = _Dialogue(self, sock)
            dialogue.run()
        if dialogue:
            dialogue.end()
        sock.close()


class _Over(Exception):  # noqa: N818 - the end of a dialogue
    pass


class _Dialogue:
    def __init__(self, server: Server, sock: socket.socket) -> None:
        self.server, self.sock, self.file = server, sock, sock.makefile("rb")
        self.sender, self.recipients, self.let_in = "", list[str](), not server._user

    def run(self) -> None:
        self._answer(GREETING, "220 server")
        while line := self.file.readline():
            command = line.decode("utf-8", "replace").strip()
            name = command[:4].upper()
            if name == "QUIT":
                self._say("221 bye")
                return
            getattr(self, f"_{name.lower()}", self._other)(command)

    def end(self) -> None:
        for one in (self.file, self.sock):
            with suppress(OSError):
                one.close()

    def _ehlo(self, command: str) -> None:
        offers = ["server", "SIZE 50000000"]
        if self.server._context and not isinstance(self.sock, ssl.SSLSocket):
            offers.append("STARTTLS")
        if self.server._user:
            offers.append("AUTH PLAIN")
        if self.server._utf8:
            offers.append("SMTPUTF8")
        lines = [f"250{' ' if one == offers[-1] else '-'}{one}" for one in offers]
        self._answer(EHLO, "\r\n".join(lines))

    def _star(self, command: str) -> None:
        assert self.server._context
        self._say("220 go ahead")
        self.file.close()
        self.sock = self.server._context.wrap_socket(self.sock, server_side=True)
        self.file = self.sock.makefile("rb")

    def _auth(self, command: str) -> None:
        import base64

        given = base64.b64decode(command.split()[2]).split(b"\0")[1:]
        self.let_in = given == [self.server._user.encode(), self.server._password.encode()]
        self.server.signed_in += self.let_in
        self.server.in_clear += not isinstance(self.sock, ssl.SSLSocket)
        self._say("235 2.7.0 welcome" if self.let_in else "535 5.7.8 not you")

    def _mail(self, command: str) -> None:
        self.sender, self.recipients = command.partition(":")[2].split()[0].strip("<>"), []
        self._answer(MAIL, "250 2.1.0 ok" if self.let_in else "530 5.7.0 sign in first")

    def _rcpt(self, command: str) -> None:
        address = command.partition(":")[2].split()[0].strip("<>")
        if self._answer(address if address in self.server.says else RCPT, "250 2.1.5 ok"):
            self.recipients.append(address)

    def _data(self, command: str) -> None:
        if not self._answer(DATA, "354 go ahead"):
            return
        lines = []
        while (line := self.file.readline()) not in (b".\r\n", b""):
            lines.append(line[1:] if line.startswith(b".") else line)
        raw = b"".join(lines)
        said = self._told(DOT)
        if said is None or isinstance(said, float) or (isinstance(said, tuple) and said[0] == "keep"):
            self.server.mails.append((self.sender, list(self.recipients), raw))
        self._do(said[1] if isinstance(said, tuple) else said, "250 2.0.0 queued as 1A2B3C")

    def _other(self, command: str) -> None:
        self._say("250 ok")

    def _answer(self, point: str, yes: str) -> bool:
        said = self._told(point)
        self._do(said, yes)
        return said is None or isinstance(said, float)

    def _told(self, point: str) -> object:
        waiting = self.server.says.get(point, [])
        return waiting.pop(0) if waiting else None

    def _do(self, said: object, yes: str) -> None:
        if said == HANG:
            self.server._let_go.wait(60)
        if said in (HANG, CLOSE):
            raise _Over
        if isinstance(said, float):
            self.server._let_go.wait(said)
        self._say(yes if said is None or isinstance(said, float) else str(said))

    def _say(self, text: str) -> None:
        self.sock.sendall(text.encode() + b"\r\n")


def certificate(folder: Path, name: str = "localhost", *, days: int = 2) -> Path:
    """A certificate of its own issuer for a host name, with its key, in one PEM file."""
    key = ec.generate_private_key(ec.SECP256R1())
    who = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])
    now = datetime.datetime.now(datetime.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(who)
        .issuer_name(who)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=5))
        .not_valid_after(now + datetime.timedelta(days=days))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    path = folder / f"{name}.pem"
    plain = serialization.NoEncryption()
    pem = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain)
    path.write_bytes(pem + made.public_bytes(serialization.Encoding.PEM))
    return path
