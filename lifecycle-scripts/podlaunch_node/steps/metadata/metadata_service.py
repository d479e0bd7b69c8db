"""Closes the instance metadata service to people and their jobs.

Who reaches it has the node's role, and with it the bind secret. `userMetadataAccess: open` is for
clusters whose jobs need the role; docs/nodes/metadata-service.md says what that exposes.
"""

from __future__ import annotations

from pathlib import Path

from podlaunch_node.faults import Fault
from podlaunch_node.node import ETC, Node
from podlaunch_node.plan import Plan
from podlaunch_node.run import CommandError
from podlaunch_node.settings import Settings
from podlaunch_node.steps.metadata import metadata_addresses, metadata_rules, metadata_users
from podlaunch_node.steps.metadata.metadata_rules import NFT
from podlaunch_node.system import files, services

NAME = "metadata_service"
RULES = f"{ETC}/metadata-service.nft"
UNIT_NAME = "podlaunch-metadata.service"
UNIT = f"/etc/systemd/system/{UNIT_NAME}"

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

# Shown at each login. The words in quotes are what AWS's command says to somebody who is refused.
MOTD = "/etc/motd.d/podlaunch"
MOTD_TEXT = """\
This node's AWS role is not for people and their jobs: without sudo, programs get "Unable to locate credentials".
Use AWS credentials of your own, for example with `aws sso login`.
"""
GATE = "Directory users stay out while it is open. Check `nft list ruleset` and the kernel's nf_tables."


def check(node: Node, plan: Plan) -> list[str]:
    """What differs from the plan."""
    if plan.settings.user_metadata_access == "open":
        is_closed = metadata_rules.is_loaded(node) or node.path(UNIT).exists()
        return ["the metadata service is closed"] if is_closed else []
    return _open_by(node, plan.settings)


def apply(node: Node, plan: Plan) -> None:
    """Put the rules in force, now and at each boot; or take them away. Throws PLN-METADATA."""
    try:
        if plan.settings.user_metadata_access == "open":
            _open(node)
        else:
            _close(node, plan.settings)
    except CommandError as error:
        raise _fault(str(error)) from error


def verify(node: Node, plan: Plan) -> None:
    """Throws PLN-METADATA where the service is not as the settings want it, or where root does not reach it either."""
    prove(node, plan.settings)


def prove(node: Node, wanted: Settings) -> None:
    """The same, by settings alone. Throws PLN-METADATA."""
    if _is_opened_by(wanted):
        if metadata_rules.is_loaded(node):
            raise Fault("PLN-METADATA", "the rules for the metadata service are still there", "nft list ruleset")
        return
    require(node, wanted)
    if why := metadata_rules.why_useless(node):
        step = (
            "Check SageMaker's agent for the role, and the redirect to it: `nft list ruleset`, `iptables-save -t nat`."
        )
        raise Fault("PLN-METADATA", f"the node cannot reach the metadata service: {why}", step)


def why_open(node: Node) -> str | None:
    """Why the service is open to people and jobs, or None: the rules are in force at every address."""
    return metadata_rules.why_open(node, metadata_addresses.redirects(node))


def is_as_wanted(node: Node, wanted: Settings | None) -> bool:
    """Whether people and jobs may be on this node, as far as the metadata service goes.

    They may where it is closed, or where the settings open it. Settings that are not known open nothing.
    """
    return _is_opened_by(wanted) or why_open(node) is None


def close_at_once(node: Node, kept: Settings | None) -> None:
    """The first act of a run: rules in the kernel, where there are none and the settings that were kept open nothing.

    It writes no file and needs no lock. Throws CommandError.
    """
    if not _is_opened_by(kept) and not metadata_rules.is_loaded(node):
        metadata_rules.load(node, _rules(node, kept))


def keep_closed(node: Node, kept: Settings | None) -> list[str]:
    """Early in a run: closed now and at the next boot, before AWS is asked for anything. Gives back what differed.

    Throws CommandError, PLN-METADATA.
    """
    found = [] if _is_opened_by(kept) else _open_by(node, kept)
    if found:
        _close(node, kept)
        require(node, kept)
    return found


def require(node: Node, wanted: Settings | None) -> None:
    """Throws PLN-METADATA where people or jobs could use the node's role against the settings."""
    if not _is_opened_by(wanted) and (why := why_open(node)):
        raise _fault(why)


def _is_opened_by(wanted: Settings | None) -> bool:
    return wanted is not None and wanted.user_metadata_access == "open"


def _open_by(node: Node, wanted: Settings | None) -> list[str]:
    """What there is to do until the service is closed."""
    texts = _texts(node, wanted)
    found = [f"{path} differs" for path, text in texts.items() if not files.matches(node, path, text, 0o644)]
    if why := why_open(node):
        found.append(f"the metadata service is open to users: {why}")
    if not found and not services.is_enabled(node, UNIT_NAME):
        found.append(f"{UNIT_NAME} is not enabled")
    return found


def _close(node: Node, wanted: Settings | None) -> None:
    def check_rules(path: Path) -> None:
        node.run([NFT, "--check", "--file", str(path)])

    for path, text in _texts(node, wanted).items():
        files.write(node, path, text, validate=check_rules if path == RULES else None)
    services.systemctl(node, "daemon-reload")
    services.systemctl(node, "enable", UNIT_NAME)
    services.systemctl(node, "reload-or-restart", UNIT_NAME)


def _open(node: Node) -> None:
    services.systemctl(node, "disable", "--now", UNIT_NAME, check=False)
    for path in (UNIT, BESIDE, RULES, MOTD):
        files.remove(node, path)
    if metadata_rules.is_loaded(node):
        metadata_rules.delete(node)
    services.systemctl(node, "daemon-reload")


def _fault(why: str) -> Fault:
    return Fault("PLN-METADATA", f"the instance metadata service cannot be closed to users: {why}", GATE)


def _texts(node: Node, wanted: Settings | None) -> dict[str, str]:
    """Path and text of each file, the rules first."""
    return {RULES: _rules(node, wanted), UNIT: UNIT_TEXT, BESIDE: BESIDE_TEXT, MOTD: MOTD_TEXT}


def _rules(node: Node, wanted: Settings | None) -> str:
    return metadata_rules.render(metadata_users.allowed(node, wanted), metadata_addresses.redirects(node))
