"""Servers of the host's Python that listen in a machine's network."""

import contextlib
import ctypes
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from lab.machine import Machine

CLONE_NEWNET = 0x40000000


class Server(ThreadingHTTPServer):
    """Says nothing of whoever asked and did not wait for the answer."""

    def handle_error(self, *_: object) -> None:
        """The handler answers its own failures."""


@contextlib.contextmanager
def served(machine: Machine, handler: type[BaseHTTPRequestHandler]) -> Iterator[str]:
    """Serves HTTP on a port of the machine's loopback interface. Gives back the server's address."""
    server: list[Server] = []

    def listen() -> None:
        # A network namespace is a thread's own, and a socket stays in the one that it was made in.
        with Path(f"/proc/{machine.pid}/ns/net").open() as network:
            assert ctypes.CDLL(None, use_errno=True).setns(network.fileno(), CLONE_NEWNET) == 0
        server.append(Server(("127.0.0.1", 0), handler))

    thread = threading.Thread(target=listen)
    thread.start()
    thread.join()
    serving = threading.Thread(target=server[0].serve_forever, daemon=True)
    serving.start()
    try:
        yield f"http://127.0.0.1:{server[0].server_address[1]}"
    finally:
        server[0].shutdown()
        server[0].server_close()
