"""The `aws` command, loaded once on a node: each call is a process forked from this one.

The code, the requests and the answers are the command's own. A call has the words, the environment, the folder and the
open files of anyone who asks for it, and ends when that one does.
"""

import json
import os
import select
import signal
import socket
import sys
from pathlib import Path
from typing import Any

import awscli.clidriver

PLACE = "/run/lab-aws"


def load() -> None:
    """Has the command import what it imports only for a call. Its main() is left to the calls: awscrt is not to be
    forked once it has begun to log.
    """
    session = awscli.clidriver.create_clidriver().session
    for service in ("ssm", "secretsmanager", "acm"):
        session.create_client(service, region_name="us-west-2", aws_access_key_id="-", aws_secret_access_key="-")


def call(asked: dict[str, Any], files: list[int]) -> None:
    """One call, in a process of its own. Ends the process."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    for target, file in enumerate(files):
        os.dup2(file, target)
    own = {"AWS_DATA_PATH": os.environ["AWS_DATA_PATH"]}  # which the command has set as it was loaded
    os.environ.clear()
    os.environ.update({**own, **asked["env"]})
    os.chdir(asked["folder"])
    sys.argv = ["aws", *asked["words"]]
    code = awscli.clidriver.main()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code or 0)


def serve(link: socket.socket) -> None:
    """Answers one client with the code of its call. Ends the process."""
    text, files, _, _ = socket.recv_fds(link, 1 << 20, 3)
    begun = os.fork()
    if begun == 0:
        link.close()
        call(json.loads(text), files)
    ended = os.pidfd_open(begun)
    gone = select.select([ended, link], [], [])[0] == [link]
    if gone:
        os.kill(begun, signal.SIGKILL)
    status = os.waitpid(begun, 0)[1]
    if not gone:
        link.send(str(os.waitstatus_to_exitcode(status) & 0xFF).encode())
    os._exit(0)


if __name__ == "__main__":
    load()
    Path(PLACE).unlink(missing_ok=True)
    listener = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    listener.bind(PLACE)
    Path(PLACE).chmod(0o600)
    listener.listen(64)
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    while True:
        asking, _ = listener.accept()
        if os.fork() == 0:
            listener.close()
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            serve(asking)
        asking.close()
