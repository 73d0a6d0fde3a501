"""A name server of our own on this machine, with the texts that a test gives it."""

import socket
import threading

import dns.flags
import dns.message
import dns.rcode
import dns.rdatatype
import dns.rrset


class NameServer:
    """A name server on the loopback: it answers with the texts that it was given, and remembers what it was asked.

    silent: takes questions and never answers. broken: answers that it cannot. long: says that the answer does not fit, so
    that it is asked again over a stream.
    """

    def __init__(self) -> None:
        self.texts: dict[str, list[str]] = {}
        self.asked: list[str] = []
        self.silent = self.broken = self.long = False
        self._tcp = socket.create_server(("127.0.0.1", 0))
        self.at: tuple[str, int] = ("127.0.0.1", self._tcp.getsockname()[1])
        self._udp = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._udp.bind(self.at)
        self._threads = [threading.Thread(target=one, daemon=True) for one in (self._serve, self._serve_streams)]
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        self.silent = False
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as last:
            last.sendto(b"", self.at)
        socket.create_connection(self.at).close()
        for thread in self._threads:
            thread.join(10)
        self._udp.close()
        self._tcp.close()

    def _serve(self) -> None:
        while True:
            data, sender = self._udp.recvfrom(4096)
            if not data:
                return
            answer = self._answer(data, cut=self.long)
            if answer:
                self._udp.sendto(answer, sender)

    def _serve_streams(self) -> None:
        while True:
            stream, _ = self._tcp.accept()
            with stream:
                head = stream.recv(2)
                if not head:
                    return
                answer = self._answer(stream.recv(int.from_bytes(head, "big")), cut=False)
                stream.sendall(len(answer).to_bytes(2, "big") + answer)

    def _answer(self, data: bytes, *, cut: bool) -> bytes:
        question = dns.message.from_wire(data)
        name = question.question[0].name.to_text().rstrip(".")
        self.asked.append(name)
        if self.silent:
            return b""
        answer = dns.message.make_response(question)
        if self.broken:
            answer.set_rcode(dns.rcode.SERVFAIL)
        elif name not in self.texts:
            answer.set_rcode(dns.rcode.NXDOMAIN)
        elif cut:
            answer.flags |= dns.flags.TC
        else:
            answer.answer.append(_rows(name, self.texts[name]))
        return answer.to_wire(max_size=65535)


def _rows(name: str, texts: list[str]) -> dns.rrset.RRset:
    pieces = [" ".join(f'"{text[at : at + 200]}"' for at in range(0, len(text), 200)) for text in texts]
    return dns.rrset.from_text(f"{name}.", 60, "IN", dns.rdatatype.TXT, *pieces)
