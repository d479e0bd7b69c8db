"""The little of ASN.1's basic encoding rules that LDAP needs."""

from __future__ import annotations

from collections.abc import Iterator

INTEGER, OCTETS, ENUM, SEQUENCE, BOOLEAN = 0x02, 0x04, 0x0A, 0x30, 0x01


def tlv(tag: int, *parts: bytes) -> bytes:
    """One element: tag, length, and the parts one after the other."""
    body = b"".join(parts)
    size = len(body)
    if size < 0x80:
        return bytes([tag, size]) + body
    length = size.to_bytes((size.bit_length() + 7) // 8, "big")
    return bytes([tag, 0x80 | len(length)]) + length + body


def integer(value: int, tag: int = INTEGER) -> bytes:
    """A non-negative integer (or, with tag=ENUM, an enumeration)."""
    return tlv(tag, value.to_bytes(value.bit_length() // 8 + 1, "big"))


def octets(value: str | bytes, tag: int = OCTETS) -> bytes:
    """A string of bytes; text is encoded as UTF-8."""
    return tlv(tag, value.encode() if isinstance(value, str) else value)


def boolean(value: bool, tag: int = BOOLEAN) -> bytes:
    """A truth value."""
    return tlv(tag, b"\xff" if value else b"\0")


def size_of(head: bytes) -> tuple[int, int] | None:
    """(length of tag and length bytes, length of the body) of an element, None if more is needed.

    Throws ValueError for a length that no directory sends.
    """
    if len(head) < 2:
        return None
    if head[1] < 0x80:
        return 2, head[1]
    count = head[1] & 0x7F
    if not 1 <= count <= 4:
        raise ValueError("not LDAP: impossible length")
    if len(head) < 2 + count:
        return None
    return 2 + count, int.from_bytes(head[2 : 2 + count], "big")


def elements(data: bytes) -> Iterator[tuple[int, bytes]]:
    """The (tag, body) of each element in data. Throws ValueError where it is cut off."""
    while data:
        size = size_of(data)
        if size is None or len(data) < sum(size):
            raise ValueError("not LDAP: cut off")
        yield data[0], data[size[0] : sum(size)]
        data = data[sum(size) :]
