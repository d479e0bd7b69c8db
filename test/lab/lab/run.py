"""Runs the checks as pytest tests. The last line is `N passed, N failed`."""

import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import IO

import pytest

from lab.directory import build_missing_domain
from lab.layers import build_missing, build_other_releases
from lab.paths import HERE
from lab.report import Report, read

WHOLE = {"--real-time", "--write-docs"}
"""With no other argument than these all checks run: in parts at the same time, each with a lab of its own."""
PARTS = (1, 2, 3, 4)


def run_checks(arguments: list[str]) -> int:
    """Runs all checks, or what pytest's arguments choose. Gives back 0 when none failed."""
    report = in_parts(arguments) if set(arguments) <= WHOLE else chosen(arguments)
    print("\n".join([*report.failures, f"{report.passed} passed, {report.failed} failed"]))
    return 1 if report.failed else 0


def chosen(arguments: list[str]) -> Report:
    """Runs pytest with these arguments, here."""
    report = Report()
    where = [] if any(Path(word.split("::")[0]).exists() for word in arguments) else [str(HERE / "checks")]
    code = pytest.main(["--rootdir", str(HERE), "-c", str(HERE / "pyproject.toml"), *arguments, *where], [report])
    report.ended("pytest", int(code))
    return report


def in_parts(arguments: list[str]) -> Report:
    """Runs the parts of the checks side by side: a lab sleeps more than it works.

    What is missing is built before: a part that built amid its checks would keep the other one waiting.
    """
    build_missing()
    build_other_releases()
    build_missing_domain()
    report = Report()
    with tempfile.TemporaryDirectory() as folder:
        results = {part: Path(folder) / f"{part}.json" for part in PARTS}
        running = [_start(part, result, "--real-time" in arguments) for part, result in results.items()]
        try:
            with ThreadPoolExecutor() as pool:
                for part, each in zip(PARTS, running, strict=True):
                    assert each.stdout
                    pool.submit(_hand_on, part, each.stdout)
        finally:
            for each in running:
                each.terminate()
            for each in running:
                each.wait()
        for (part, result), each in zip(results.items(), running, strict=True):
            found = read(result)
            found.ended(f"part {part} of the checks", each.returncode)
            report.add(found)
    print(report.tables())
    if "--write-docs" in arguments:
        report.write_page()
    return report


def _start(part: int, result: Path, real_time: bool) -> "subprocess.Popen[str]":
    """One part, in a process that ends in order when this one dies."""
    command = [sys.executable, "-m", "lab", "run", "--part", str(part), "--result", str(result), "-v", "--color=no"]
    return subprocess.Popen(
        ["setpriv", "--pdeathsig", "TERM", *command, *(["--real-time"] if real_time else [])],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def _hand_on(part: int, said: IO[str]) -> None:
    for line in said:
        print(f"{part} | {line}", end="", flush=True)
