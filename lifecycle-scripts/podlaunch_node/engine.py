"""One run: learn what is wanted, make it so step by step, open the gate last, write the status."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field, replace

from podlaunch_node import (
    access,
    aws,
    bind_secret,
    certificate,
    directory_link,
    files,
    home_directories,
    identity,
    install,
    member_unit,
    metadata_service,
    nss_pam,
    packages,
    refresh_timer,
    settings,
    slurm_accounts,
    sshd,
    sssd,
    status,
    sudoers,
)
from podlaunch_node.bind_secret import BindSecret
from podlaunch_node.faults import Fault
from podlaunch_node.identity import Identity
from podlaunch_node.node import RUNTIME, Node
from podlaunch_node.plan import Plan, Step
from podlaunch_node.run import CommandError
from podlaunch_node.settings import Settings

LOCAL_STEPS: tuple[Step, ...] = (metadata_service, sudoers, nss_pam, sshd)
DIRECTORY_STEPS: tuple[Step, ...] = (certificate, sssd)
SIDE_STEPS: tuple[Step, ...] = (home_directories, slurm_accounts)
ALL_STEPS: tuple[Step, ...] = (packages, *LOCAL_STEPS, *DIRECTORY_STEPS, *SIDE_STEPS, access)
LOCK_SECONDS = 600


@dataclass
class Outcome:
    """What a run changed and what went wrong. A warning (homes, Slurm) keeps nobody out."""

    changes: list[str] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    warnings: list[Fault] = field(default_factory=list)
    plan: Plan | None = None
    settings: Settings | None = None
    identity: Identity | None = None


@contextmanager
def only_one(node: Node) -> Iterator[None]:
    """Wait until no other run is under way. Throws PLN-LOCK after ten minutes."""
    files.make_folder(node, RUNTIME)
    with node.path(f"{RUNTIME}/lock").open("w") as lock:
        for _ in range(LOCK_SECONDS * 4):
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                node.sleep(0.25)
        else:
            raise Fault("PLN-LOCK", "another run of podlaunch-node does not end", "ps -ef | grep podlaunch-node")
        yield


def bring_about(node: Node, patient: bool) -> Outcome:
    """Make this node a member of the directory, or keep it one. Never throws Fault: it is in the outcome.

    Nothing that is already so is touched. A fault around us leaves the gate as it was: closed on a
    node that never was a member, open on one that is.
    """
    outcome = Outcome()
    try:
        with only_one(node):
            _install(node, outcome)
            try:
                _learn_and_do(node, patient, outcome)
            finally:
                _finish(node, outcome)
    except Fault as fault:
        outcome.faults.append(fault)
    return outcome


def _install(node: Node, outcome: Outcome) -> None:
    found = install.check(node)
    if found:
        install.apply(node)
        install.verify(node)
        outcome.changes += found
    access.close_unless_open(node)
    if not node.path(refresh_timer.TIMER).exists():
        outcome.changes += refresh_timer.ensure(node, refresh_timer.RETRY_SECONDS)


def _learn_and_do(node: Node, patient: bool, outcome: Outcome) -> None:
    try:
        with ThreadPoolExecutor() as pool:
            installing = pool.submit(_ensure_packages, node)
            plan = learn(node, patient, outcome)
            outcome.changes += installing.result()
        _do(node, plan, outcome)
    except Fault as fault:
        outcome.faults.append(fault)
    except CommandError as error:
        outcome.faults.append(Fault("PLN-COMMAND", str(error), "Run this command by hand as root."))


def _ensure_packages(node: Node) -> list[str]:
    names = packages.missing(node)
    if names:
        packages.install(node)
    return [f"the package {name} was installed" for name in names]


def learn(node: Node, patient: bool, outcome: Outcome) -> Plan:
    """Read settings, secret and certificate and find the node's place. Throws Fault.

    Secret and certificate are asked for at the same time as the settings, where an earlier run
    knows their names; after a change of names they are asked for again.
    """
    me = outcome.identity = identity.find(node, patient)
    if patient:
        node.sleep(aws.spread(node, me.nodes))
    old = settings.kept(node)
    with ThreadPoolExecutor() as pool:
        asked = pool.submit(fetch_settings, node, me)
        guess = _parse_or_none(old)
        early = _ask(pool, node, me, guess) if guess else None
        wanted = outcome.settings = settings.parse(asked.result(), settings.parameter_name(me.cluster_name))
        if early is None or guess is None or guess.directory != wanted.directory:
            early = _ask(pool, node, me, wanted)
        secret, anchor = early[0].result(), early[1].result()
    if wanted.cluster_name != me.cluster_name or me.group not in wanted.node_types:
        raise Fault(
            "PLN-SETTINGS",
            f"the node settings do not know the instance group {me.group} of cluster {me.cluster_name}",
            "Add it to podlaunch.yaml and update the cluster stack.",
            ours=True,
        )
    if settings.keep(node, asked.result()):
        outcome.changes.append("the node settings changed")
    plan = outcome.plan = Plan(wanted, me, wanted.node_types[me.group], secret, anchor, patient)
    return plan


def fetch_settings(node: Node, me: Identity) -> str:
    """The settings document's text from SSM. Throws PLN-AWS."""
    name = settings.parameter_name(me.cluster_name)
    answer = aws.call(node, me.region, "ssm", "get-parameter", "--name", name)
    return str(answer["Parameter"]["Value"])


def _parse_or_none(text: str | None) -> Settings | None:
    try:
        return settings.parse(text, settings.KEPT) if text else None
    except Fault:
        return None


def _ask(
    pool: ThreadPoolExecutor, node: Node, me: Identity, wanted: Settings
) -> tuple[Future[BindSecret], Future[str | None]]:
    directory = wanted.directory
    return (
        pool.submit(bind_secret.fetch, node, me.region, directory.bind_secret_arn),
        pool.submit(certificate.fetch, node, me.region, directory.certificate_arn),
    )


def _do(node: Node, plan: Plan, outcome: Outcome) -> None:
    for step in (packages, *LOCAL_STEPS):
        _ensure(node, plan, step, outcome)
    directory = plan.settings.directory
    plan = replace(plan, bind_name=directory_link.prove(node, directory, plan.anchor, plan.secret, plan.patient))
    for step in DIRECTORY_STEPS:
        _ensure(node, plan, step, outcome)
    for step in SIDE_STEPS:
        try:
            _ensure(node, plan, step, outcome)
        except Fault as fault:
            outcome.warnings.append(fault)
    _ensure(node, plan, access, outcome)


def _ensure(node: Node, plan: Plan, step: Step, outcome: Outcome) -> None:
    found = step.check(node, plan)
    if found:
        node.say(f"{step.NAME}: {'; '.join(found)}")
        step.apply(node, plan)
        outcome.changes += found
    step.verify(node, plan)


def _finish(node: Node, outcome: Outcome) -> None:
    """Set the timer to its pace and write the status."""
    wanted = outcome.settings or _parse_or_none(settings.kept(node))
    pace = wanted.refresh_seconds if wanted else refresh_timer.RETRY_SECONDS
    if outcome.faults or outcome.warnings:
        pace = min(pace, refresh_timer.RETRY_SECONDS)
    try:
        outcome.changes += refresh_timer.ensure(node, pace)
        node_type = outcome.plan.node_type if outcome.plan else None
        version = install.version(install.SOURCE)
        status.write(node, outcome.identity, node_type, outcome.faults, outcome.warnings, version)
        member_unit.show(node, not outcome.faults and access.is_open(node))
    except CommandError as error:
        outcome.faults.append(Fault("PLN-TIMER", str(error), "systemctl status podlaunch-refresh.timer"))
