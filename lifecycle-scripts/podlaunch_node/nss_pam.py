"""Makes the node's name service and PAM use SSSD, through the distribution's own tools."""

from __future__ import annotations

import re

from podlaunch_node import files, pam_profile
from podlaunch_node.faults import Fault
from podlaunch_node.node import STATE, Node
from podlaunch_node.plan import Plan
from podlaunch_node.run import CommandError

NAME = "nss_pam"
NSSWITCH = "/etc/nsswitch.conf"
UNDER_WAY = f"{STATE}/pam-under-way"
DATABASES = ("passwd", "group", "shadow")
PROFILES = "/usr/share/pam-configs"
STACKS = ("auth", "account", "password", "session", "session-noninteractive")


def wanted_files(plan: Plan) -> dict[str, str]:
    """Path and text of each file that is wholly ours."""
    return {
        f"{PROFILES}/podlaunch": pam_profile.render(plan),
        f"{PROFILES}/podlaunch-password": pam_profile.PASSWORD_PROFILE,
        pam_profile.WORDS: pam_profile.CHANGE_WORDS,
    }


def check(node: Node, plan: Plan) -> list[str]:
    """What differs from the plan."""
    found = [f"{path} differs" for path, text in wanted_files(plan).items() if not files.is_so(node, path, text, 0o644)]
    text = files.read(node, NSSWITCH) or ""
    if with_sss(text) != text:
        found.append(f"{NSSWITCH} does not name sss")
    if files.read(node, UNDER_WAY) is not None:
        found.append("a run was killed while it built PAM's stacks")
    return found or [f"/etc/pam.d/common-{name} is not made from our profile" for name in stale_stacks(node, plan)]


def apply(node: Node, plan: Plan) -> None:
    """Write the profiles, let pam-auth-update build the stacks, and name sss in nsswitch.conf."""
    for path, text in wanted_files(plan).items():
        if not files.is_so(node, path, text, 0o644):
            files.write(node, path, text)
    text = files.read(node, NSSWITCH) or ""
    if with_sss(text) != text:
        files.write(node, NSSWITCH, with_sss(text))
    build_stacks(node)


def build_stacks(node: Node) -> None:
    """Let pam-auth-update build /etc/pam.d/common-* from the profiles. Throws PLN-PAM.

    It keeps a copy of what it built, and leaves files alone that differ from it: somebody edited
    them. Killed between the two, it would take its own work for an edit and stop for ever. UNDER_WAY
    is there as long as it runs; found at the start, it means that no person made the difference. Then it is forced,
    and the copies are removed that it keeps of what it takes for somebody's edits.
    """
    argv = ["pam-auth-update", "--package", "--enable", "podlaunch", "podlaunch-password"]
    forced = files.read(node, UNDER_WAY) is not None
    if forced:
        argv.insert(1, "--force")
    files.write(node, UNDER_WAY, "")
    try:
        node.run(argv, env={"DEBIAN_FRONTEND": "noninteractive"})
    except CommandError as error:
        raise Fault("PLN-PAM", str(error), "Run the command by hand and read what it says.", ours=True) from error
    for name in STACKS:
        files.sync(node, f"/etc/pam.d/common-{name}")
        files.sync(node, f"/var/lib/pam/{name}")
        if forced:
            files.remove(node, f"/etc/pam.d/common-{name}.pam-old")
    files.remove(node, UNDER_WAY)


def verify(node: Node, plan: Plan) -> None:
    """Throws PLN-PAM where a stack was not built: somebody edited it by hand."""
    stale = stale_stacks(node, plan)
    if stale:
        names = ", ".join(f"/etc/pam.d/common-{name}" for name in stale)
        raise Fault(
            "PLN-PAM",
            f"{names}: edited by hand, so pam-auth-update leaves it alone",
            "Run `pam-auth-update --force --package` if the edits may go, then `podlaunch-node apply`.",
            ours=True,
        )


def stale_stacks(node: Node, plan: Plan) -> list[str]:
    """The stacks that do not hold every line of our profiles, or hold SSSD's own profile too."""
    return [name for name in STACKS if not _is_built(files.read(node, f"/etc/pam.d/common-{name}") or "", name, plan)]


def _is_built(text: str, name: str, plan: Plan) -> bool:
    lines = [_arguments(line) for line in text.splitlines() if line.strip() and not line.startswith("#")]
    wanted = [_arguments(line) for line in _profile_lines(name, plan)]
    sss = sum(line[0] == "pam_sss.so" for line in lines)
    return all(line in lines for line in wanted) and sss == sum(line[0] == "pam_sss.so" for line in wanted)


def _profile_lines(name: str, plan: Plan) -> list[str]:
    """The lines of our profiles for one stack, as they stand in the first place. There are none for sessions."""
    profile = pam_profile.PASSWORD_PROFILE if name == "password" else pam_profile.render(plan)
    title = "Auth-Initial" if name == "auth" else name.capitalize()
    block = re.search(rf"^{title}:\n((?:\t.*\n)+)", profile, re.MULTILINE)
    return block.group(1).splitlines() if block else []


def _arguments(line: str) -> list[str]:
    """Module and arguments of a line, without its type and its jumps (whose numbers may change)."""
    match = re.search(r"\bpam_\w+\.so.*", line)
    return match.group(0).split() if match else [""]


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
