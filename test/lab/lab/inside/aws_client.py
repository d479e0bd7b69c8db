"""The `aws` of a node: hands its words to the `aws` command that is loaded already (aws_loaded.py).

Loading takes the command ten times as long as a call, and each run of the scripts calls it four times. Where nothing
is loaded, and for anyone who is not root or has another clock, it becomes the command itself.
"""

import json
import os
import socket
import sys

COMMAND = "/usr/bin/aws"
PLACE = "/run/lab-aws"


def loaded() -> socket.socket | None:
    """A connection to the loaded command; None where there is none for us."""
    if os.geteuid() != 0 or "LD_PRELOAD" in os.environ:
        return None
    link = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    try:
        link.connect(PLACE)
    except OSError:
        return None
    return link


if __name__ == "__main__":
    link = loaded()
    if link is None:
        os.execv(COMMAND, [COMMAND, *sys.argv[1:]])
    asked = {"words": sys.argv[1:], "env": dict(os.environ), "folder": os.getcwd()}  # noqa: PTH109 - pathlib takes longer to load
    socket.send_fds(link, [json.dumps(asked).encode()], [0, 1, 2])
    sys.exit(int(link.recv(16) or b"255"))
