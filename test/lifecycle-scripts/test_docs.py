"""The commands that the pages for nodes show, run for real below a temporary folder."""

import re
import subprocess
from pathlib import Path

import pytest
from test_scripts import command

DOCS = Path(__file__).resolve().parents[2] / "docs/nodes"


def run_block(page: str, root: Path, **known: str) -> str:
    """Run a page's only block of bash, with /etc below root and these commands answering so."""
    (block,) = re.findall(r"^```bash\n(.*?)^```$", (DOCS / page).read_text(), re.MULTILINE | re.DOTALL)
    for name, script in known.items():
        command(root, name, script)
    env = {"PATH": f"{root}:/usr/bin:/bin"}
    text = block.replace("/etc/", f"{root}/etc/")
    return subprocess.run(["bash", "-eu", "-c", text], env=env, capture_output=True, text=True, check=True).stdout


@pytest.mark.parametrize(
    ("uid", "start"),
    [(200_000 + 1105, 2_147_483_648 + 1105 * 65_536), (1_000_200_000 + 32_766, 2_147_483_648 + 32_766 * 65_536)],
)
def test_subordinate_ids(tmp_path: Path, uid: int, start: int) -> None:
    (tmp_path / "etc").mkdir()
    said = run_block("limits.md", tmp_path, id=f"echo {uid}", sudo='exec "$@"')
    assert "no range" not in said
    for name in ("subuid", "subgid"):
        assert (tmp_path / "etc" / name).read_text() == f"{uid}:{start}:65536\n"
    assert start + 65_536 < 2**32 - 1


def test_a_person_whose_range_would_not_fit_is_named(tmp_path: Path) -> None:
    (tmp_path / "etc").mkdir()
    assert "no range" in run_block("limits.md", tmp_path, id=f"echo {200_000 + 32_767}", sudo='exec "$@"')
    assert not list((tmp_path / "etc").iterdir())


def test_only_with_a_job(tmp_path: Path) -> None:
    folder = tmp_path / "etc/pam.d"
    folder.mkdir(parents=True)
    (folder / "sshd").write_text("@include common-account\n")
    (folder / "common-session").write_text("session\trequired\tpam_unix.so \nsession\toptional\tpam_systemd.so \n")
    run_block("jobs-only.md", tmp_path)
    sshd = (folder / "sshd").read_text().splitlines()
    assert sshd[0] == "@include common-account"
    assert sshd[-1].split() == ["account", "required", "pam_slurm_adopt.so"]
    for after, line in enumerate(reversed(sshd[1:-1])):
        assert f"success={after + 1} " in line, "each exception jumps behind the last line"
    assert "\n# session\toptional\tpam_systemd.so" in (folder / "common-session").read_text()
