"""The directory: two Samba domain controllers that copy to each other."""

import functools
import hashlib
import inspect
import shutil
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

from lab import people
from lab.layers import CONTROLLER_OF_DOMAIN, the_cache_to_oneself
from lab.machine import Machine, machine, wait_for
from lab.paths import cache
from lab.people import BASE_DN, BIND_PASSWORD, DOMAIN
from lab.switch import Switch

ADDRESSES = {"dc1": "10.192.10.11", "dc2": "10.192.10.12"}
ADMINISTRATOR_PASSWORD = "Adm1n.Passw0rd!"
DATABASE = "/var/lib/samba/private/sam.ldb"
OPTIONS = ["--option=interfaces = lo eth0", "--option=bind interfaces only = yes", "--option=dns forwarder ="]
DAYS_KEPT = 7
AS_IT_IS = "--controls=local_oid:1.3.6.1.4.1.7165.4.3.12:0"
"""Writes an attribute of a password as it is given, past the rules for passwords."""


@dataclass
class Directory:
    """The two controllers, and what an administrator does to them."""

    dc1: Machine
    dc2: Machine

    def start(self) -> None:
        """Boots both controllers. serve() starts their daemons."""
        for controller in self.controllers():
            controller.start()

    def serve(self) -> None:
        """Starts the daemons on both and waits until both answer a bind."""
        for controller in self.controllers():
            controller.wait_booted()
            controller.must("samba", "-D")
        for controller in self.controllers():
            wait_answers(controller)

    def controllers(self) -> tuple[Machine, Machine]:
        """Both controllers."""
        return (self.dc1, self.dc2)

    def modify(self, dn: str, change: str, attribute: str, *values: str) -> None:
        """Changes one attribute (`change` is add, replace or delete), and waits until both controllers have it."""
        lines = [people.attribute("dn", dn), "changetype: modify\n", f"{change}: {attribute}\n"]
        self.apply("".join(lines + [people.attribute(attribute, value) for value in values]))

    def set_password(self, dn: str, password: str) -> None:
        """Resets a password, on both controllers."""
        value = f"unicodePwd:: {people.unicode_password(password)}\n"
        self.apply(f"{people.attribute('dn', dn)}changetype: modify\nreplace: unicodePwd\n{value}")

    def set_password_age(self, dn: str, days: float | None) -> None:
        """Lets a password be so many days old, of the 42 that it may have; with None it never ends."""
        ago = time.time() - (days or 0) * 86400
        lines = [people.attribute("dn", dn), "changetype: modify\nreplace: userAccountControl\n"]
        lines += [f"userAccountControl: {people.NORMAL if days is None else 512}\n-\nreplace: pwdLastSet\n"]
        lines += [f"pwdLastSet: {int(ago * 10_000_000) + people.LONG_AGO}\n"]
        self.dc1.must("ldbmodify", "-H", DATABASE, AS_IT_IS, stdin="".join(lines))
        self.replicate()

    def forbid_reading(self, dn: str, reader: str, property_set: str) -> str:
        """Denies one account to read a set of another's attributes. Gives back what set_rights() undoes it with."""
        show = ["samba-tool", "dsacl", "get", "-H", DATABASE, f"--objectdn={dn}"]
        before = self.dc1.must(*show).splitlines()[1]
        sid = self.dc1.must("wbinfo", "--name-to-sid", reader).split()[0]
        entry = f"(OD;;RP;{property_set};;{sid})"
        self.dc1.must("samba-tool", "dsacl", "set", "-H", DATABASE, f"--objectdn={dn}", f"--sddl={entry}")
        self.replicate()
        return before

    def set_rights(self, dn: str, rights: str) -> None:
        """Gives an entry the rights that are written so, in SDDL."""
        self.modify(dn, "replace", "nTSecurityDescriptor", rights)

    def apply(self, ldif: str) -> None:
        """Applies LDIF on the first controller and copies it to the second."""
        self.dc1.must("ldbmodify", "-H", DATABASE, stdin=ldif)
        self.replicate()

    def replicate(self) -> None:
        """Copies the first controller's changes to the second, now."""
        self.dc1.must("samba-tool", "drs", "replicate", "dc2", "dc1", BASE_DN)

    def replicate_both_ways(self) -> None:
        """Copies changes that were made through the load balancer, on either controller."""
        self.dc2.must("samba-tool", "drs", "replicate", "dc1", "dc2", BASE_DN)
        self.replicate()


def stop_serving(controller: Machine) -> None:
    """Stops a controller's daemons in order; the machine stays up."""
    controller.sh("kill $(cat /run/samba/samba.pid); while ss -ltn | grep -q ':389 '; do sleep .1; done")
    wait_for(lambda: not controller.run("pgrep", "-x", "samba").ok, 60, f"{controller.name}'s daemons have ended")


def start_serving(controller: Machine) -> None:
    """Starts a controller's daemons again and waits until it answers."""
    controller.must("samba", "-D")
    wait_answers(controller)


def wait_answers(controller: Machine) -> None:
    """Waits until the bind account can search on this controller."""
    search = (
        f"ldapsearch -x -LLL -H ldap://{controller.address} -D ReadOnly@{DOMAIN} -y /dev/stdin -s base -b {BASE_DN} dn"
    )
    wait_for(
        lambda: controller.run("sh", "-c", search, stdin=BIND_PASSWORD).ok, 90, f"{controller.name} answers a bind"
    )


def directory(run: Path, switch: Switch) -> Directory:
    """The lab's directory on disks of its own; the domain is built first if the cache has none that is young enough."""
    domain = build_missing_domain(run)
    parts = [machine(name, address, CONTROLLER_OF_DOMAIN, run, switch) for name, address in ADDRESSES.items()]
    for part in parts:
        part.lower.insert(0, domain / part.name)
    return Directory(*parts)


def build_missing_domain(run: Path | None = None) -> Path:
    """Builds the domain where the cache has none, or an old one that no lab but that of `run` may stand on.

    Gives back its folder.
    """
    domain = _domain_folder()
    if domain.exists() and not _is_old(domain, run):
        return domain
    with the_cache_to_oneself():
        if not domain.exists() or _is_old(domain, run):
            _build_domain(domain)
    return domain


def _is_old(domain: Path, run: Path | None) -> bool:
    others = [folder for folder in cache().glob("run-*") if folder != run]
    return not others and time.time() - domain.stat().st_mtime > DAYS_KEPT * 86400


def private_key(name: str) -> Path:
    """The private part of a lab key, on the host."""
    return _domain_folder() / "keys" / name


def public_key(name: str) -> str:
    """The public part of a lab key, one line."""
    return (_domain_folder() / "keys" / f"{name}.pub").read_text().strip()


@functools.cache
def _domain_folder() -> Path:
    sources = inspect.getsource(people) + inspect.getsource(_provision)
    key = hashlib.sha256((CONTROLLER_OF_DOMAIN.key() + sources).encode()).hexdigest()[:12]
    return cache() / "layers" / f"domain-{key}"


def _build_domain(target: Path) -> None:
    """Makes the domain once: provision, load everyone, join the second controller, keep both disks."""
    print("lab: building the domain", flush=True)
    building = target.parent / "domain.new"
    keys = building / "keys"
    shutil.rmtree(building, ignore_errors=True)
    keys.mkdir(parents=True)
    for name in sorted({*people.key_names(), "ubuntu"}):
        make = ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", f"{name}@laptop", "-f", str(keys / name)]
        subprocess.run(make, check=True)
    switch = Switch()
    switch.start()
    run = building / "run"
    (run / "fsx").mkdir(parents=True)
    parts = [machine(name, address, CONTROLLER_OF_DOMAIN, run, switch) for name, address in ADDRESSES.items()]
    try:
        for part in parts:
            part.start()
            part.wait_booted()
        _provision(parts[0], parts[1], {key.stem: key.read_text().strip() for key in keys.glob("*.pub")})
        for part in parts:
            stop_serving(part)
    finally:
        for part in parts:
            part.stop()
        switch.stop()
    for part in parts:
        (part.folder / "upper").rename(building / part.name)
    shutil.rmtree(run)
    shutil.rmtree(target, ignore_errors=True)
    building.rename(target)


def _provision(dc1: Machine, dc2: Machine, keys: dict[str, str]) -> None:
    for here, there in ((dc1, dc2), (dc2, dc1)):
        names = "".join(f"{m.address} {m.name}.{DOMAIN} {m.name}\n" for m in (here, there))
        here.write("/etc/hosts", f"127.0.0.1 localhost\n{names}")
        here.write("/etc/resolv.conf", f"search {DOMAIN}\nnameserver {dc1.address}\n")
        here.write("/etc/krb5.conf", f"[libdefaults]\n default_realm = {DOMAIN.upper()}\n dns_lookup_realm = false\n")
        here.sh("rm -f /etc/samba/smb.conf")  # provision refuses while it is there
    shape = f"--realm={DOMAIN.upper()} --domain=HYPERPOD --host-name=dc1 --host-ip={dc1.address}".split()
    new = ["samba-tool", "domain", "provision", "--server-role=dc", "--dns-backend=SAMBA_INTERNAL", *shape]
    dc1.must(*new, f"--adminpass={ADMINISTRATOR_PASSWORD}", *OPTIONS, timeout=300)
    dc1.must("ldbadd", "-H", DATABASE, stdin=people.ldif(keys), timeout=900)
    dc1.must("ldbmodify", "-H", DATABASE, AS_IT_IS, stdin=people.OLD_PASSWORD)
    _allow_plain_binds(dc1)
    start_serving(dc1)
    join = [
        "samba-tool",
        "domain",
        "join",
        DOMAIN,
        "DC",
        "-U",
        "HYPERPOD\\Administrator",
        "--dns-backend=SAMBA_INTERNAL",
    ]
    dc2.must(*join, f"--password={ADMINISTRATOR_PASSWORD}", *OPTIONS, timeout=900)
    _allow_plain_binds(dc2)
    start_serving(dc2)


def _allow_plain_binds(controller: Machine) -> None:
    """Lets the controller take simple binds on port 389: what a load balancer that ends TLS hands on."""
    controller.must(
        "sed", "-i", "s/^\\[global\\]/[global]\\n\\tldap server require strong auth = no/", "/etc/samba/smb.conf"
    )
