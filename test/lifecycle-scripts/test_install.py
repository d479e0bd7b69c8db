"""The package installs itself: by content, in one step, again after a kill."""

import os
import shutil
import signal
import time
from pathlib import Path

import pytest
from podlaunch_node import install
from podlaunch_node.faults import Fault
from podlaunch_node.node import OPT
from support import make_node, put


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """The package as it is in the download, without any mode."""
    folder = tmp_path / "download"
    shutil.copytree(install.SOURCE / install.PACKAGE, folder / install.PACKAGE, ignore=shutil.ignore_patterns("*.pyc"))
    shutil.copy(install.SOURCE / install.SCHEMA, folder)
    for path in folder.rglob("*"):
        if path.is_file():
            path.chmod(0o600)
    return folder


def test_what_is_installed_runs_for_everyone_and_belongs_to_root(tmp_path: Path, source: Path) -> None:
    node = make_node(tmp_path / "node")
    assert len(install.check(node, source)) == 2
    install.apply(node, source)
    install.verify(node, source)
    assert install.check(node, source) == []
    current = node.path(f"{OPT}/current").resolve()
    assert current.name == install.version(source)
    assert (current / install.PACKAGE / "libexec/make-home").stat().st_mode & 0o777 == 0o755
    assert (current / install.PACKAGE / "cli.py").stat().st_mode & 0o777 == 0o644
    assert current.stat().st_mode & 0o777 == 0o755
    assert node.path(install.COMMAND).stat().st_mode & 0o777 == 0o755


def test_another_content_is_another_version_and_the_last_one_stays(tmp_path: Path, source: Path) -> None:
    node = make_node(tmp_path / "node")
    versions = []
    for number in range(3):
        (source / install.PACKAGE / "new.py").write_text(f"number = {number}\n")
        install.apply(node, source)
        versions.append(install.version(source))
        os.utime(node.path(f"{OPT}/{versions[-1]}"), (number, number))
    assert node.path(f"{OPT}/current").resolve().name == versions[2]
    left = {path.name for path in node.path(OPT).iterdir()}
    assert left == {"current", versions[1], versions[2]}


def test_a_damaged_installation_is_replaced(tmp_path: Path, source: Path) -> None:
    node = make_node(tmp_path / "node")
    install.apply(node, source)
    put(node, f"{OPT}/current/{install.PACKAGE}/cli.py", "damaged")
    assert install.check(node, source)
    install.apply(node, source)
    assert install.check(node, source) == []


def test_a_part_that_is_missing_from_the_download_is_a_fault_of_ours(tmp_path: Path, source: Path) -> None:
    (source / install.SCHEMA).unlink()
    with pytest.raises(Fault, match="PLN-BUNDLE") as caught:
        install.check(make_node(tmp_path / "node"), source)
    assert caught.value.ours


def test_killed_at_any_moment_and_run_again_it_is_whole(tmp_path: Path, source: Path) -> None:
    node = make_node(tmp_path / "node")
    for turn in range(12):
        shutil.rmtree(node.path("/opt"), ignore_errors=True)
        child = os.fork()
        if child == 0:
            install.apply(node, source)
            os._exit(0)
        time.sleep(0.03 * turn)
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        current = node.path(f"{OPT}/current")
        assert not current.exists() or install.version(current.resolve()) == current.resolve().name
        install.apply(node, source)
        assert install.check(node, source) == []
        assert {path.name for path in node.path(OPT).iterdir()} == {install.version(source), "current"}


def test_a_disk_that_fills_up_leaves_nothing_of_ours(
    tmp_path: Path, source: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_source: Path, _target: Path) -> None:
        raise OSError(28, "No space left on device")

    node = make_node(tmp_path / "node")
    monkeypatch.setattr(shutil, "copyfile", full)
    with pytest.raises(Fault, match="the disk is full"):
        install.apply(node, source)
    assert os.listdir(node.path(OPT)) == []
