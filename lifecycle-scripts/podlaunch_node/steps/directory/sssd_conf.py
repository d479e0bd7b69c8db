"""The text of sssd.conf. Why each key has its value is in docs/nodes/sssd.md."""

from __future__ import annotations

import re

from podlaunch_node.ldap import never_known
from podlaunch_node.plan import Plan
from podlaunch_node.system.local_names import LocalNames

FILE = "/etc/sssd/sssd.conf"
# The first uid that SSSD makes from a SID (ldap_idmap_range_min).
FIRST_MAPPED_UID = 200000

# Keys that an older SSSD may not know and does well without, and one that newer ones have dropped.
# SSSD's checker refuses a file with an unknown key.
RULES = "/usr/share/sssd/cfg_rules.ini"
NOT_EVERYWHERE = re.compile(
    r"^(offline_timeout_max|offline_timeout_random_offset|pam_initgroups_scheme|dns_resolver_server_timeout"
    r"|config_file_version|debug_backtrace_enabled) = .*\n",
    re.MULTILINE,
)
AUTHTOK = re.compile(r"^ldap_default_authtok = (.*)$", re.MULTILINE)
EXPIRED = "This account is disabled or has expired in the directory. Ask the cluster's administrator."
LOCKED = "This account is locked in the directory. Ask the cluster's administrator."


def render(plan: Plan, token: str, cafile: str, local: LocalNames) -> str:
    """sssd.conf for this plan, with the obfuscated bind password `token`, on a node with these names of its own.

    A directory account called like one of the node's would get its groups and its sudo rules (and the other way
    round), in another case or with the domain behind it: SSSD knows neither (module never_known).
    """
    wanted = plan.settings
    directory = wanted.directory
    root = "" if wanted.home_root == "/" else wanted.home_root
    return f"""\
# Written by podlaunch-node; overwritten at the next change. Own additions: conf.d/*.conf.
[sssd]
config_file_version = 2
services = nss, pam, ssh
domains = {directory.domain}
debug_backtrace_enabled = False

[nss]
filter_users = {", ".join(never_known.users(local))}
filter_groups = {", ".join(never_known.groups(local))}
entry_cache_nowait_percentage = 50
memcache_timeout = {min(300, wanted.entry_cache_seconds)}
client_idle_timeout = 20

[pam]
client_idle_timeout = 20
pam_initgroups_scheme = always
offline_credentials_expiration = 7
offline_failed_login_attempts = 5
offline_failed_login_delay = 5
pam_account_expired_message = {EXPIRED}
pam_account_locked_message = {LOCKED}

[ssh]
client_idle_timeout = 20
ssh_use_certificate_keys = False

[domain/{directory.domain}]
id_provider = ldap
auth_provider = ldap
access_provider = ldap
chpass_provider = none
sudo_provider = none
autofs_provider = none
subdomains_provider = none

ldap_uri = ldaps://{directory.ldaps_host}:{directory.ldaps_port}
ldap_search_base = {directory.search_base}
ldap_user_search_base = {directory.search_base}?subtree?{never_known.WITH_A_LETTER}
ldap_group_search_base = {directory.search_base}?subtree?{never_known.WITH_A_LETTER}
ldap_schema = AD
ldap_id_mapping = True
ldap_referrals = False
ldap_use_tokengroups = True
ignore_group_members = True
enumerate = False
case_sensitive = False
use_fully_qualified_names = False

ldap_tls_reqcert = hard
ldap_tls_cacert = {cafile}
ldap_default_bind_dn = {plan.secret.bind_dn}
ldap_default_authtok_type = obfuscated_password
ldap_default_authtok = {token}

ldap_access_order = expire
ldap_account_expire_policy = ad
ldap_user_ssh_public_key = altSecurityIdentities

override_homedir = {root}/%u
override_shell = /bin/bash
cache_credentials = True

entry_cache_timeout = {wanted.entry_cache_seconds}
offline_timeout = {wanted.offline_seconds}
offline_timeout_random_offset = {reconnect_spread(plan.identity.nodes)}
offline_timeout_max = {wanted.offline_seconds}
ldap_connection_expire_timeout = {wanted.connection_expire_seconds}
ldap_network_timeout = 3
ldap_opt_timeout = 4
ldap_search_timeout = 6
dns_resolver_server_timeout = 1000
dns_resolver_op_timeout = 2
dns_resolver_timeout = 4
lookup_family_order = ipv4_first
"""


def reconnect_spread(nodes: int) -> int:
    """Seconds over which the nodes of a cluster spread when the directory is back.

    Without it every node connects within the same 3 s, again and again where the controllers do not answer so many:
    two controllers are trusted with 200 connections a second. SSSD's own default is 30, however small a cluster is.
    """
    return min(30, nodes // 200)


def known_only(text: str, rules: str | None) -> str:
    """sssd.conf without the keys of NOT_EVERYWHERE that this SSSD's own rules (RULES) do not name."""
    known = set(re.findall(r"^option = (\S+)", rules or "", re.MULTILINE))
    return NOT_EVERYWHERE.sub(lambda line: line.group(0) if not known or line.group(1) in known else "", text)


def token_in(text: str | None) -> str | None:
    """The obfuscated bind password in a sssd.conf, or None."""
    found = AUTHTOK.search(text or "")
    return found.group(1).strip() if found else None
