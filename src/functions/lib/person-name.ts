import { sameName } from './same-name.ts';

/** Names of accounts and groups that nodes or directories have already: no person may have one. Nodes ignore them too. */
const TAKEN = new Set(
  [
    // Of Ubuntu, of HyperPod's image and of what runs there (lifecycle-scripts/podlaunch_node/ldap/never_known.py).
    'root daemon bin sys sync games man lp mail news uucp proxy www-data backup list irc gnats nobody nogroup',
    'systemd-network systemd-resolve systemd-timesync systemd-journal systemd-coredump messagebus syslog _apt tss uuidd',
    'tcpdump sshd pollinate landscape fwupd-refresh usbmux dnsmasq _chrony chrony sssd polkitd rtkit',
    'ubuntu ec2-user admin centos ssm-user ec2-instance-connect sagemaker-user lxd slurm slurmdbd munge mysql',
    'prometheus node_exporter grafana docker',
    'adm sudo wheel disk shadow tty utmp plugdev netdev kmem dialout fax voice cdrom floppy tape audio video staff users',
    'kvm render input crontab ssh sgx src dip',
    // Of every Active Directory, and of AWS's.
    'administrator guest krbtgt readonly all none defaultaccount aws-admin awsadmin',
    'administrators guests account-operators server-operators print-operators backup-operators replicator',
  ].flatMap((line) => line.split(' ')),
);

/** Whether nodes or the directory have an account or a group of this name themselves. */
export function isTakenName(name: string): boolean {
  return TAKEN.has(sameName(name));
}

/**
 * True if a person can have this name, in a directory and on nodes; else what is wrong with it, as the end of a sentence:
 * "AdminUser must begin …". Active Directory takes 20 characters as sAMAccountName.
 */
export function isPersonName(name: string): true | string {
  if (!/^[a-z]/.test(name)) return 'must begin with a letter in lower case';
  if (name.length > 20) return 'must have at most 20 characters';
  if (!/^[a-z0-9._-]*[a-z0-9]$/.test(name))
    return 'must be of lower-case letters, digits, dots, hyphens and underscores, and end in a letter or digit';
  const [owner = '', group] = name.split('.');
  // chown takes root.adm for root:adm where nobody is called so.
  const isPair = group !== undefined && TAKEN.has(owner) && TAKEN.has(group);
  return isPair || TAKEN.has(name)
    ? `must be another name than ${name}, which the directory or the nodes have already`
    : true;
}
