"""Makes the node's name service and PAM use SSSD, through the distribution's own tools."""

from __future__ import annotations

import json
import re

from podlaunch_node.faults import Fault
from podlaunch_node.node import STATE, Node
from podlaunch_node.plan import Plan
from podlaunch_node.run import CommandError
from podlaunch_node.steps.session import pam_profile, pam_stacks
from podlaunch_node.system import files

NAME = "nss_pam"
NSSWITCH = "/etc/nsswitch.conf"
UNDER_WAY = f"{STATE}/pam-under-way"
DATABASES = ("passwd", "group", "shadow")
PROFILES = "/usr/share/pam-configs"
SSHD = "/etc/pam.d/sshd"
# What pam-auth-update writes: the stacks, and what it remembers of them.
STACKS = ("auth", "account", "password", "session", "session-noninteractive")
BUILT = (
    *(f"/etc/pam.d/common-{name}" for name in STACKS),
    *(f"/var/lib/pam/{name}" for name in (*STACKS, "seen")),
)


def wanted_files(plan: Plan) -> dict[str, str]:
    """Path and text of each file that is wholly ours."""
    return {
        f"{PROFILES}/podlaunch": pam_profile.render(plan),
        f"{PROFILES}/podlaunch-password": pam_profile.PASSWORD_PROFILE,
        pam_profile.WORDS: pam_profile.CHANGE_WORDS,
    }


def check(node: Node, plan: Plan) -> list[str]:
    """What differs from the plan."""
    found = [
        f"{path} differs" for path, text in wanted_files(plan).items() if not files.matches(node, path, text, 0o644)
    ]
    text = files.read(node, NSSWITCH) or ""
    if with_sss(text) != text:
        found.append(f"{NSSWITCH} does not name sss")
    if files.read(node, UNDER_WAY) is not None:
        found.append("a run was killed while it built PAM's stacks")
    return found or [f"{stack_file(name)} does not have our lines" for name in stale_stacks(node, plan)]


def apply(node: Node, plan: Plan) -> None:
    """Write the profiles, let pam-auth-update build the stacks, and name sss in nsswitch.conf. Throws PLN-PAM."""
    text = files.read(node, NSSWITCH) or ""
    if with_sss(text) != text:
        files.write(node, NSSWITCH, with_sss(text))
    before = begin(node, plan)
    for path, text in wanted_files(plan).items():
        if not files.matches(node, path, text, 0o644):
            files.write(node, path, text)
    build_stacks(node)
    for name in stale_stacks(node, plan):
        put_in(node, plan, name, before)
    files.remove(node, UNDER_WAY)


def begin(node: Node, plan: Plan) -> dict[str, str | None]:
    """Keep what is there before anything is written, until all is; what a killed run kept is put back first.

    pam-auth-update keeps a copy of what it built, and leaves the stacks alone where they differ from it: somebody
    edited them. Killed between the two, it would take its own work for an edit.
    """
    try:
        kept = dict(json.loads(files.read(node, UNDER_WAY) or "{}"))
    except (ValueError, TypeError):
        kept = {}
    for path, text in kept.items():
        if text is None:
            files.remove(node, path)
        elif files.read(node, path) != text:
            files.write(node, path, text)
    before = {path: files.read(node, path) for path in (*BUILT, *wanted_files(plan))}
    files.write(node, UNDER_WAY, json.dumps(before))
    return before


def build_stacks(node: Node) -> None:
    """Let pam-auth-update build /etc/pam.d/common-* from the profiles. Throws PLN-PAM."""
    argv = ["pam-auth-update", "--package", "--enable", "podlaunch", "podlaunch-password"]
    try:
        node.run(argv, env={"DEBIAN_FRONTEND": "noninteractive"})
    except CommandError as error:
        raise Fault("PLN-PAM", str(error), "Run the command by hand and read what it says.") from error
    for path in BUILT:
        files.sync(node, path)


def put_in(node: Node, plan: Plan, name: str, before: dict[str, str | None]) -> None:
    """Put our lines into a stack that pam-auth-update left alone, because somebody edited one of them.

    The edit stays as it is. Where there is no place for our lines, nothing is changed: `verify` says so.
    """
    profile = profile_of(name)
    old = pam_stacks.profile_lines(before[profile] or "", name)
    spliced = pam_stacks.splice(files.read(node, stack_file(name)) or "", name, old, wanted_lines(plan, name))
    if spliced is not None:
        node.say(f"{stack_file(name)}: our lines were put in; pam-auth-update leaves edited stacks alone")
        files.write(node, stack_file(name), spliced)


def verify(node: Node, plan: Plan) -> None:
    """Throws PLN-PAM where our lines are not in a stack: it was edited, and there is no place for them.

    Throws it too where sshd does not ask the account stack: people would come in past the gate.
    """
    if not asks_the_gate(files.read(node, SSHD)):
        raise Fault(
            "PLN-PAM",
            f"{SSHD} does not include common-account: people would come in past the gate",
            f"Put `@include common-account` back into {SSHD}, then `podlaunch-node apply`.",
        )
    stale = stale_stacks(node, plan)
    if stale:
        names = ", ".join(stack_file(name) for name in stale)
        raise Fault(
            "PLN-PAM",
            f"{names}: edited by hand, in a way that leaves no place for our lines",
            "Move the edit out of pam-auth-update's blocks, into a profile in /usr/share/pam-configs or behind the "
            f"@include lines of /etc/pam.d/sshd (the blocks: /usr/share/pam/common-{stale[0]}), "
            "then `podlaunch-node apply`.",
        )


def stale_stacks(node: Node, plan: Plan) -> list[str]:
    """The stacks that do not have our lines one after the other, or have SSSD's own profile too."""
    return [
        name
        for name in pam_stacks.STACKS
        if not pam_stacks.is_built(files.read(node, stack_file(name)) or "", wanted_lines(plan, name))
    ]


def asks_the_gate(text: str | None) -> bool:
    """Whether a service's own file asks the account stack; one that is not there lets nobody in."""
    include = r"^(@include|account\s+(include|substack))\s+common-account\s*$"
    return text is None or re.search(include, text, re.MULTILINE) is not None


def stack_file(name: str) -> str:
    """Where a stack is."""
    return f"/etc/pam.d/common-{name}"


def profile_of(name: str) -> str:
    """The profile that has lines for a stack."""
    return f"{PROFILES}/podlaunch-password" if name == "password" else f"{PROFILES}/podlaunch"


def wanted_lines(plan: Plan, name: str) -> list[str]:
    """Our lines of a stack, as they are where they come first."""
    return pam_stacks.profile_lines(wanted_files(plan)[profile_of(name)], name)


def with_sss(text: str) -> str:
    """nsswitch.conf with `sss` in each database that we need; nothing else is touched."""
    for name in DATABASES:
        pattern = re.compile(rf"^{name}:(?P<sources>[^#\n]*)", re.MULTILINE)
        found = pattern.search(text)
        if not found:
            text = text.rstrip("\n") + f"\n{name}: files sss\n"
        elif "sss" not in found.group("sources").split():
            text = text[: found.end()].rstrip() + " sss" + text[found.end() :]
    return text.lstrip("\n")
