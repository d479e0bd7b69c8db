"""The bind secret changes between two accounts while people log in: no login is lost."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

from lab.cluster import Lab
from lab.node import Node
from lab.people import BIND_ACCOUNTS, BIND_PASSWORD, OU
from lab.report import Report


@dataclass
class Load:
    """People who log in one after the other, each looked up in the directory and not in the cache."""

    lab: Lab
    node: Node
    let_in: int = 0
    refused: list[str] = field(default_factory=list)
    over: bool = False

    def run(self) -> None:
        """Logs in until told to end."""
        while not self.over:
            self.node.forget_cache()
            by_key = self.let_in % 2 == 0
            result = (self.lab.laptop.key if by_key else self.lab.laptop.password)("carol", self.node.name)
            if result.ok:
                self.let_in += 1
            else:
                self.refused.append(result.err)


def rotate(lab: Lab, to: str, password: str) -> None:
    """What the rotation function does: reset the idle account on every controller, then flip the secret."""
    lab.directory.set_password(f"CN={to},OU=Users,{OU}", password)
    lab.bind_as(to, password)


def test_a_rotation_under_load_loses_no_login(lab: Lab, login: Node, report: Report) -> None:
    first, second = BIND_ACCOUNTS
    load = Load(lab, login)
    thread = threading.Thread(target=load.run)
    thread.start()
    try:
        for number, account in enumerate((second, first, second, first)):
            rotate(lab, account, f"R0tated-Passw0rd-{number}")
            with ThreadPoolExecutor() as pool:
                refreshed = list(pool.map(lambda node: node.podlaunch("refresh"), lab.nodes.values()))
            assert all(result.ok for result in refreshed), refreshed
            time.sleep(2)
    finally:
        load.over = True
        thread.join()
        for account in (second, first):
            rotate(lab, account, BIND_PASSWORD)
        for node in lab.nodes.values():
            node.podlaunch("refresh")
    report.figure("logins during four rotations of the bind account, all let in", load.let_in, "logins")
    report.fault("the bind secret is rotated four times", "nothing", f"{load.let_in} logins meanwhile", "no login")
    assert not load.refused, load.refused[:3]
    assert load.let_in > 20


def test_a_refresh_without_a_change_restarts_nothing(login: Node) -> None:
    show = ["systemctl", "show", "-p", "ExecMainStartTimestampMonotonic", "sssd", "ssh"]
    before = login.machine.must(*show)
    assert login.podlaunch("refresh").ok
    assert login.machine.must(*show) == before


def test_the_old_account_is_not_used_after_the_flip(lab: Lab, login: Node) -> None:
    idle = f"CN={BIND_ACCOUNTS[1]},OU=Users,{OU}"
    lab.directory.modify(idle, "replace", "userAccountControl", "66050")
    try:
        login.wait_online()
        assert login.podlaunch("diagnose").ok
    finally:
        lab.directory.modify(idle, "replace", "userAccountControl", "66048")
