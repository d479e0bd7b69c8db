"""The AWS CLI, imported once: each run is a fork of this process, which saves half a second of the processor.

Standard input has a run a line: {"id", "args", "env", "cwd", "folder"}. What the run says goes into the folder's files
stdout and stderr; when it has ended, {"id", "code"} is printed. This process ends with its standard input.
"""

import json
import os
import select
import signal
import sys
import traceback
from functools import cache

from awscli import clidriver
from botocore.loaders import JSONFileLoader

# A run has these in memory when this process has read them before.
read_file = cache(JSONFileLoader().load_file)
JSONFileLoader.load_file = lambda _, path: read_file(path)
MODELS = clidriver.create_clidriver().session.get_component("data_loader")

# Where the CLI's own files are: it says so in the environment when it is imported.
OWN = {"AWS_DATA_PATH": os.environ["AWS_DATA_PATH"]}


def main() -> None:
    """Starts runs and says their ends until there is no more standard input."""
    woken, wake = os.pipe()
    os.set_blocking(wake, False)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    signal.set_wakeup_fd(wake)
    running: dict[int, int] = {}
    rest = b""
    while True:
        ready, _, _ = select.select([0, woken], [], [])
        if woken in ready:
            os.read(woken, 4096)
            say_ends(running)
        if 0 in ready:
            read = os.read(0, 65536)
            if not read:
                return
            *lines, rest = (rest + read).split(b"\n")
            for asked in map(json.loads, lines):
                running[start(asked)] = asked["id"]


def start(asked: dict) -> int:
    """Starts a run; gives its process."""
    remember_model(asked["args"][0])
    process = os.fork()
    if process == 0:
        os._exit(run(asked))
    return process


def remember_model(command: str) -> None:
    """Reads the service of a command, for its later runs too."""
    try:
        MODELS.load_service_model({"s3api": "s3"}.get(command, command), "service-2")
    except Exception:
        return  # It is of no service.


def run(asked: dict) -> int:
    """Runs the CLI as its own program does; gives its exit code."""
    signal.set_wakeup_fd(-1)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    for number, name in ((1, "stdout"), (2, "stderr")):
        os.dup2(os.open(f"{asked['folder']}/{name}", os.O_WRONLY | os.O_CREAT), number)
    os.chdir(asked["cwd"])
    os.environ.clear()
    os.environ.update(asked["env"] | OWN)
    sys.argv = ["aws", *asked["args"]]
    code = 1
    try:
        code = clidriver.main()
    except SystemExit as end:  # It cannot read its arguments.
        code = end.code if isinstance(end.code, int) else 1
    except BaseException:
        traceback.print_exc()
    sys.stdout.flush()
    sys.stderr.flush()
    return code


def say_ends(running: dict[int, int]) -> None:
    """Says which runs have ended, and takes them out."""
    while running:
        process, status = os.waitpid(-1, os.WNOHANG)
        if process == 0:
            return
        said = {"id": running.pop(process), "code": os.waitstatus_to_exitcode(status)}
        print(json.dumps(said), flush=True)


if __name__ == "__main__":
    main()
