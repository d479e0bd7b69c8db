"""A small LDAP client over TLS: simple bind and paged search (RFC 4511, RFC 2696).

The nodes' own tools take a password in an argument or a file; this one keeps it in memory, and
says exactly which step failed.
"""

from __future__ import annotations

import re
import socket
import ssl
from dataclasses import dataclass
from types import TracebackType

from podlaunch_node.ldap import ber

PAGED = "1.2.840.113556.1.4.319"
Entry = dict[str, list[bytes]]


class LdapError(Exception):
    """An answer other than success. `data` is Active Directory's reason (532: expired, …) or ''."""

    def __init__(self, code: int, message: str) -> None:
        self.code = code
        self.message = message
        found = re.search(r"data ([0-9a-fA-F]+)", message)
        self.data = found.group(1).lower() if found else ""
        super().__init__(f"LDAP result {code}{': ' + message if message else ''}")


def equals(attribute: str, value: str | bytes) -> bytes:
    """The filter (attribute=value); the value needs no escaping."""
    return ber.tlv(0xA3, ber.octets(attribute), ber.octets(value))


def present(attribute: str) -> bytes:
    """The filter (attribute=*)."""
    return ber.octets(attribute, 0x87)


def all_of(*filters: bytes) -> bytes:
    """The filter (&…)."""
    return ber.tlv(0xA0, *filters)


def any_of(*filters: bytes) -> bytes:
    """The filter (|…)."""
    return ber.tlv(0xA1, *filters)


SIZE_LIMIT_EXCEEDED = 4


@dataclass
class Ldap:
    """An open connection. Use it as a context manager."""

    tls: ssl.SSLSocket
    last: int = 0
    unread: bytes = b""

    def __enter__(self) -> Ldap:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.tls.close()

    def bind(self, dn: str, password: str) -> None:
        """Simple bind. Throws LdapError, OSError, ValueError (the answer is not LDAP)."""
        self._send(ber.tlv(0x60, ber.integer(3), ber.octets(dn), ber.octets(password, 0x80)))
        tag, body = self._receive()
        if tag != 0x61:
            raise ValueError("not LDAP: no answer to the bind")
        _raise_unless_success(body)

    def search(self, base: str, condition: bytes, attributes: list[str], scope: int = 2, limit: int = 0) -> list[Entry]:
        """All entries below base (scope 0: base itself), or `limit` of them. Each has its DN under the key 'dn'.

        Throws LdapError, OSError, ValueError.
        """
        found: list[Entry] = []
        cookie = b""
        while True:
            controls = b"" if limit else _page_control(cookie)
            self._send(_search_request(base, scope, condition, attributes, limit), controls)
            entries, cookie = self._one_page(*([SIZE_LIMIT_EXCEEDED] if limit else []))
            found += entries
            if not cookie:
                return found

    def _one_page(self, *also_well: int) -> tuple[list[Entry], bytes]:
        entries: list[Entry] = []
        while True:
            tag, body = self._receive()
            if tag == 0x64:
                entries.append(_entry(body))
            elif tag == 0x65:
                _raise_unless_success(body, *also_well)
                return entries, _cookie(self.controls)

    def _send(self, operation: bytes, controls: bytes = b"") -> None:
        self.last += 1
        self.tls.sendall(ber.tlv(ber.SEQUENCE, ber.integer(self.last), operation, controls))

    def _receive(self) -> tuple[int, bytes]:
        size = ber.size_of(self.unread)
        while size is None or len(self.unread) < sum(size):
            more = self.tls.recv(65536)
            if not more:
                raise ConnectionError("the connection was closed")
            self.unread += more
            size = ber.size_of(self.unread)
        whole, self.unread = self.unread[size[0] : sum(size)], self.unread[sum(size) :]
        _message_id, operation, *rest = ber.elements(whole)
        self.controls = rest[0][1] if rest else b""
        return operation

    controls: bytes = b""


def tls_context(anchor: str) -> ssl.SSLContext:
    """What TLS has to prove: exactly what SSSD asks for, whatever this Python's defaults are."""
    context = ssl.create_default_context(cadata=anchor)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.verify_flags |= ssl.VERIFY_X509_PARTIAL_CHAIN  # the anchor may be an intermediate CA
    # On by default from Python 3.13 on: it refuses certificates without key identifiers, which SSSD takes.
    context.verify_flags &= ~ssl.VERIFY_X509_STRICT
    return context


def connect(host: str, port: int, anchor: str, timeout: float) -> Ldap:
    """Open a connection: name, TCP, TLS with certificate and name checked hard.

    `anchor` is the PEM text to trust.

    Throws socket.gaierror, ssl.SSLError or OSError, by the step that failed.
    """
    context = tls_context(anchor)
    plain = socket.create_connection((host, port), timeout=timeout)
    try:
        return Ldap(context.wrap_socket(plain, server_hostname=host))
    except BaseException:
        plain.close()
        raise


def _search_request(base: str, scope: int, condition: bytes, attributes: list[str], limit: int) -> bytes:
    return ber.tlv(
        0x63,
        ber.octets(base),
        ber.integer(scope, ber.ENUM),
        ber.integer(0, ber.ENUM),
        ber.integer(limit),
        ber.integer(0),
        ber.boolean(False),
        condition,
        ber.tlv(ber.SEQUENCE, *map(ber.octets, attributes)),
    )


def _page_control(cookie: bytes) -> bytes:
    value = ber.tlv(ber.SEQUENCE, ber.integer(500), ber.octets(cookie))
    return ber.tlv(0xA0, ber.tlv(ber.SEQUENCE, ber.octets(PAGED), ber.octets(value)))


def _cookie(controls: bytes) -> bytes:
    for _tag, control in ber.elements(controls):
        parts = list(ber.elements(control))
        if parts[0][1] == PAGED.encode():
            (_sequence, value), *_more = ber.elements(parts[-1][1])
            return list(ber.elements(value))[1][1]
    return b""


def _entry(body: bytes) -> Entry:
    (_tag, dn), (_sequence, attributes) = ber.elements(body)
    entry: Entry = {"dn": [dn]}
    for _attribute, pair in ber.elements(attributes):
        (_name_tag, name), (_set, values) = ber.elements(pair)
        entry[name.decode()] = [value for _value_tag, value in ber.elements(values)]
    return entry


def _raise_unless_success(body: bytes, *also: int) -> None:
    code, _matched, message, *_referrals = ber.elements(body)
    if int.from_bytes(code[1], "big") not in (0, *also):
        raise LdapError(int.from_bytes(code[1], "big"), message[1].decode(errors="replace").strip("\0 "))
