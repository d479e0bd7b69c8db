"""A node with the plain settings that public scripts write: SSSD's defaults wherever they say nothing."""

from lab import balancer, people
from lab.cluster import Lab
from lab.node import Node

SSSD = f"""[sssd]
config_file_version = 2
services = nss, pam, ssh
domains = default
[domain/default]
id_provider = ldap
auth_provider = ldap
ldap_schema = AD
ldap_uri = ldaps://{balancer.NAME}
ldap_search_base = {people.BASE_DN}
ldap_default_bind_dn = CN={people.BIND_ACCOUNTS[0]},OU=Users,{people.OU}
ldap_default_authtok_type = password
ldap_default_authtok = {people.BIND_PASSWORD}
ldap_tls_cacert = /etc/ldap/ldaps.crt
ldap_tls_reqcert = hard
ldap_id_mapping = True
ldap_referrals = False
ldap_use_tokengroups = True
ldap_user_ssh_public_key = altSecurityIdentities
enumerate = False
use_fully_qualified_names = False
cache_credentials = True
override_homedir = /home/%u
default_shell = /bin/bash
"""

SSHD = """AuthorizedKeysCommand /usr/bin/sss_ssh_authorizedkeys
AuthorizedKeysCommandUser nobody
PasswordAuthentication yes
AllowGroups ubuntu ClusterAdmin ClusterDev
"""

STEPS = """
rm -f /lib/systemd/system/ssh.service.d/ec2-instance-connect.conf
systemctl mask --now sssd-{nss,pam,pam-priv,ssh,sudo,autofs,pac}.socket 2>/dev/null
pam-auth-update --enable mkhomedir
systemctl daemon-reload
systemctl restart sssd ssh
"""


def join_plainly(lab: Lab, node: Node) -> None:
    """Makes the node a member of the directory with these settings."""
    node.machine.write("/etc/ldap/ldaps.crt", lab.leaf.chain)
    node.machine.write("/etc/sssd/sssd.conf", SSSD, mode="600")
    node.machine.write("/etc/ssh/sshd_config.d/10-directory.conf", SSHD)
    node.machine.sh(STEPS)


def without_tokengroups(node: Node) -> None:
    """The same node as it is where a script does not say `ldap_use_tokengroups`: off, for this provider."""
    node.machine.sh("sed -i '/^ldap_use_tokengroups/d' /etc/sssd/sssd.conf; systemctl restart sssd")
