"""The kernel's side of the metadata service: rules in force, everybody but root refused."""

from podlaunch_node.run import Done
from podlaunch_node.steps.metadata.metadata_addresses import ALWAYS
from support import Answer, Commands

ABSENT = Done(1, "", "No such file or directory")
OPEN_TO_NOBODY = "CONNECTED\n" * len(ALWAYS)
REFUSED = "EHOSTUNREACH\n" * len(ALWAYS)
PASSWD = "root:x:0:0::/root:/bin/bash\nubuntu:x:1000:1000::/home/ubuntu:/bin/bash\n"


def answers(listed: Done | str = "", refused: str = REFUSED) -> dict[str, Answer | str]:
    """What the commands say: the table as listed, how `nobody` is answered."""
    return {
        "getent -s files passwd": PASSWD,
        "getent passwd 10001": Done(2, "", ""),
        "/usr/sbin/nft list table": listed,
        "setpriv": refused,
        "/usr/bin/python3 -IB": "CONNECTED",
        "systemctl is-enabled": "enabled",
    }


def kernel(listed: Done | str = "") -> Commands:
    """A node with `ubuntu`."""
    return Commands(answers(listed))
