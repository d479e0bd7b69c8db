"""No core file with memory in it, from this process or what it starts."""

import subprocess
import sys
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[2] / "lifecycle-scripts"
SHOW = """
import subprocess, sys
sys.path.insert(0, sys.argv[1])
from podlaunch_node.system import core_files
core_files.forbid()
subprocess.run(["sh", "-c", "ulimit -c; cat /proc/self/coredump_filter"])
"""


def test_it_holds_for_what_is_started_too() -> None:
    done = subprocess.run([sys.executable, "-c", SHOW, str(FOLDER)], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["0", "00000000"]
