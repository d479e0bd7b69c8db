"""A directory for one test: TLS with a certificate made on the spot, answers from a function."""

from __future__ import annotations

import socket
import ssl
import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from podlaunch_node.ldap import ber

SET = 0x31
Respond = Callable[[int, list[tuple[int, bytes]]], list[bytes]]


@dataclass(frozen=True)
class Pair:
    """A certificate in PEM and the file with it and its key."""

    certificate: str
    file: Path


def certificate(folder: Path, name: str, days: int = 400, san: str | None = None) -> Pair:
    """A self-signed certificate for a name; negative days make one that has expired."""
    file = folder / f"{name}-{days}.pem"
    key, out = str(file.with_suffix(".key")), str(file)
    subject = ["-subj", f"/CN={name}", "-addext", f"subjectAltName=DNS:{san or name}"]
    if days > 0:
        argv = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"]
        argv += ["-days", str(days), "-keyout", key, "-out", out, *subject]
    else:
        argv = ["openssl", "req", "-new", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"]
        subprocess.run([*argv, "-keyout", key, "-out", f"{out}.csr", *subject], check=True, capture_output=True)
        argv = ["openssl", "x509", "-req", "-in", f"{out}.csr", "-signkey", key, "-out", out, "-copy_extensions"]
        argv += ["copy", "-days", str(days)]
    subprocess.run(argv, check=True, capture_output=True)
    text = file.read_text()
    file.write_text(text + Path(key).read_text())
    return Pair(text, file)


def result(tag: int, code: int = 0, message: str = "") -> bytes:
    """An LDAPResult, as the body of a bind or search answer."""
    return ber.tlv(tag, ber.integer(code, ber.ENUM), ber.octets(""), ber.octets(message))


def entry(dn: str, **attributes: list[bytes | str]) -> bytes:
    """A search result entry; `_` in an attribute's name stands for `-`."""
    pairs = [
        ber.tlv(ber.SEQUENCE, ber.octets(name.replace("_", "-")), ber.tlv(SET, *map(ber.octets, values)))
        for name, values in attributes.items()
    ]
    return ber.tlv(0x64, ber.octets(dn), ber.tlv(ber.SEQUENCE, *pairs))


@contextmanager
def serve(pair: Pair, respond: Respond) -> Iterator[int]:
    """Serve until the block ends; yields the port. `respond` gets the operation's tag and its parts.

    What it returns is sent as whole operations; an empty list closes the connection.
    """
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pair.file)
    listener = socket.create_server(("127.0.0.1", 0))
    listener.settimeout(0.2)
    over = threading.Event()

    def accept() -> None:
        while not over.is_set():
            try:
                plain, _peer = listener.accept()
            except TimeoutError:
                continue
            threading.Thread(target=_converse, args=(context, plain, respond), daemon=True).start()

    thread = threading.Thread(target=accept, daemon=True)
    thread.start()
    try:
        yield listener.getsockname()[1]
    finally:
        over.set()
        thread.join()
        listener.close()


def _converse(context: ssl.SSLContext, plain: socket.socket, respond: Respond) -> None:
    plain.settimeout(5)
    try:
        with context.wrap_socket(plain, server_side=True) as tls:
            unread = b""
            while data := tls.recv(65536):
                unread += data
                while (size := ber.size_of(unread)) and len(unread) >= sum(size):
                    whole, unread = unread[size[0] : sum(size)], unread[sum(size) :]
                    number, operation, *_controls = ber.elements(whole)
                    answers = respond(operation[0], list(ber.elements(operation[1])))
                    if not answers:
                        return
                    for answer in answers:
                        parts = (ber.tlv(number[0], number[1]), answer)
                        tls.sendall(ber.tlv(ber.SEQUENCE, *parts))
    except OSError:
        return
