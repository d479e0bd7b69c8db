"""Core files: the memory of a process that held the bind password must not reach a disk."""

from __future__ import annotations

import resource
from pathlib import Path

FILTER = Path("/proc/self/coredump_filter")

# The same for a service, in its unit.
UNIT_LINES = "LimitCORE=0\nCoredumpFilter=0x0"


def forbid() -> None:
    """Let this process and all that it starts leave no core file with memory in it.

    The kernel does not ask RLIMIT_CORE where core_pattern names a program (Ubuntu: apport); then
    the filter leaves nothing to hand on. Rule: core(5).
    """
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        FILTER.write_text("0")
    except OSError:
        return  # a kernel without core files
