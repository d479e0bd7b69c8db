"""A Slurm account and an association for each person who may log in, where accounting is on."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from podlaunch_node import directory_link, ldap_client
from podlaunch_node.faults import Fault
from podlaunch_node.ldap_client import Ldap, LdapError
from podlaunch_node.node import Node
from podlaunch_node.plan import Plan
from podlaunch_node.run import CommandError

NAME = "slurm_accounts"
ACCOUNT = "directory"
BATCH = 200
# Values of sAMAccountType: a user; a global and a domain-local group, for security or for mail.
USER = b"805306368"
GROUPS = (b"268435456", b"268435457", b"536870912", b"536870913")


def check(node: Node, plan: Plan) -> list[str]:
    """What differs from the plan. Only the controller, and only with accounting, has anything to do."""
    if not plan.settings.slurm_accounts or plan.node_type != "Controller" or not accounting_is_on(node):
        return []
    absent = missing(node, plan)
    return [f"{len(absent)} people have no Slurm association"] if absent else []


def apply(node: Node, plan: Plan) -> None:
    """Add the account and what is missing under it. Nothing is ever taken away: jobs may hang on it.

    Throws PLN-SLURM, also where people still have no association.
    """
    try:
        add = ["sacctmgr", "--immediate", "--quiet", "add"]
        node.run([*add, "account", ACCOUNT, "Description=people of the directory"], check=False)
        names = missing(node, plan)
        for at in range(0, len(names), BATCH):
            node.run([*add, "user", f"name={','.join(names[at : at + BATCH])}", f"account={ACCOUNT}"], check=False)
    except CommandError as error:
        raise Fault("PLN-SLURM", str(error), "Run `sacctmgr` by hand on the controller.") from error
    still = missing(node, plan)
    if still:
        raise Fault(
            "PLN-SLURM",
            f"{len(still)} people have no Slurm association",
            "Look at slurmdbd and `sacctmgr show associations`.",
        )


def verify(_node: Node, _plan: Plan) -> None:
    """Nothing is left to look at: check has just looked, and apply looks again. Each look asks the whole directory."""


def accounting_is_on(node: Node) -> bool:
    """Whether slurmctld keeps its accounting in slurmdbd."""
    try:
        shown = node.run(["scontrol", "show", "config"], check=False, timeout=20).stdout
    except CommandError:
        return False
    return any(line.startswith("AccountingStorageType") and "slurmdbd" in line for line in shown.splitlines())


def missing(node: Node, plan: Plan) -> list[str]:
    """People of the groups without an association, sorted. Throws PLN-SLURM, and the link's faults."""
    with ThreadPoolExecutor() as pool:
        wanted = pool.submit(people, plan)
        known = pool.submit(associated, node).result()
        return sorted(wanted.result() - known)


def associated(node: Node) -> set[str]:
    """The names that have an association, in lower case. Throws PLN-SLURM."""
    try:
        listed = node.run(["sacctmgr", "--noheader", "--parsable2", "show", "associations", "format=user"], timeout=60)
    except CommandError as error:
        raise Fault("PLN-SLURM", str(error), "Look at slurmdbd.") from error
    return {line.strip().lower() for line in listed.stdout.splitlines()}


def people(plan: Plan) -> set[str]:
    """The names, as SSSD gives them, of all members of the settings' groups, nested ones too."""
    directory = plan.settings.directory
    try:
        with directory_link.open_bound(directory, plan.anchor, plan.secret) as ldap:
            return {name for group in plan.settings.groups for name in members(ldap, directory.search_base, group.name)}
    except (LdapError, OSError, ValueError) as error:
        raise directory_link.search_fault(error) from error


def members(ldap: Ldap, base: str, group: str) -> set[str]:
    """The names of a group's members in lower case, nested ones and those whose primary group it is.

    Group by group: the directory's own rule for nested membership looks at every user, and takes
    seconds where there are thousands. A name with a comma or a quote cannot be a Slurm user.
    """
    named = ldap_client.all_of(ldap_client.equals("objectClass", "group"), ldap_client.equals("sAMAccountName", group))
    ahead = ldap.search(base, named, ["objectSid"])
    people: set[str] = set()
    seen: set[str] = set()
    while ahead:
        entry = ahead.pop()
        dn = entry["dn"][0].decode()
        if dn in seen or "objectSid" not in entry:  # the bind account may not be allowed to read it
            continue
        rid = int.from_bytes(entry["objectSid"][0][-4:], "little")
        seen.add(dn)
        belongs = ldap_client.any_of(ldap_client.equals("memberOf", dn), ldap_client.equals("primaryGroupID", str(rid)))
        for member in ldap.search(base, belongs, ["sAMAccountName", "sAMAccountType", "objectSid"]):
            kind = member.get("sAMAccountType", [b""])[0]
            if kind == USER and "sAMAccountName" in member:
                people.add(member["sAMAccountName"][0].decode().lower())
            elif kind in GROUPS:
                ahead.append(member)
    return {name for name in people if not set(name) & set(",'\"")}
