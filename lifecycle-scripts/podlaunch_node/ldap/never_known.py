"""Accounts and groups of the directory that a node never knows, because it would take them for others.

Anyone who may make accounts in the directory (no right of the cluster is needed for it) could else make one that gets
what root gives away: `chown 0 FILE` and `chown root.root FILE` ask for an account of that name first.
"""

from __future__ import annotations

from string import ascii_lowercase

from podlaunch_node.system.local_names import LocalNames

# Names that a node may have of its own later, besides those that it has now.
USERS = {"root", "ubuntu", "ssm-user", "sshd", "nobody", "slurm", "munge"}
GROUPS = {"root", "adm", "sudo", "admin", "wheel", "docker", "lxd", "disk", "shadow", "ubuntu", "slurm", "munge"}

# What makes a name more than a number, `0` and `0.0` alike. LDAP has no patterns: the filter wants one of these
# characters, or a beginning that sorts behind Latin letters (Windows; Samba sorts it before everything else).
MARKS = f"{ascii_lowercase}-_"
WITH_A_LETTER = "(|(sAMAccountName>=a)(sAMAccountName<=!)" + "".join(f"(sAMAccountName=*{one}*)" for one in MARKS) + ")"


def is_number(name: str) -> bool:
    """Whether chown, chgrp, install or tar could take the name for a number (or two, as in `0.0`)."""
    return not any(one.isalpha() or one in MARKS for one in name)


def users(local: LocalNames) -> list[str]:
    """The names that no account of the directory is known by on a node with these names of its own, sorted.

    The numbers are here too, beside WITH_A_LETTER: SSSD may have such an account in its cache already.
    `chown` takes `root.adm` for `root:adm` where no account is called so.
    """
    own = USERS.union(local.users)
    pairs = {f"{user}.{group}" for user in own for group in (user, "root")}
    pairs |= {f"root.{group}" for group in GROUPS.union(local.groups)}
    return sorted(own | pairs | set(local.uids) | set(local.gids))


def groups(local: LocalNames) -> list[str]:
    """The names that no group of the directory is known by, sorted."""
    return sorted(GROUPS.union(local.groups, local.gids, local.uids))


def why_not(name: str, local: LocalNames) -> str | None:
    """Why an account of this name is never known, in words; None where it is."""
    if is_number(name):
        return "has no letter in its name, and would be taken for a number"
    if name.lower() in {one.lower() for one in users(local)}:
        return "has a name that the node would take for one of its own"
    return None
