"""What AWS does behind its APIs, done in the lab: the emulators ask for it (test/support/overlay/behind.py)."""

import contextlib
import json
import secrets
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from lab.balancer import ADDRESS
from lab.cluster import HOSTS, Lab
from lab.directory import ADDRESSES, DATABASE
from lab.managed import ADMIN, make_admin
from lab.password_resets import ResetPassword
from lab.people import BIND_ACCOUNTS, OU
from lab.served import Posted, served
from rehearsal import balancer


@dataclass
class Behind:
    """The lab as AWS's inside, and what has been asked of it."""

    lab: Lab
    reset_password: ResetPassword = field(init=False)
    """Set once the controllers are up."""
    controllers: list[str] = field(default_factory=lambda: list(ADDRESSES.values()))
    """Addresses of the directory's controllers."""
    role: dict[str, str] = field(default_factory=dict)
    """Credentials of the nodes' role."""
    cuts_controllers: bool = False
    """Whether a directory that is made has its controllers' cables pulled."""
    passwords: int = 0
    """How many have been set."""
    _known: dict[str, str] = field(default_factory=dict, repr=False)
    _one_at_a_time: threading.Lock = field(default_factory=threading.Lock, repr=False)

    def empty_directory(self) -> None:
        """Leaves nothing of what a people function makes, or would find in its way: a Managed AD is new."""
        controller = self.lab.directory.dc1
        names = [*BIND_ACCOUNTS, "ClusterAdmin", "ClusterDev"]
        either = "".join(f"(sAMAccountName={name})" for name in names)
        marked = f"(|(adminDescription=podlaunch:*)(cn=podlaunch-lock){either})"
        found = controller.must("ldbsearch", "-H", DATABASE, "-b", OU, marked, "dn").splitlines()
        for dn in [line.removeprefix("dn: ") for line in found if line.startswith("dn: ")]:
            controller.must("ldbdel", "-H", DATABASE, dn)
        controller.run("ldbdel", "-H", DATABASE, ADMIN)
        make_admin(self.lab.directory, f"Aa1!{secrets.token_urlsafe(24)}")

    def answer(self, what: str, told: dict[str, Any]) -> dict[str, Any]:
        """Does one thing. Raises ValueError where it cannot."""
        match what:
            case "directory":
                self._password("Admin", told["password"])
                if self.cuts_controllers:
                    self.lab.controllers_away()
                return {"addresses": self.controllers}
            case "password":
                self._password(told["user"], told["password"])
            case "controllers":
                return {"addresses": self.controllers}
            case "health":
                return {"states": self._states()}
            case "balancer":
                with self._one_at_a_time:
                    self._known = self._states()
                    balancer.serve(self.lab.balancer.machine, told["listeners"])
            case "names":
                with self._one_at_a_time:
                    self.lab.vpc.stop_names()
                    aliases = dict.fromkeys(told["names"], ADDRESS)
                    self.lab.vpc.serve_names({**HOSTS, **aliases}, directory="nobody.invalid")
            case "role":
                self.role = told
            case _:
                raise ValueError(f"nobody does {what}")
        return {}

    def _states(self) -> dict[str, str]:
        """How the load balancer sees its targets. haproxy forgets it with each change; an NLB does not."""
        now = balancer.states(self.lab.balancer.machine)
        return {one: self._known.get(one, state) if state == "initial" else state for one, state in now.items()}

    def _password(self, user: str, password: str) -> None:
        with self._one_at_a_time:
            if not self.reset_password(user, password):
                raise ValueError(f"the directory sets no password of {user}")
            self.lab.directory.replicate()
            self.passwords += 1


@contextlib.contextmanager
def serving(behind: Behind) -> Iterator[str]:
    """Serves it in the VPC's network; gives back the address."""

    def answer(posted: Posted) -> tuple[int, str]:
        try:
            return 200, json.dumps(behind.answer(posted.path.strip("/"), json.loads(posted.body)))
        except Exception as failed:  # noqa: BLE001 - whoever asked is told, and fails with it
            return 500, f"{type(failed).__name__}: {failed}"

    with served(behind.lab.vpc.machine, answer) as url:
        yield url
