"""The folder on the shared file system in which the homes are made."""

from __future__ import annotations

import os
from stat import S_ISDIR, S_ISVTX

from podlaunch_node.faults import Fault
from podlaunch_node.node import Node
from podlaunch_node.plan import Plan
from podlaunch_node.system import files

NAME = "home_directories"


def check(node: Node, plan: Plan) -> list[str]:
    """What differs from the plan."""
    root = plan.settings.home_root
    return [] if node.path(root).is_dir() else [f"{root} is not there"]


def apply(node: Node, plan: Plan) -> None:
    """Make the folder, once the file system that it is on is mounted. Throws PLN-HOME."""
    require_mount(node, plan.settings.home_root)
    try:
        files.make_folder(node, plan.settings.home_root)
    except Fault as fault:
        raise Fault(
            "PLN-HOME",
            fault.message,
            "Root must be able to write there: look at the file system's root squash.",
        ) from fault


def verify(node: Node, plan: Plan) -> None:
    """Throws PLN-HOME where the folder is missing, is not root's alone, or its file system is not mounted."""
    require_mount(node, plan.settings.home_root)
    if check(node, plan):
        raise Fault("PLN-HOME", f"{plan.settings.home_root} is not a folder", "Rename what is in its place.")
    require_root_s(node, plan.settings.home_root)


def require_root_s(node: Node, root: str) -> None:
    """Throws PLN-HOME where others than root can make, rename or replace folders among the homes.

    Anyone who can do so could be there first under another person's name, or put up a home of their own in its place.
    A folder above may be writable if it is sticky, as /tmp is: what is in it can then only be renamed by its owner.
    """
    folder = node.path(root)
    for part in (folder, *folder.parents):
        stat = part.lstat()
        open_to_others = stat.st_mode & 0o022 and (part == folder or not stat.st_mode & S_ISVTX)
        if S_ISDIR(stat.st_mode) and stat.st_uid in (0, node.owner[0]) and not open_to_others:
            continue
        raise Fault(
            "PLN-HOME",
            f"{part} belongs to uid {stat.st_uid} with mode {stat.st_mode & 0o7777:o}: homes are only made where "
            "nobody but root can write",
            f"chown root: {part} && chmod 755 {part} (a link: name the folder itself as homeRoot)",
        )


def require_mount(node: Node, root: str) -> None:
    """Throws PLN-HOME where homes would land on the root volume by mistake.

    Homes below /home may be local. Any other place must be on a file system of its own: made
    before the mount, a home would be hidden by it and another one made on each node.
    """
    if root == "/home" or root.startswith("/home/"):
        return
    above = str(node.path(root))
    while not os.path.lexists(above):
        above = os.path.dirname(above)
    if os.stat(above).st_dev == os.stat("/").st_dev:
        raise Fault(
            "PLN-HOME",
            f"no file system is mounted for {root}: homes are not made until it is",
            "Check the shared file system's mount (findmnt), or set homeRoot to /home.",
        )
