"""The bind password is nowhere that anyone but root could read, not for an instant."""

import threading

from lab.cluster import Lab
from lab.node import Node
from lab.people import BIND_PASSWORD

WATCH = """
import glob, sys, time
secret = sys.stdin.readline().strip().encode()
found, looked, end = set(), 0, time.time() + float(sys.argv[1])
while time.time() < end:
    for path in glob.glob("/proc/[0-9]*/cmdline") + glob.glob("/proc/[0-9]*/environ"):
        try:
            text = open(path, "rb").read()
        except OSError:
            continue
        looked += 1
        if secret in text:
            found.add(text.replace(secret, b"***")[:200].decode(errors="replace"))
print(looked)
print(*found, sep="\\n")
"""


def test_no_argument_list_and_no_environment_holds_it_during_a_run(new_worker: Node) -> None:
    said = []
    watch = ["python3", "-c", WATCH, "8"]
    command = lambda: said.append(new_worker.machine.must(*watch, stdin=f"{BIND_PASSWORD}\n"))  # noqa: E731
    watcher = threading.Thread(target=command)
    watcher.start()
    joined = new_worker.entry()
    watcher.join()
    assert joined.ok, joined.err
    looked, *found = said[0].strip().split("\n")
    assert int(looked) > 500
    assert not [line for line in found if line], found
    assert BIND_PASSWORD not in joined.out + joined.err


def test_no_file_holds_it_in_the_clear(login: Node) -> None:
    search = "grep -rIlF -f /dev/stdin / --exclude-dir=proc --exclude-dir=sys --exclude-dir=dev 2>/dev/null; true"
    assert login.machine.sh(search, stdin=f"{BIND_PASSWORD}\n").split() == []


def test_the_file_with_the_obfuscated_one_is_root_s_alone(login: Node) -> None:
    found = login.machine.sh("grep -rl ldap_default_authtok /etc/sssd | xargs stat -c '%U:%G %a'").split("\n")
    assert found[0] == "root:root 600"
    assert all(line == "root:root 600" for line in found if line)


def test_no_log_holds_it(lab: Lab, login: Node) -> None:
    journal = login.machine.sh("journalctl --no-pager; cat /var/log/provision/* /var/log/sssd/* 2>/dev/null; true")
    console = (login.machine.folder / "console").read_text()
    assert BIND_PASSWORD not in journal + console


def test_no_core_file_can_hold_it(login: Node) -> None:
    pids = login.machine.sh("pgrep -x sssd_be; pgrep -x sssd").split()
    limits = [login.machine.must("grep", "Max core file size", f"/proc/{pid}/limits").split() for pid in pids]
    assert pids
    assert all(line[4] == "0" for line in limits), limits


def test_the_node_bucket_does_not_hold_it(lab: Lab) -> None:
    kept = lab.laptop.machine.sh("grep -rlF -f /dev/stdin /root/publish; true", stdin=f"{BIND_PASSWORD}\n")
    assert kept.strip() == ""
