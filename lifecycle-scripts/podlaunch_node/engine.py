"""One run: learn what is wanted, make it so step by step, open the gate last, write the status."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field, replace

from podlaunch_node import identity, install, learn, settings, settings_changes
from podlaunch_node.diagnose import status
from podlaunch_node.faults import Fault
from podlaunch_node.identity import Identity
from podlaunch_node.ldap import ends
from podlaunch_node.node import WRITTEN_TO, Node
from podlaunch_node.plan import Plan, Step
from podlaunch_node.run import CommandError
from podlaunch_node.settings import Settings
from podlaunch_node.steps.directory import certificate, connection, sssd, sssd_back_end
from podlaunch_node.steps.homes import home_directories, job_homes
from podlaunch_node.steps.login import access, sshd, sudoers
from podlaunch_node.steps.metadata import metadata_service
from podlaunch_node.steps.node import cluster_ssh, member_unit, packages, refresh_timer
from podlaunch_node.steps.session import nss_pam, sessions
from podlaunch_node.steps.slurm import slurm_accounts, slurm_jobs, slurm_node, slurm_users
from podlaunch_node.system import aws, files, lock
from podlaunch_node.vouched import Heard

LOCAL_STEPS: tuple[Step, ...] = (nss_pam, sshd)
DIRECTORY_STEPS: tuple[Step, ...] = (certificate, sssd)
JOINED_STEPS: tuple[Step, ...] = (job_homes, slurm_node, slurm_accounts, slurm_users, slurm_jobs, sessions)
ALL_STEPS: tuple[Step, ...] = (
    packages,
    sudoers,
    metadata_service,
    *LOCAL_STEPS,
    cluster_ssh,
    *DIRECTORY_STEPS,
    home_directories,
    access,
    *JOINED_STEPS,
)


@dataclass
class Outcome:
    """What a run changed and what went wrong. A warning (homes, Slurm) keeps nobody out.

    A notice is about what is well today: nothing is tried again for it.
    """

    changes: list[str] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    warnings: list[Fault] = field(default_factory=list)
    notices: list[Fault] = field(default_factory=list)
    plan: Plan | None = None
    settings: Settings | None = None
    identity: Identity | None = None


def apply(node: Node, patient: bool) -> Outcome:
    """Make this node a member of the directory, or keep it one. Never throws Fault: it is in the outcome.

    Nothing that is already so is touched. A fault around us leaves the gate as it was: closed on a
    node that never was a member, open on one that is.
    """
    outcome = Outcome()
    _close_metadata_at_once(node)
    with _collecting(outcome), lock.only_one(node):
        _install(node, outcome)
        with _collecting(outcome):
            _learn_and_do(node, patient, outcome)
        if outcome.faults:
            _require_closed_metadata(node, outcome)
        _finish(node, outcome)
    return outcome


@contextmanager
def _collecting(outcome: Outcome) -> Iterator[None]:
    """Whatever goes wrong inside ends up among the outcome's faults."""
    try:
        yield
    except Fault as fault:
        outcome.faults.append(fault)
    except CommandError as error:
        outcome.faults.append(Fault("PLN-COMMAND", str(error), "Run this command by hand as root."))
    except OSError as error:
        outcome.faults.append(files.disk_fault(str(error.filename or "a file"), error))


def _install(node: Node, outcome: Outcome) -> None:
    sssd_back_end.let_logins_go(node)
    for folder in WRITTEN_TO:
        files.sweep(node, folder)
    _keep_metadata_closed(node, outcome)
    found = install.check(node)
    if found:
        install.apply(node)
        install.verify(node)
        outcome.changes += found
    access.close_unless_open(node)
    _hold_jobs(node, outcome)
    if not node.path(refresh_timer.TIMER).exists():
        outcome.changes += refresh_timer.ensure(node, refresh_timer.RETRY_SECONDS)


def _hold_jobs(node: Node, outcome: Outcome) -> list[Fault]:
    """Slurm gives no job to a node whose gate is closed. Returns what it was that kept us from saying so."""
    try:
        outcome.changes += slurm_node.hold(node)
    except Fault as fault:
        return [fault]
    return []


def _close_metadata_at_once(node: Node) -> None:
    """Jobs may run here already: before anything else, waiting for another run included."""
    try:
        metadata_service.close_at_once(node, learn.kept_settings(node))
    except CommandError as error:
        node.say(f"the metadata service is open to users: {error}")


def _keep_metadata_closed(node: Node, outcome: Outcome) -> None:
    """Nobody comes in while it is open. The run goes on: nft may only be about to be installed."""
    try:
        found = metadata_service.keep_closed(node, learn.kept_settings(node))
        if found:
            node.say(f"{metadata_service.NAME}: {'; '.join(found)}")
        outcome.changes += found
    except (CommandError, Fault) as error:
        node.say(f"the metadata service is open to users: {error}")
        access.close(node)


def _require_closed_metadata(node: Node, outcome: Outcome) -> None:
    """Whatever else went wrong: while the metadata service is open against the settings, nobody comes in."""
    try:
        metadata_service.require(node, outcome.settings or learn.kept_settings(node))
    except Fault as fault:
        access.close(node)
        if fault.code not in [found.code for found in outcome.faults]:
            outcome.faults.append(fault)


def _learn_and_do(node: Node, patient: bool, outcome: Outcome) -> None:
    with ThreadPoolExecutor() as pool:
        installing = pool.submit(_ensure_packages, node)
        plan = _learn(node, patient, outcome)
        outcome.changes += installing.result()
    _do(node, plan, outcome)


def _ensure_packages(node: Node) -> list[str]:
    names = packages.missing(node)
    if names:
        packages.install(node)
    return [f"the package {name} was installed" for name in names]


def _learn(node: Node, patient: bool, outcome: Outcome) -> Plan:
    outcome.identity = identity.find(node, patient)
    if patient:
        node.sleep(aws.spread(node, outcome.identity.nodes))
    identity.keep(node, outcome.identity)

    def on_change(found: Heard) -> None:
        outcome.settings = found.settings
        if found.doubt:
            outcome.warnings.append(found.doubt)
        before = learn.kept_settings(node)
        if settings.keep(node, found.text):
            changes = settings_changes.between(before, found.settings) if before else []
            messages = [change.message for change in changes] or ["the node settings are new"]
            node.say(f"settings: {'; '.join(messages)}")
            outcome.changes += messages

    wanted, secret, anchor = learn.ask(node, outcome.identity, on_change)
    outcome.plan = learn.plan(outcome.identity, wanted, secret, anchor, patient)
    return outcome.plan


def _do(node: Node, plan: Plan, outcome: Outcome) -> None:
    # A member's gate follows the settings at once, also while the directory is away: a group that
    # was taken out must not stay in. A new node's gate opens last.
    at_once: tuple[Step, ...] = (access,) if access.is_open(node) else ()
    for step in (packages, sudoers, *at_once):
        _ensure(node, plan, step, outcome)
    _ensure(node, plan, metadata_service, outcome)
    for step in LOCAL_STEPS:
        _ensure(node, plan, step, outcome)
    _ensure_or_warn(node, plan, cluster_ssh, outcome)
    plan = prove(node, plan)
    outcome.notices += [one.warning(node.clock()) for one in ends.near(plan.ends, node.clock())]
    for step in DIRECTORY_STEPS:
        _ensure(node, plan, step, outcome)
    _ensure_or_warn(node, plan, home_directories, outcome)
    _ensure(node, plan, access, outcome)
    for step in JOINED_STEPS:
        _ensure_or_warn(node, plan, step, outcome)


def _ensure_or_warn(node: Node, plan: Plan, step: Step, outcome: Outcome) -> None:
    """For what keeps nobody out."""
    try:
        _ensure(node, plan, step, outcome)
    except Fault as fault:
        outcome.warnings.append(fault)


def prove(node: Node, plan: Plan) -> Plan:
    """Walk to the directory; the plan comes back with the bind account's name and what ends in it.

    Where the certificate that was read earlier does not fit any more, it is read from ACM again: every node does so
    after a new certificate, so each waits for a moment of its own.
    Throws the Fault of the link that broke.
    """
    try:
        account = connection.prove(node, plan.settings, plan.anchor, plan.secret, plan.patient)
    except Fault as fault:
        if fault.code != "PLN-TLS":
            raise
        if not plan.patient:  # at first boot the node has waited already
            node.sleep(aws.spread(node, plan.identity.nodes))
        anchor = certificate.fetch(node, plan.identity.region, plan.settings.directory)
        if anchor == plan.anchor:
            raise
        plan = replace(plan, anchor=anchor)
        account = connection.prove(node, plan.settings, anchor, plan.secret, plan.patient)
    return replace(plan, bind_name=account.name, ends=account.ends)


def _ensure(node: Node, plan: Plan, step: Step, outcome: Outcome) -> None:
    found = step.check(node, plan)
    if found:
        node.say(f"{step.NAME}: {'; '.join(found)}")
        step.apply(node, plan)
        outcome.changes += found
    step.verify(node, plan)


def _finish(node: Node, outcome: Outcome) -> None:
    """Set the timer to its pace and write the status."""
    outcome.warnings += _hold_jobs(node, outcome)
    wanted = outcome.settings = outcome.settings or learn.kept_settings(node)
    retry = refresh_timer.retry_seconds(outcome.identity.nodes if outcome.identity else 1)
    pace = wanted.refresh_seconds if wanted else retry
    if outcome.faults or outcome.warnings:
        pace = min(pace, retry)
    outcome.changes += refresh_timer.ensure(node, pace)
    if outcome.changes:
        # What systemctl, apt and pam-auth-update wrote must survive a power loss too.
        node.run(["sync", "--file-system", "/etc"], check=False)
    node_type = outcome.plan.node_type if outcome.plan else None
    version = install.version(install.SOURCE)
    status.write(node, outcome.identity, node_type, outcome.faults, [*outcome.warnings, *outcome.notices], version)
    member_unit.show(node, not outcome.faults and access.is_open(node))
