"""Closes the instance metadata service to everyone but root and `ubuntu`.

Who reaches it has the node's role, and with it the bind secret. `userMetadataAccess: open` is for
clusters whose jobs need the role; docs/nodes/metadata-service.md says what that exposes.
"""

from __future__ import annotations

from pathlib import Path

from podlaunch_node import files, services
from podlaunch_node.faults import Fault
from podlaunch_node.node import ETC, Node
from podlaunch_node.plan import Plan
from podlaunch_node.run import CommandError
from podlaunch_node.settings import Settings

NAME = "metadata_service"
RULES = f"{ETC}/metadata-service.nft"
UNIT_NAME = "podlaunch-metadata.service"
UNIT = f"/etc/systemd/system/{UNIT_NAME}"
TABLE = ("inet", "podlaunch_metadata")
ADDRESS = "169.254.169.254"
ADDRESS6 = "fd00:ec2::254"
NFT = "/usr/sbin/nft"

# Closed before there is a network, and so before anything of a user's (sshd, cron, at, Slurm) can run. There is no
# ExecStop: at a shutdown the rules outlive whatever does not want to end.
UNIT_TEXT = f"""\
# Written by podlaunch-node.
[Unit]
Description=podlaunch: close the instance metadata service to users and jobs
DefaultDependencies=no
Wants=network-pre.target
After=local-fs.target systemd-modules-load.service nftables.service
Before=network-pre.target sysinit.target shutdown.target
Conflicts=shutdown.target

[Service]
Type=oneshot
RemainAfterExit=yes
ExecStart={NFT} --file {RULES}
ExecReload={NFT} --file {RULES}

[Install]
WantedBy=sysinit.target
"""


# Debian's nftables.service empties the whole ruleset whenever it is started, reloaded or stopped. What a drop-in adds
# runs after what the unit itself says; units that follow one another are not in order when they are reloaded.
BESIDE = "/etc/systemd/system/nftables.service.d/podlaunch.conf"
BESIDE_TEXT = f"""\
# Written by podlaunch-node: the rules for the metadata service outlive nftables.service's own.
[Service]
ExecStart=-{NFT} --file {RULES}
ExecReload=-{NFT} --file {RULES}
ExecStop=-{NFT} --file {RULES}
"""


def render(allowed: list[int]) -> str:
    """The rules. Forwarded packets come from containers with a network of their own.

    Who may pass is named and the rest refused, not the other way round: a packet that the kernel sends for a socket
    without an owner matches no `skuid` at all.
    """
    users = ", ".join(map(str, sorted(allowed)))
    table = " ".join(TABLE)
    return f"""\
# Written by podlaunch-node.
table {table} {{}}
delete table {table}
table {table} {{
    chain output {{
        type filter hook output priority filter; policy accept;
        ip daddr {ADDRESS} meta skuid {{ {users} }} accept
        ip daddr {ADDRESS} reject with icmpx type admin-prohibited
        ip6 daddr {ADDRESS6} meta skuid {{ {users} }} accept
        ip6 daddr {ADDRESS6} reject with icmpx type admin-prohibited
    }}
    chain forward {{
        type filter hook forward priority filter; policy accept;
        ip daddr {ADDRESS} reject with icmpx type admin-prohibited
        ip6 daddr {ADDRESS6} reject with icmpx type admin-prohibited
    }}
}}
"""


def check(node: Node, plan: Plan) -> list[str]:
    """What differs from the plan."""
    in_force = is_in_force(node)
    if plan.settings.user_metadata_access == "open":
        return ["the metadata service is closed"] if in_force or node.path(UNIT).exists() else []
    found = [f"{path} differs" for path, text in _wanted(node).items() if not files.is_so(node, path, text, 0o644)]
    if not in_force:
        found.append("the metadata service is open to users")
    if not found and not services.is_enabled(node, UNIT_NAME):
        found.append(f"{UNIT_NAME} is not enabled")
    return found


def apply(node: Node, plan: Plan) -> None:
    """Put the rules in force, now and at each boot; or take them away. Throws PLN-METADATA."""

    def check_rules(path: Path) -> None:
        node.run([NFT, "--check", "--file", str(path)])

    try:
        if plan.settings.user_metadata_access == "open":
            services.systemctl(node, "disable", "--now", UNIT_NAME, check=False)
            for path in (UNIT, BESIDE, RULES):
                files.remove(node, path)
            if is_in_force(node):
                node.run([NFT, "delete", "table", *TABLE])
        else:
            for path, text in _wanted(node).items():
                files.write(node, path, text, validate=check_rules if path == RULES else None)
        services.systemctl(node, "daemon-reload")
        if plan.settings.user_metadata_access == "closed":
            services.systemctl(node, "enable", UNIT_NAME)
            services.systemctl(node, "reload-or-restart", UNIT_NAME)
    except CommandError as error:
        raise Fault(
            "PLN-METADATA",
            f"the instance metadata service cannot be closed to users: {error}",
            "Directory users stay out while it is open. Check `nft list ruleset` and the kernel's nf_tables.",
        ) from error


def verify(node: Node, plan: Plan) -> None:
    """Throws PLN-METADATA where the rules are not in force."""
    if is_in_force(node) != (plan.settings.user_metadata_access == "closed"):
        raise Fault("PLN-METADATA", "the rules for the metadata service are not as written", "nft list ruleset")


def is_in_force(node: Node) -> bool:
    """Whether the kernel holds our rules."""
    try:
        done = node.run([NFT, "list", "table", *TABLE], check=False)
    except CommandError:
        return False
    return done.code == 0 and done.stdout.count(f"{ADDRESS} reject") == 2


def close_again(node: Node, wanted: Settings) -> None:
    """At the start of a run, before AWS is asked for anything: put the rules that were written back in force where
    something emptied them. Throws CommandError.
    """
    if wanted.user_metadata_access == "closed" and node.path(RULES).exists() and not is_in_force(node):
        node.run([NFT, "--file", str(node.path(RULES))])


def allowed(node: Node) -> list[int]:
    """User ids that may reach the service: root, and `ubuntu` where there is one."""
    line = node.run(["getent", "-s", "files", "passwd", "ubuntu"], check=False).stdout
    return [0, int(line.split(":")[2])] if line.count(":") >= 6 else [0]


def _wanted(node: Node) -> dict[str, str]:
    """Path and text of each file, the rules first."""
    return {RULES: render(allowed(node)), UNIT: UNIT_TEXT, BESIDE: BESIDE_TEXT}
