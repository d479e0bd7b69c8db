"""What the rules say, which addresses they close, and how asking tells whether they are in force."""

from pathlib import Path

import pytest
from metadata_world import ABSENT, kernel
from podlaunch_node.run import CommandError, Done
from podlaunch_node.steps.metadata import metadata_addresses, metadata_probe, metadata_rules
from podlaunch_node.steps.metadata.metadata_addresses import AGENT, ALWAYS, SERVICE, Address
from support import Clock, Commands, make_node, put

REFUSE = "reject with icmpx type admin-prohibited"


def chain(text: str, name: str) -> list[str]:
    """The rules of a chain."""
    body = text.partition(f"chain {name} {{")[2].partition("}\n    chain")[0]
    return [line.strip() for line in body.splitlines() if line.strip()]


def test_who_may_pass_is_named_and_the_rest_is_refused() -> None:
    asked = chain(metadata_rules.render([1000, 0], []), "asked")
    assert asked[:2] == ["meta skuid { 0, 1000 } accept", REFUSE]


@pytest.mark.parametrize("hook", ["output", "prerouting"])
def test_every_address_is_closed_ahead_of_the_nat_table(hook: str) -> None:
    text = metadata_rules.render([0], [Address("10.0.0.9", 8080), Address("fd12::1")])
    rules = chain(text, hook)
    assert f"hook {hook} priority raw;" in rules[0]
    end = "jump asked" if hook == "output" else REFUSE
    assert f"ip daddr {{ {SERVICE}, {AGENT}, 169.254.170.2, 169.254.170.23 }} {end}" in rules
    assert f"ip6 daddr {{ fd00:ec2::254, fd00:ec2::23 }} {end}" in rules
    assert f"ip daddr 169.254.0.0/16 tcp dport 9081 {end}" in rules
    assert f"ip daddr 10.0.0.9 tcp dport 8080 {end}" in rules
    assert f"ip6 daddr fd12::1 {end}" in rules


def test_loaded_again_the_rules_are_not_doubled() -> None:
    text = metadata_rules.render([0], [])
    assert text.index("delete table") < text.index("chain output")


NFT = """table ip nat {
  chain OUTPUT {
    type nat hook output priority dstnat; policy accept;
    ip daddr 169.254.169.254 tcp dport 80 counter packets 79 bytes 4740 dnat to 169.254.0.2:9081
    ip daddr 169.254.169.254 meta skuid != 0 tcp dport 80 redirect to :8080
    tcp dport 443 dnat to 10.0.0.9:8443
  }
  chain OTHER { dnat to 169.254.7.7 }
}
table ip6 nat { chain OUTPUT { ip6 daddr fd00:ec2::254 tcp dport 80 dnat to [fd12::1]:9081 } }
"""
IPTABLES = """*nat
-A OUTPUT -d 169.254.169.254/32 -p tcp -m tcp --dport 80 -j DNAT --to-destination 169.254.3.3:9999
-A OUTPUT -p tcp --dport 25 -j DNAT --to-destination 10.0.0.25:2525
"""


def test_where_the_nat_tables_redirect_the_service_to_is_found(tmp_path: Path) -> None:
    run = Commands({"/usr/sbin/nft list ruleset": NFT, "iptables-save": IPTABLES})
    run.answers["ip6tables-save"] = CommandError(["ip6tables-save"], None, "not installed")
    assert metadata_addresses.redirects(make_node(tmp_path, run)) == [
        Address("127.0.0.1", 8080),
        Address("169.254.3.3", 9999),
        Address("169.254.7.7", None),
        Address("fd12::1", 9081),
    ]
    assert not run.ran("iptables-legacy-save")


def test_rules_of_the_old_iptables_are_read_where_there_are_any(tmp_path: Path) -> None:
    run = Commands({"iptables-legacy-save": IPTABLES})
    node = make_node(tmp_path, run)
    put(node, metadata_addresses.LEGACY_TABLES, "filter\nnat\n")
    assert metadata_addresses.redirects(node) == [Address("169.254.3.3", 9999)]


def test_nobody_is_asked_for_at_every_address_and_port(tmp_path: Path) -> None:
    run = kernel()
    run.answers["setpriv"] = "EHOSTUNREACH\n" * (len(ALWAYS) + 1)
    assert metadata_rules.why_open(make_node(tmp_path, run), [Address("169.254.3.3", 9999)]) is None
    asked = run.ran("setpriv --reuid nobody --regid nogroup --clear-groups")[0]
    assert f"{SERVICE} 80 {AGENT} 9081 169.254.170.2 80 169.254.170.23 80 fd00:ec2::254 80 fd00:ec2::23 80" in asked
    assert asked.endswith(" 169.254.3.3 9999")


@pytest.mark.parametrize("ended", ["CONNECTED", "ECONNREFUSED", "TIMEOUT"])
def test_a_closed_port_and_silence_are_no_refusal(tmp_path: Path, ended: str) -> None:
    run = Commands({"setpriv": f"EHOSTUNREACH\n{ended}\n"})
    why = metadata_probe.why_not_refused(make_node(tmp_path, run), [Address(SERVICE, 80), Address(AGENT, 9081)])
    assert why == f"{AGENT} port 9081, asked as nobody: {ended}"


@pytest.mark.parametrize("ended", ["EHOSTUNREACH", "EACCES", "ENETUNREACH"])
def test_a_rejection_and_no_way_there_are_one(tmp_path: Path, ended: str) -> None:
    run = Commands({"setpriv": f"{ended}\n"})
    assert metadata_probe.why_not_refused(make_node(tmp_path, run), [Address(SERVICE, 80)]) is None


@pytest.mark.parametrize("answer", ["EHOSTUNREACH\n", CommandError(["setpriv"], None, "is not installed")])
def test_what_cannot_be_asked_counts_as_open(tmp_path: Path, answer: str | CommandError) -> None:
    run = Commands({"setpriv": answer})
    assert metadata_probe.why_not_refused(make_node(tmp_path, run), [Address(SERVICE, 80), Address(AGENT, 9081)])


def test_rules_that_are_not_loaded_are_open_whoever_is_refused(tmp_path: Path) -> None:
    assert metadata_rules.why_open(make_node(tmp_path, kernel(ABSENT)), []) == "the rules are not in the kernel"


def test_root_is_given_three_tries(tmp_path: Path) -> None:
    said = iter(["ETIMEDOUT", "ECONNREFUSED", "CONNECTED"])
    run = Commands({"/usr/bin/python3": lambda _argv, _stdin: Done(0, next(said), "")})
    clock = Clock()
    assert metadata_rules.why_useless(make_node(tmp_path, run, clock)) is None
    assert len(clock.slept) == 2
