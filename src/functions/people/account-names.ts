/** Accounts and groups that nodes have themselves, or a directory: nobody is called so. Nodes never know them either. */
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
    'administrator guest krbtgt defaultaccount aws-admin awsadmin',
    'administrators guests account-operators server-operators print-operators backup-operators replicator',
  ].flatMap((line) => line.split(' ')),
);

/** How two names are compared: Active Directory takes é for e, and A for a. */
export function sameName(name: string): string {
  return name.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase();
}

/** Why nobody may have this name; undefined where somebody may. `others` are names that the template gives. */
export function faultOfName(name: string, others: readonly string[] = []): string | undefined {
  if (!/^[a-z][a-z0-9._-]{0,19}$/.test(name)) {
    return 'is not a name of 1 to 20 characters that begins with a-z and goes on with a-z, 0-9, dot, hyphen or underscore';
  }
  if (name.endsWith('.')) return 'ends with a dot, which Active Directory does not take';
  const [first = '', second] = name.split('.');
  // chown takes root.adm for root:adm where nobody is called so.
  if (TAKEN.has(name) || (second !== undefined && TAKEN.has(first) && TAKEN.has(second))) {
    return 'is a name that nodes or the directory have themselves';
  }
  if (others.some((other) => sameName(other) === sameName(name))) return 'is the name of an account of the stack';
  return undefined;
}

/** Why no group may have this name. */
export function faultOfGroupName(name: string): string | undefined {
  if (name.length < 1 || name.length > 64) return 'is not a name of 1 to 64 characters';
  if (/["/\\[\]:;|=,+*?<>@#\x00-\x1f\x7f]/.test(name))
    return 'has a character that the directory or sudo does not take';
  if (/^\s|[\s.]$/.test(name)) return 'begins or ends with a blank, or ends with a dot';
  if (!/\p{L}/u.test(name)) return 'has no letter, and would be taken for a number';
  if (TAKEN.has(sameName(name))) return 'is a name that nodes or the directory have themselves';
  return undefined;
}
