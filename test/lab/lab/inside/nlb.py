"""A model of the one thing about a Network Load Balancer that haproxy does otherwise.

    nlb.py IDLE-SECONDS CERTIFICATE TARGET...

Both have a TLS listener on 636 and hand plain LDAP to the targets. But when a connection has been idle, haproxy says
goodbye (FIN); an NLB forgets it in silence, and answers the next packet with RST. A socket in TCP_REPAIR is closed in
silence too, and for a connection that it does not know the kernel answers RST: the same, without a stub.
"""

import itertools
import selectors
import socket
import ssl
import sys
import threading

TCP_REPAIR = 19


def serve(idle: float, certificate: str, targets: list[str]) -> None:
    """Accepts for ever; each connection goes to the next target that takes it."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    turn = itertools.cycle(targets)
    with socket.create_server(("", 636), backlog=128) as listener:
        while True:
            client, _ = listener.accept()
            threading.Thread(target=carry, args=(client, context, turn, len(targets), idle), daemon=True).start()


def carry(raw: socket.socket, context: ssl.SSLContext, turn: "itertools.cycle[str]", count: int, idle: float) -> None:
    """Carries bytes both ways until one side ends, or until nothing has come for `idle` seconds."""
    try:
        client = context.wrap_socket(raw, server_side=True)
        target = connect(turn, count)
    except OSError:
        raw.close()
        return
    selector = selectors.DefaultSelector()
    selector.register(client, selectors.EVENT_READ, target)
    selector.register(target, selectors.EVENT_READ, client)
    try:
        while ready := selector.select(idle):
            for key, _ in ready:
                if not hand_on(key.fileobj, key.data):  # type: ignore[arg-type]
                    return
        for side in (client, target):
            side.setsockopt(socket.IPPROTO_TCP, TCP_REPAIR, 1)
    except OSError:
        pass
    finally:
        client.close()
        target.close()


def hand_on(source: socket.socket, sink: socket.socket) -> bool:
    """Hands on what has come; False at the end of the stream."""
    data = source.recv(65536)
    while isinstance(source, ssl.SSLSocket) and source.pending():
        data += source.recv(65536)
    sink.sendall(data)
    return bool(data)


def connect(turn: "itertools.cycle[str]", count: int) -> socket.socket:
    """A connection to the next target that accepts one. Raises OSError when none does."""
    for address in itertools.islice(turn, count):
        try:
            return socket.create_connection((address, 389), timeout=2)
        except OSError:
            continue
    raise OSError("no target accepts a connection")


if __name__ == "__main__":
    serve(float(sys.argv[1]), sys.argv[2], sys.argv[3:])
