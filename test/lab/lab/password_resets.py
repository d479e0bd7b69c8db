"""ds:ResetUserPassword, which moto lacks, at the first controller of the lab's directory."""

import contextlib
import json
import subprocess
import threading
from collections.abc import Callable, Iterator

from lab.directory import DATABASE, Directory

ResetPassword = Callable[[str, str], bool]
"""Gives an account a password, and enables it, as AWS does. False where the directory refuses."""

SET_PASSWORDS = """
import json, sys
import ldb
from samba.auth import system_session
from samba.param import LoadParm
from samba.samdb import SamDB
lp = LoadParm()
lp.load_default()
directory = SamDB(url=sys.argv[1], session_info=system_session(), lp=lp)
for line in sys.stdin:
    asked = json.loads(line)
    person = f"(sAMAccountName={ldb.binary_encode(asked['UserName'])})"
    try:
        found = directory.search(expression=person, attrs=["userAccountControl"])[0]
        flags = int(str(found["userAccountControl"])) & ~2
        password = ('"' + asked["NewPassword"] + '"').encode("utf-16-le")
        change = ldb.Message(found.dn)
        change["password"] = ldb.MessageElement(password, ldb.FLAG_MOD_REPLACE, "unicodePwd")
        change["flags"] = ldb.MessageElement(str(flags), ldb.FLAG_MOD_REPLACE, "userAccountControl")
        directory.modify(change)
        print("done", flush=True)
    except Exception as thrown:
        print("refused", type(thrown).__name__, flush=True)
"""
"""Runs on a controller as long as the function may ask: starting samba-tool takes a second for each password."""


@contextlib.contextmanager
def password_resets(directory: Directory) -> Iterator[ResetPassword]:
    """Resets passwords at the first controller. The second has them when the two copy from each other next."""
    command = directory.dc1.command("python3", "-c", SET_PASSWORDS, DATABASE)
    setting = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    one_at_a_time = threading.Lock()

    def reset_password(user: str, password: str) -> bool:
        assert setting.stdin and setting.stdout
        with one_at_a_time:
            setting.stdin.write(json.dumps({"UserName": user, "NewPassword": password}) + "\n")
            setting.stdin.flush()
            return setting.stdout.readline() == "done\n"

    try:
        yield reset_password
    finally:
        setting.communicate(timeout=30)
