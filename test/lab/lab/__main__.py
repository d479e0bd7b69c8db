"""python -m lab run [pytest's arguments] | up [MACHINE]: see docs/lab/README.md."""

import signal
import sys
from types import FrameType
from typing import NoReturn

from lab.up import leave_up, shell_on


def main() -> int:
    """Runs one of the two commands; gives back the exit code."""
    signal.signal(signal.SIGTERM, _end)
    signal.signal(signal.SIGHUP, _end)
    match sys.argv[1:]:
        case ["run", *arguments]:
            from lab.report import run_checks

            return run_checks(arguments)
        case ["up", name]:
            return shell_on(name)
        case ["up"]:
            return leave_up()
        case _:
            print("usage: python -m lab run | up [MACHINE]", file=sys.stderr)
            return 2


def _end(number: int, _: FrameType | None) -> NoReturn:
    """Ends as Ctrl-C does, so that everything is stopped in order."""
    raise KeyboardInterrupt(number)


sys.exit(main())
