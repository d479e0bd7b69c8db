"""Files are complete or not there."""

import errno
import os
import signal
import time
from pathlib import Path

import pytest
from podlaunch_node.faults import Fault
from podlaunch_node.system import files
from support import make_node, put


def names(folder: Path) -> list[str]:
    """What is in a folder."""
    return sorted(path.name for path in folder.iterdir())


def test_text_mode_and_owner_are_as_asked(tmp_path: Path) -> None:
    node = make_node(tmp_path)
    files.write(node, "/etc/x/y.conf", "text\n", mode=0o440)
    stat = node.path("/etc/x/y.conf").stat()
    assert (stat.st_mode & 0o7777, stat.st_uid, stat.st_gid) == (0o440, *node.owner)
    assert files.matches(node, "/etc/x/y.conf", "text\n", 0o440)
    assert not files.matches(node, "/etc/x/y.conf", "text\n", 0o444)
    assert not files.matches(node, "/etc/x/y.conf", "other\n", 0o440)
    assert names(node.path("/etc/x")) == ["y.conf"]


def test_it_is_never_more_open_than_asked_not_even_aside(tmp_path: Path) -> None:
    node = make_node(tmp_path)
    seen: list[tuple[int, str]] = []
    look = lambda path: seen.append((path.stat().st_mode & 0o777, path.name))  # noqa: E731
    files.write(node, "/etc/secret.conf", "x", mode=0o600, validate=look)
    assert seen[0][0] == 0o600
    assert seen[0][1].startswith(".secret.conf."), "no *.conf picks it up"


def test_what_does_not_validate_changes_nothing(tmp_path: Path) -> None:
    node = make_node(tmp_path)
    put(node, "/etc/a", "before")

    def refuse(path: Path) -> None:
        assert path.read_text() == "after"
        raise Fault("PLN-X", "no", "none")

    with pytest.raises(Fault, match="PLN-X"):
        files.write(node, "/etc/a", "after", validate=refuse)
    assert files.read(node, "/etc/a") == "before"
    assert names(node.path("/etc")) == ["a"]


@pytest.mark.parametrize(("number", "words"), [(errno.ENOSPC, "the disk is full"), (errno.EROFS, "read-only")])
def test_a_disk_fault_is_said_in_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, words: str
) -> None:
    node = make_node(tmp_path)
    put(node, "/etc/a", "before")

    def fail(_handle: int) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(Fault, match=words) as caught:
        files.write(node, "/etc/a", "after")
    assert (caught.value.code, caught.value.ours) == ("PLN-DISK", True)
    assert files.read(node, "/etc/a") == "before"
    assert names(node.path("/etc")) == ["a"]


def test_a_folder_in_the_file_s_place_is_a_fault(tmp_path: Path) -> None:
    node = make_node(tmp_path)
    files.make_folder(node, "/etc/a/b")
    with pytest.raises(Fault, match="PLN-DISK"):
        files.write(node, "/etc/a", "text")


def test_bytes_that_are_no_utf_8_survive(tmp_path: Path) -> None:
    node = make_node(tmp_path)
    node.path("/raw").write_bytes(b"caf\xe9\n")
    files.write(node, "/copy", files.read(node, "/raw") or "")
    assert node.path("/copy").read_bytes() == b"caf\xe9\n"


def test_remove_says_whether_there_was_one(tmp_path: Path) -> None:
    node = make_node(tmp_path)
    put(node, "/etc/a", "x")
    assert files.remove(node, "/etc/a")
    assert not files.remove(node, "/etc/a")
    assert not files.remove(node, "/none/a")


def test_sweep_takes_only_what_a_killed_run_left(tmp_path: Path) -> None:
    node = make_node(tmp_path)
    for name in (".a.podlaunch-x", "a", ".hidden"):
        put(node, f"/etc/{name}", "x")
    put(node, "/etc/.new.podlaunch-y/part", "x")
    files.sweep(node, "/etc")
    assert names(node.path("/etc")) == [".hidden", "a"]


def test_killed_at_any_moment_the_file_is_the_old_or_the_new_one(tmp_path: Path) -> None:
    node = make_node(tmp_path)
    texts = {"a" * 200_000, "b" * 200_000}
    files.write(node, "/etc/a", "a" * 200_000)
    for turn in range(20):
        child = os.fork()
        if child == 0:
            while True:
                for text in texts:
                    files.write(node, "/etc/a", text)
        time.sleep(0.002 * turn)
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        assert files.read(node, "/etc/a") in texts
    files.sweep(node, "/etc")
    assert names(node.path("/etc")) == ["a"]
