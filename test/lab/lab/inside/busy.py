"""A domain controller that takes connections on port 389 and answers every LDAP request with one result code.

python3 busy.py CODE: 51 is busy, 52 is unavailable.
"""

import socketserver
import sys

ANSWERS = {0x60: 0x61, 0x63: 0x65}
"""The tag of an answer by that of its request: bind, search."""


def whole(data: bytes) -> int:
    """How many bytes the first message has; 0 where it is not all there yet."""
    if len(data) < 2:
        return 0
    head, size = 2, data[1]
    if size & 0x80:
        head += size & 0x7F
        size = int.from_bytes(data[2:head], "big")
    return head + size if len(data) >= head + size else 0


class Busy(socketserver.BaseRequestHandler):
    """One connection."""

    def handle(self) -> None:
        """Answers until the other side closes."""
        unread = b""
        while data := self.request.recv(65536):
            unread += data
            while size := whole(unread):
                self.answer(unread[:size])
                unread = unread[size:]

    def answer(self, message: bytes) -> None:
        """Answers one message: its number again, and the result."""
        at = 2 + (message[1] & 0x7F if message[1] & 0x80 else 0)
        number = message[at : at + 2 + message[at + 1]]
        tag = ANSWERS.get(message[at + len(number)])
        if tag is not None:
            result = bytes([0x0A, 1, int(sys.argv[1]), 4, 0, 4, 0])
            body = number + bytes([tag, len(result)]) + result
            self.request.sendall(bytes([0x30, len(body)]) + body)


class Server(socketserver.ThreadingTCPServer):
    """Any number of connections at once."""

    allow_reuse_address = True
    daemon_threads = True


Server(("127.0.0.1", 389), Busy).serve_forever()
