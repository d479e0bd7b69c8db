"""The bind password is nowhere that anyone but root could read, not for an instant."""

import subprocess
from concurrent.futures import ThreadPoolExecutor

from lab.bucket import BUCKET, sync
from lab.cluster import Lab
from lab.node import Node
from lab.paths import CHECKOUT
from lab.people import BIND_PASSWORD
from lab.secrets import holding, let_sssd_log_errors, secrets_logged, token

WATCH = """
import glob, os, sys
seen = set()
while not os.path.exists("/run/watched-enough"):
    for path in glob.glob("/proc/[0-9]*/cmdline") + glob.glob("/proc/[0-9]*/environ"):
        try:
            seen.add(open(path, "rb").read())
        except OSError:
            continue
os.umask(0o077)
open("/run/watched", "wb").write(b"\\n".join(seen))
print(len(seen))
"""
"""Keeps every argument list and environment that it sees, for root alone, until it is told that this is enough."""

EVERYWHERE = "/ --exclude-dir=proc --exclude-dir=sys --exclude-dir=dev"


def test_no_argument_list_and_no_environment_holds_it_during_a_run(new_worker: Node) -> None:
    machine = new_worker.machine
    with ThreadPoolExecutor() as pool:
        watching = pool.submit(machine.must, "python3", "-c", WATCH, timeout=600)
        joined = new_worker.entry()
        machine.must("touch", "/run/watched-enough")
        assert int(watching.result()) > 100
    assert joined.ok, joined.err
    for secret in (BIND_PASSWORD, token(new_worker)):
        found = machine.run("grep", "-c", "-a", "-F", "-f", "/dev/stdin", "/run/watched", stdin=f"{secret}\n")
        assert found.out.strip() == "0", found
        assert secret not in joined.out + joined.err


def test_no_file_holds_it_in_the_clear(login: Node) -> None:
    assert holding(login.machine, EVERYWHERE, BIND_PASSWORD) == []


def test_every_file_that_holds_the_obfuscated_one_is_root_s_alone(login: Node) -> None:
    found = holding(login.machine, EVERYWHERE, token(login))
    assert "/etc/sssd/sssd.conf" in found
    modes = login.machine.must("stat", "-c", "%U:%G %a %n", *found).splitlines()
    assert [line for line in modes if not line.startswith("root:root 600 ")] == []


def test_no_log_holds_it_not_even_sssd_s_own_after_an_error(lab: Lab, login: Node) -> None:
    let_sssd_log_errors(lab, login)
    assert secrets_logged(login) == []


def test_no_core_file_can_hold_it(login: Node) -> None:
    pids = login.machine.sh("pgrep sssd").split()
    limits = [login.machine.must("grep", "Max core file size", f"/proc/{pid}/limits").split() for pid in pids]
    assert len(pids) > 3
    assert all(line[4] == "0" for line in limits), limits
    filters = {login.machine.read(f"/proc/{pid}/coredump_filter").strip() for pid in pids}
    assert filters == {"00000000"}, "nor one that the kernel hands to a program, past the limit"


def test_the_node_bucket_does_not_hold_it(lab: Lab, login: Node) -> None:
    sync(login.machine, f"s3://{BUCKET}", "/tmp/bucket")
    assert int(login.machine.sh("find /tmp/bucket -type f | wc -l")) > 40
    assert holding(login.machine, "/tmp/bucket", BIND_PASSWORD, token(login)) == []


def test_a_password_made_obfuscated_by_the_command_line_is_taken_by_sssd(lab: Lab, login: Node) -> None:
    made = subprocess.run(
        ["node", CHECKOUT / "lib/cli.cjs", "password", "obfuscate"], input=BIND_PASSWORD, text=True, capture_output=True
    )
    assert made.returncode == 0, made.stderr
    here, other = "/etc/sssd/sssd.conf", made.stdout.strip()
    assert other not in ("", token(login))
    text = login.machine.read(here)
    login.machine.write(here, text.replace(token(login), other), mode="600")
    login.machine.must("systemctl", "restart", "sssd")
    login.wait_online()
    assert lab.laptop.password("carol", "login-1").ok
    assert "sssd.conf differs" not in login.podlaunch("check").out, "the node's own reader takes it, too"
    assert login.podlaunch("apply").ok
