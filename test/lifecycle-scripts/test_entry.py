"""The entry script against the folder that it finds: what was published runs, and nothing else."""

import hashlib
import json
import shutil
import subprocess
from pathlib import Path

import pytest
from podlaunch_node.steps.metadata import metadata_rules

SCRIPTS = Path(__file__).resolve().parents[2] / "lifecycle-scripts"
CLI = 'import argparse, sys\n\ndef main(argv):\n    print("joined", *argv)\n    return 0\n'
MARK = "import pathlib\npathlib.Path(__file__).with_suffix('.ran').touch()\n"


class Folder:
    """A folder as HyperPod downloads it: the files, their list, and the entry under the name of the list's hash."""

    def __init__(self, root: Path) -> None:
        self.root = root
        (root / "podlaunch_node").mkdir(parents=True)
        self.put("podlaunch_node/__init__.py", "")
        self.put("podlaunch_node/cli.py", CLI)
        shutil.copy(SCRIPTS / "on_init_complete.sh", root)
        self.name = self.publish()

    def put(self, path: str, text: str) -> None:
        """Put an object beside the others, as somebody does who may write to the bucket."""
        (self.root / path).parent.mkdir(parents=True, exist_ok=True)
        (self.root / path).write_text(text)

    def publish(self) -> str:
        """Write the list and the named entry, as the copy function does. Gives the entry's name."""
        files = [path for path in sorted(self.root.rglob("*")) if path.is_file() and not path.name.startswith(".")]
        listed = [
            {
                "path": f"lifecycle-scripts/{path.relative_to(self.root)}",
                "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
                "size": path.stat().st_size,
            }
            for path in files
        ]
        text = json.dumps({"schemaVersion": 1, "files": listed}, indent=2) + "\n"
        self.put(".assets.json", text)
        name = f"on_init_complete-{hashlib.sha256(text.encode()).hexdigest()}.sh"
        shutil.copy(self.root / "on_init_complete.sh", self.root / name)
        return name

    def run(self, name: str = "") -> "subprocess.CompletedProcess[str]":
        """Call the entry as HyperPod does on a controller, whose launch may fail."""
        commands = self.root.parent / "bin"
        commands.mkdir(exist_ok=True)
        for command, text in (("systemctl", ""), ("nft", f'echo "$@" >{self.root}/../nft; cat >>{self.root}/../nft')):
            (commands / command).write_text(f"#!/bin/sh\n{text}\n")
            (commands / command).chmod(0o755)
        env = {
            "PATH": f"{commands}:/usr/bin:/bin",
            "PODLAUNCH_FAILURE_WAIT": "0",
            "PODLAUNCH_LOG": f"{self.root}/../log/x.log",
        }
        entry = ["bash", name or self.name]
        return subprocess.run(entry, cwd=self.root, env=env, capture_output=True, text=True, check=False, timeout=60)

    def ran(self) -> list[str]:
        """The files that left a mark."""
        return [path.name for path in self.root.rglob("*.ran")]


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    """A folder that is as it was published."""
    return Folder(tmp_path / "scripts")


def refused(folder: Folder, name: str = "") -> str:
    """What the entry says where it refuses; nothing of the folder has run."""
    done = folder.run(name)
    assert done.returncode == 1, done
    assert "PLN-BUNDLE" in done.stderr
    assert "what to do" in done.stderr
    assert "Traceback" not in done.stderr
    assert (done.stdout, folder.ran()) == ("", [])
    return done.stderr


def test_what_was_published_runs(folder: Folder) -> None:
    done = folder.run()
    assert (done.returncode, done.stdout, done.stderr) == (0, "joined apply --first-boot\n", "")


def test_before_anything_of_the_folder_is_looked_at_nobody_but_root_has_the_node_s_role(folder: Folder) -> None:
    folder.put("podlaunch_node/cli.py", MARK)
    refused(folder)
    loaded = (folder.root.parent / "nft").read_text()
    assert loaded == "--file -\n" + metadata_rules.render([0], []), "the package's own rules, for root alone"


@pytest.mark.parametrize(
    "path",
    [
        "argparse.py",
        "json/__init__.py",
        "sitecustomize.py",
        "podlaunch_node/cli/__init__.py",
        "podlaunch_node/cli.cpython-310-x86_64-linux-gnu.so",
        "podlaunch_node/__pycache__/cli.cpython-310.pyc",
        "podlaunch_node/steps/__init__.py",
        "podlaunch_node/steps/login/sshd.py",
        "podlaunch_node/libexec/more",
        "more.sh",
        f"on_init_complete-{'0' * 64}.sh",
    ],
)
def test_a_new_object_is_refused_and_does_not_run(folder: Folder, path: str) -> None:
    folder.put(path, MARK)
    assert f"{path} was added" in refused(folder)


def test_one_that_is_no_code_is_left_alone(folder: Folder) -> None:
    folder.put("download.log", "what HyperPod may leave beside the scripts")
    assert folder.run().returncode == 0


def test_a_new_object_does_not_run_even_where_no_list_is_there(folder: Folder) -> None:
    (folder.root / ".assets.json").unlink()
    for path in ("argparse.py", "json/__init__.py", "os.py"):
        folder.put(path, MARK)
    assert folder.run("on_init_complete.sh").stdout == "joined apply --first-boot\n"
    assert folder.ran() == []


@pytest.mark.parametrize("path", ["podlaunch_node/cli.py", "podlaunch_node/__init__.py", "on_init_complete.sh"])
def test_an_altered_file_is_refused(folder: Folder, path: str) -> None:
    with (folder.root / path).open("a") as file:
        file.write(MARK if path.endswith(".py") else "# more\n")
    assert f"{path} was changed" in refused(folder)


def test_a_missing_file_is_refused(folder: Folder) -> None:
    (folder.root / "podlaunch_node/cli.py").unlink()
    assert "cli.py" in refused(folder)


def test_a_list_that_was_written_anew_is_not_the_one_that_the_stack_names(folder: Folder) -> None:
    folder.put("podlaunch_node/cli.py", MARK)
    forged = folder.publish()
    assert forged != folder.name
    (folder.root / forged).unlink()
    assert "another list" in refused(folder)


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"files": [{}]}', '{"files": 7}', "\xff"])
def test_a_list_that_is_none_is_refused(folder: Folder, text: str) -> None:
    folder.put(".assets.json", text)
    refused(folder, "on_init_complete.sh")


def test_a_list_that_was_taken_away_is_refused(folder: Folder) -> None:
    (folder.root / ".assets.json").unlink()
    assert ".assets.json" in refused(folder)


def test_by_its_plain_name_the_list_beside_it_counts(folder: Folder) -> None:
    (folder.root / folder.name).unlink()
    assert folder.run("on_init_complete.sh").returncode == 0
    folder.put("argparse.py", MARK)
    assert "argparse.py was added" in refused(folder, "on_init_complete.sh")


def test_our_own_scripts_pass(tmp_path: Path) -> None:
    folder = Folder(tmp_path / "scripts")
    shutil.rmtree(folder.root)
    shutil.copytree(SCRIPTS, folder.root, ignore=shutil.ignore_patterns("__pycache__"))
    entry = folder.root / "on_init_complete.sh"
    assert "apply --first-boot" in entry.read_text()
    entry.write_text(entry.read_text().replace("apply --first-boot", "--help"))
    done = folder.run(folder.publish())
    assert (done.returncode, done.stderr) == (0, "")
    assert "podlaunch-node" in done.stdout
