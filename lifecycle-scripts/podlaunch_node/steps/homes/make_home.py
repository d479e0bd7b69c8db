"""Makes one person's home before the first session. Called by PAM as root, on any number of nodes at once.

The home is built aside and renamed: it is complete or not there, and the first node to rename wins.
"""

from __future__ import annotations

import grp
import os
import pwd
import shutil
import socket
import tempfile
import time
from pathlib import Path

from podlaunch_node.faults import Fault
from podlaunch_node.node import Node
from podlaunch_node.run import CommandError
from podlaunch_node.settings import Settings, kept, parse
from podlaunch_node.steps.homes import earlier_home, home_directories
from podlaunch_node.steps.node import cluster_nodes
from podlaunch_node.system import local_names

SKELETON = "/etc/skel"
STALE_SECONDS = 600
LOOPBACK = ("127.0.0.0/8", "::1")


def make_home(node: Node, person: pwd.struct_passwd, root: str, key_from: list[str]) -> bool:
    """Make the person's home below root; says whether it was this call that made it.

    `key_from` are the networks from which the key pair for ssh between nodes opens the home; without any there is no
    pair. Throws OSError, CommandError, and Fault PLN-HOME where others can write among the homes; nothing
    half-made is left under the home's own name.
    """
    home, folder = node.path(person.pw_dir), node.path(root)
    if home.parent != folder or os.path.lexists(home):
        return False
    home_directories.require_root_s(node, root)
    sweep(folder, time.time())
    aside = Path(tempfile.mkdtemp(prefix=f".podlaunch-new-{person.pw_uid}-{socket.gethostname()}-", dir=folder))
    try:
        shutil.copytree(node.path(SKELETON), aside, symlinks=True, dirs_exist_ok=True)
        if key_from:
            make_key_pair(node, aside, person.pw_name, key_from)
        give(aside, person.pw_uid, person.pw_gid)
        aside.chmod(0o700)
        os.rename(aside, home)
    except OSError:
        if os.path.lexists(home):
            return False
        raise
    finally:
        shutil.rmtree(aside, ignore_errors=True)
    return True


def make_key_pair(node: Node, home: Path, name: str, key_from: list[str]) -> None:
    """A key pair without a passphrase that opens the same home on every node of the cluster, from these networks only.

    A copy of it, from a backup for one, opens nothing elsewhere.
    """
    ssh = home / ".ssh"
    ssh.mkdir(mode=0o700, exist_ok=True)
    key = ssh / "id_ed25519"
    node.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", f"{name}@cluster", "-f", str(key)])
    keys = ssh / "authorized_keys"
    public = key.with_suffix(".pub").read_text(encoding="utf-8")
    keys.write_text(f'from="{",".join(key_from)}" {public}', encoding="utf-8")
    keys.chmod(0o600)


def key_networks(node: Node, settings: Settings, person: pwd.struct_passwd) -> list[str]:
    """From where the person's key pair is to open the home; none where no pair is to be made.

    Who has sudo gets none: anyone who reads that home would be root on every node. Throws CommandError.
    """
    if not settings.ssh_key_pair or has_sudo(settings, person):
        return []
    networks = cluster_nodes.networks(node)
    return [*networks, *LOOPBACK] if networks else []


def has_sudo(settings: Settings, person: pwd.struct_passwd) -> bool:
    """Whether the person is in a group with sudo, on whatever type of node, nested groups too."""
    mine = set(os.getgrouplist(person.pw_name, person.pw_gid))
    return any(_number(group.name) in mine for group in settings.groups if group.sudo)


def _number(group: str) -> int | None:
    """A group's number, None where it is not known: PAM has just had all groups of the person looked up."""
    try:
        return grp.getgrnam(group).gr_gid
    except KeyError:
        return None


def give(folder: Path, uid: int, gid: int) -> None:
    """Make everything in the folder, and the folder, the person's own."""
    for above, folders, names in os.walk(folder):
        for name in (*folders, *names):
            os.chown(os.path.join(above, name), uid, gid, follow_symlinks=False)
    os.chown(folder, uid, gid, follow_symlinks=False)


def sweep(folder: Path, now: float) -> None:
    """Remove what a killed call on this node left."""
    for left in folder.glob(f".podlaunch-new-*-{socket.gethostname()}-*"):
        try:
            if now - left.lstat().st_mtime > STALE_SECONDS:
                shutil.rmtree(left, ignore_errors=True)
        except FileNotFoundError:
            continue


def main() -> int:
    """Entry of libexec/make-home: PAM_USER is the person. Prints to stdout what the person is to read.

    Refuses (1) a person whose home belongs to somebody else; without a home one may come in.
    """
    node, name = Node(), os.environ.get("PAM_USER", "")
    text = kept(node)
    try:
        person = pwd.getpwnam(name)
        if text is None or name in local_names.read(node).users:
            return 0
        settings = parse(text, "the kept settings")
        if not os.path.lexists(person.pw_dir) and say_earlier(node, person, settings.home_root):
            return 0
        make_home(node, person, settings.home_root, key_networks(node, settings, person))
        return 0 if is_own(person) else 1
    except (OSError, KeyError, CommandError, Fault) as error:
        print(f"The home of {name} cannot be made: {error}")
        return 0


def say_earlier(node: Node, person: pwd.struct_passwd, root: str) -> bool:
    """Whether the person has a home under another name; then says so. A second one would only hide the first."""
    earlier = earlier_home.find(node.path(root), person.pw_uid)
    if earlier:
        print(f"You have no home {person.pw_dir}: {earlier} is yours, from when your account had another name.")
        print(f"Ask the cluster's administrator to rename it: {earlier_home.advice(earlier, person.pw_dir)}")
    return earlier is not None


def is_own(person: pwd.struct_passwd) -> bool:
    """Whether the home is the person's own; else says whose it is."""
    owner = os.stat(person.pw_dir).st_uid
    if owner != person.pw_uid:
        print(f"{person.pw_dir} belongs to uid {owner}, not to {person.pw_name} (uid {person.pw_uid}).")
        print("Ask the cluster's administrator to rename it or to give it to you.")
    return owner == person.pw_uid
