"""Servers of the host's Python that listen in a machine's network."""

import contextlib
import ctypes
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from lab.machine import Machine

CLONE_NEWNET = 0x40000000


class Server(ThreadingHTTPServer):
    """Says nothing of whoever asked and did not wait for the answer."""

    def handle_error(self, *_: object) -> None:
        """The handler answers its own failures."""


@dataclass(frozen=True)
class Posted:
    """A request: its path, the operation of AWS that its header names, and its body."""

    path: str
    operation: str
    body: bytes


@contextlib.contextmanager
def served(machine: Machine, answer: Callable[[Posted], tuple[int, str]]) -> Iterator[str]:
    """Serves HTTP on a port of the machine's loopback interface. Gives back the server's address.

    `answer` gives the status and the text for a request.
    """

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"]))
            operation = self.headers.get("x-amz-target", "").rpartition(".")[2]
            status, text = answer(Posted(self.path, operation, body))
            self.send_response(status)
            self.end_headers()
            self.wfile.write(text.encode())

        def log_message(self, *_arguments: object) -> None:
            """Nothing is written."""

    server: list[Server] = []

    def listen() -> None:
        # A network namespace is a thread's own, and a socket stays in the one that it was made in.
        with Path(f"/proc/{machine.pid}/ns/net").open() as network:
            assert ctypes.CDLL(None, use_errno=True).setns(network.fileno(), CLONE_NEWNET) == 0
        server.append(Server(("127.0.0.1", 0), Handler))

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
