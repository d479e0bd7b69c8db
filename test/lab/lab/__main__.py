"""python -m lab run [pytest's arguments] | up [MACHINE | --only MACHINE,…]: see docs/lab/README.md."""

import signal
import sys
from types import FrameType
from typing import NoReturn

from lab.up import leave_up, shell_on

ENDS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def main() -> int:
    """Runs one of the two commands; gives back the exit code."""
    for each in ENDS:
        signal.signal(each, _end)
    match sys.argv[1:]:
        case ["run", *arguments]:
            from lab.run import run_checks

            try:
                return run_checks(arguments)
            except KeyboardInterrupt:
                print("lab: interrupted", file=sys.stderr)
                return 130
        case ["up"]:
            return leave_up()
        case ["up", "--only", names]:
            return leave_up(names.split(","))
        case ["up", name] if not name.startswith("-"):
            return shell_on(name)
        case _:
            print("usage: python -m lab run | up [MACHINE | --only MACHINE,…]", file=sys.stderr)
            return 2


def _end(number: int, _: FrameType | None) -> NoReturn:
    """Ends as Ctrl-C does, so that everything is stopped in order. Once: npm hands on what the terminal sends too."""
    for each in ENDS:
        signal.signal(each, signal.SIG_IGN)
    raise KeyboardInterrupt(number)


sys.exit(main())
