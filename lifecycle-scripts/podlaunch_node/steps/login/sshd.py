"""sshd: keys come from the directory, passwords only where the settings ask for them."""

from __future__ import annotations

import re
import socket
from pathlib import Path

from podlaunch_node.faults import Fault
from podlaunch_node.node import LIBEXEC, RUNTIME, Node
from podlaunch_node.plan import Plan
from podlaunch_node.run import CommandError
from podlaunch_node.system import files, services

NAME = "sshd"
ANY, ANY6 = "0.0.0.0", "::"  # noqa: S104 (compared, never listened on)
MAIN = "/etc/ssh/sshd_config"
FILE = "/etc/ssh/sshd_config.d/10-podlaunch.conf"
KEYS_COMMAND = f"{LIBEXEC}/authorized-keys %u"

# ec2-instance-connect sets its own AuthorizedKeysCommand on sshd's command line, which no file can
# beat. A unit drop-in of the same name in /etc takes the place of the package's.
CONNECT_NAME = "ssh.service.d/ec2-instance-connect.conf"
CONNECT_PACKAGED = (f"/usr/lib/systemd/system/{CONNECT_NAME}", f"/lib/systemd/system/{CONNECT_NAME}")
CONNECT = f"/etc/systemd/system/{CONNECT_NAME}"
CONNECT_TEXT = "# Written by podlaunch-node: keys come from the directory, not from EC2 Instance Connect.\n"


def render(plan: Plan, penalties: bool = False) -> str:
    """The drop-in. sshd takes the first value it reads, so it sorts before the image's own files.

    `penalties` says that this sshd shuts an address out after refused logins (OpenSSH 9.8 and later do): people
    come through a bastion host or Systems Manager, from one address, and one of them would shut out all.

    Where passwords are asked for, they are so for the directory's groups only: the node's own
    accounts keep what the image says. The Match block ends with this file.
    """
    lines = [
        "# Written by podlaunch-node.",
        "UsePAM yes",
        "PubkeyAuthentication yes",
        f"AuthorizedKeysCommand {KEYS_COMMAND}",
        "AuthorizedKeysCommandUser nobody",
        # A class that logs in at the same second: by default sshd begins to drop the eleventh caller.
        "MaxStartups 100:30:200",
        *(["PerSourcePenalties no"] if penalties else []),
    ]
    groups = plan.settings.groups_on(plan.node_type)
    if not plan.settings.password_login:
        lines += ["PasswordAuthentication no", "KbdInteractiveAuthentication no"]
    elif groups:
        lines.append(f'Match Group "{",".join(pattern(group.name) for group in groups)}"')
        lines += ["    PasswordAuthentication yes", "    KbdInteractiveAuthentication yes"]
    return "\n".join(lines) + "\n"


def pattern(name: str) -> str:
    """A group's name as a pattern of sshd's: lower case as SSSD gives it; `?` for what is no ASCII or means something
    in a pattern. It may match another directory group of a like name, whose members PAM then refuses (module access).
    """
    return "".join(one if re.fullmatch(r"[a-z0-9 ._-]", one) else "?" * len(one.encode()) for one in name.lower())


def wanted_text(node: Node, plan: Plan) -> str:
    """The drop-in as this node's sshd understands it."""
    return render(plan, "\npersourcepenalties " in dump(node, check=False))


def check(node: Node, plan: Plan) -> list[str]:
    """What differs from the plan."""
    found = [] if files.matches(node, FILE, wanted_text(node, plan), 0o644) else [f"{FILE} differs"]
    if connect_is_packaged(node) and not files.matches(node, CONNECT, CONNECT_TEXT, 0o644):
        found.append("ec2-instance-connect overrides the directory's keys")
    if not found and not services.is_loaded(node, SERVICE):
        found.append("sshd has not loaded its files")
    return found


def apply(node: Node, plan: Plan) -> None:
    """Write the drop-in after `sshd -t` has read it, and restart sshd. Open sessions stay open.

    Throws PLN-SSHD, PLN-SERVICE.
    """
    services.keep_first(node, SERVICE)
    effective(node)
    if connect_is_packaged(node):
        files.write(node, CONNECT, CONNECT_TEXT)
    files.write(node, FILE, wanted_text(node, plan), validate=lambda path: validate(node, path))
    services.load(node, SERVICE)


def verify(node: Node, _plan: Plan) -> None:
    """Throws PLN-SSHD unless the values that count are ours."""
    verify_values(node)


def verify_values(node: Node) -> None:
    """Throws PLN-SSHD unless sshd, as configured now, takes its keys from the directory through PAM."""
    now = effective(node)
    wanted = {"usepam": "yes", "authorizedkeyscommand": KEYS_COMMAND, "authorizedkeyscommanduser": "nobody"}
    wrong = [f"{key} is {now.get(key, 'not set')}" for key, value in wanted.items() if now.get(key) != value]
    if wrong:
        raise Fault(
            "PLN-SSHD",
            f"sshd does not take {FILE}: {', '.join(wrong)}",
            f"{MAIN} must begin with `Include /etc/ssh/sshd_config.d/*.conf`.",
            ours=True,
        )


def effective(node: Node) -> dict[str, str]:
    """sshd's settings as it reads them now, outside of Match blocks. Throws PLN-SSHD."""
    try:
        text = dump(node)
    except CommandError as error:
        raise Fault(
            "PLN-SSHD", f"sshd refuses its configuration: {error.stderr}", "Correct the file that it names."
        ) from error
    pairs = (line.partition(" ") for line in reversed(text.splitlines()))
    return {key: value for key, _space, value in pairs}


def dump(node: Node, check: bool = True) -> str:
    """What `sshd -T` says. Where sshd waits for its first caller behind a socket, its folder may not be there yet."""
    files.make_folder(node, "/run/sshd")
    return node.run(["/usr/sbin/sshd", "-T"], check=check).stdout


def validate(node: Node, path: Path) -> None:
    """Throws PLN-SSHD unless sshd can start with this drop-in read first."""
    text = f"Include {path}\n{files.read(node, MAIN) or ''}"
    trial = f"{RUNTIME}/sshd_config"
    files.write(node, trial, text, mode=0o600)
    try:
        node.run(["/usr/sbin/sshd", "-t", "-f", str(node.path(trial))])
    except CommandError as error:
        raise Fault(
            "PLN-SSHD", f"sshd refuses its new file: {error.stderr}", "Check the groups' names.", ours=True
        ) from error
    finally:
        files.remove(node, trial)


def connect_is_packaged(node: Node) -> bool:
    """Whether the package ec2-instance-connect has put its drop-in into sshd's unit."""
    return any(node.path(path).exists() for path in CONNECT_PACKAGED)


def restart(node: Node) -> None:
    """Let sshd load its files. One that the administrator has switched off stays off."""
    services.systemctl(node, "daemon-reload")
    if services.is_active(node, "ssh.socket"):
        services.systemctl(node, "try-restart", "ssh.service")
    elif services.is_enabled(node, "ssh.service") or services.is_active(node, "ssh.service"):
        services.systemctl(node, "reset-failed", "ssh.service", check=False)
        services.systemctl(node, "restart", "ssh.service")


def prove(node: Node) -> None:
    """Throws PLN-SSHD unless sshd greets a caller (where it is switched on at all)."""
    if not (services.is_active(node, "ssh.socket") or services.is_enabled(node, "ssh.service")):
        return
    host, _colon, port = effective(node)["listenaddress"].rpartition(":")
    host = {ANY: "127.0.0.1", f"[{ANY6}]": "::1"}.get(host, host.strip("[]"))
    try:
        with socket.create_connection((host, int(port)), timeout=10) as caller:
            greeting = caller.recv(64)
    except OSError as error:
        raise Fault("PLN-SSHD", f"sshd does not answer on {host}:{port} ({error})", "systemctl status ssh") from error
    if not greeting.startswith(b"SSH-"):
        raise Fault("PLN-SSHD", f"what answers on {host}:{port} is not sshd", "systemctl status ssh")


SERVICE = services.Service("ssh", (FILE, CONNECT), restart, prove)
