"""SSSD: asks the directory who somebody is, whether the password is right, which keys they have."""

from __future__ import annotations

from pathlib import Path

from podlaunch_node.faults import Fault
from podlaunch_node.node import Node
from podlaunch_node.plan import Plan
from podlaunch_node.run import CommandError
from podlaunch_node.steps.directory import certificate, sssd_back_end, sssd_conf
from podlaunch_node.steps.directory.obfuscate import obfuscate, reveal
from podlaunch_node.system import core_files, files, local_names, services

NAME = "sssd"
CONF = sssd_conf.FILE
UNIT = "/etc/systemd/system/sssd.service.d/podlaunch.conf"
READY_SECONDS = 15

# Debian starts responders by socket too; that clashes with `services =` and leaves failed units.
SOCKETS = tuple(f"sssd-{name}.socket" for name in ("autofs", "nss", "pac", "pam", "pam-priv", "ssh", "sudo"))

# A core file would contain the bind password. The package's unit lets the file's group read it at each
# start from SSSD 2.10 on; what a drop-in adds comes after that.
UNIT_TEXT = f"""\
# Written by podlaunch-node.
[Service]
ExecStartPre=+-/bin/chmod -f 600 {CONF}
{core_files.UNIT_LINES}
Restart=on-failure
RestartSec=1
"""


def check(node: Node, plan: Plan) -> list[str]:
    """What differs from the plan."""
    found = []
    text = wanted_text(node, plan)
    if not files.matches(node, CONF, text, 0o600):
        found.append(f"{CONF} differs")
    if not files.matches(node, UNIT, UNIT_TEXT, 0o644):
        found.append(f"{UNIT} differs")
    found += [f"{name} is not masked" for name in SOCKETS if not is_masked(node, name)]
    if not found and not services.is_loaded(node, service(plan)):
        found.append("sssd has not loaded its files")
    if not found and not (services.is_active(node, "sssd") and services.is_enabled(node, "sssd")):
        found.append("sssd does not run, or not at boot")
    return found


def apply(node: Node, plan: Plan) -> None:
    """Write what differs, validated, and let SSSD load it.

    Where a new back end is enough, the responders go on and no login is lost.
    Throws PLN-SERVICE, PLN-SSSD-CONF.
    """
    services.keep_first(node, service(plan))
    text = wanted_text(node, plan)
    mask_sockets(node)
    if not files.matches(node, UNIT, UNIT_TEXT, 0o644):
        files.write(node, UNIT, UNIT_TEXT)
        services.systemctl(node, "daemon-reload")
    if not files.matches(node, CONF, text, 0o600):
        files.write(node, CONF, text, mode=0o600, validate=lambda path: validate(node, path))
    loaded = services.loaded(node, service(plan))
    gentle = (
        loaded.get(UNIT) == UNIT_TEXT
        and sssd_back_end.is_enough(loaded.get(CONF) or "", text)
        and services.is_active(node, "sssd")
        and sssd_back_end.can_be_renewed(node)
    )
    try:
        services.load(node, service(plan, gentle))
        sssd_back_end.wait_ready(node, plan)
    finally:
        sssd_back_end.let_logins_go(node)


def verify(node: Node, plan: Plan) -> None:
    """Throws PLN-SSSD unless SSSD finds the bind account's own entry, or one of the settings' groups.

    Where a conf.d file lets the directory's own uids count (`ldap_id_mapping`), the bind account may have none.
    """
    if not plan.bind_name:
        return
    looks = [("passwd", plan.bind_name), *(("group", group.name) for group in plan.settings.groups)]
    for _ in range(READY_SECONDS * 10):
        if any(node.run(["getent", database, name], check=False).code == 0 for database, name in looks):
            return
        node.sleep(0.1)
    raise Fault(
        "PLN-SSSD",
        f"the directory answers, but SSSD finds neither {plan.bind_name} nor one of the groups in it",
        "Read /var/log/sssd/ and compare directory.searchBase with the domain's root.",
    )


def wanted_text(node: Node, plan: Plan) -> str:
    """sssd.conf as it should be. The token that is there stays where its password is still right."""
    token = sssd_conf.token_in(files.read(node, CONF))
    try:
        right = token is not None and reveal(token) == plan.secret.password
    except ValueError:
        right = False
    if token is None or not right:
        token = obfuscate(plan.secret.password)
    text = sssd_conf.render(plan, token, certificate.cafile(node), local_names.read(node))
    return sssd_conf.known_only(text, files.read(node, sssd_conf.RULES))


def service(plan: Plan, gentle: bool = False) -> services.Service:
    """SSSD as a service that can be put back."""

    def restart(node: Node) -> None:
        if gentle:
            sssd_back_end.renew(node, plan.settings.directory.domain)
        else:
            sssd_back_end.hold_logins(node)
            services.systemctl(node, "enable", "sssd")
            services.systemctl(node, "reset-failed", "sssd", check=False)
            services.systemctl(node, "restart", "sssd")

    def prove(node: Node) -> None:
        if not services.is_active(node, "sssd"):
            raise Fault("PLN-SSSD", "sssd does not run", "Read `journalctl -u sssd`.", ours=True)

    return services.Service("sssd", (CONF, certificate.ANCHOR, UNIT), restart, prove)


def is_masked(node: Node, unit: str) -> bool:
    """Whether the unit cannot be started by anything."""
    link = node.path(f"/etc/systemd/system/{unit}")
    return link.is_symlink() and str(link.readlink()) == "/dev/null"


def mask_sockets(node: Node) -> None:
    """Take Debian's sockets for single responders out of service."""
    waiting = [name for name in SOCKETS if not is_masked(node, name)]
    if waiting:
        services.systemctl(node, "mask", *waiting)
        services.systemctl(node, "stop", *waiting, check=False)  # not every node has each of them
        services.systemctl(node, "reset-failed", *waiting, check=False)


def validate(node: Node, path: Path) -> None:
    """Throws PLN-SSSD-CONF where SSSD's own checker finds a fault."""
    try:
        node.run(["sssctl", "config-check", "--config", str(path), "--snippet", "/etc/sssd/conf.d"])
    except CommandError as error:
        raise Fault(
            "PLN-SSSD-CONF",
            f"SSSD refuses its new configuration: {error.stderr}",
            "Remove what clashes from /etc/sssd/conf.d, or report this as a fault of podlaunch.",
            ours=True,
        ) from error
