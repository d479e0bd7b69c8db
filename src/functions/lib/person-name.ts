/** Names of accounts that AWS Managed Microsoft AD has, and of those that Linux nodes have. */
const TAKEN =
  /^(admin|administrator|guest|krbtgt|awsadmind.*|root|ubuntu|nobody|daemon|bin|sys|sshd|sssd|slurm|munge|ssm-user|readonly|all|none)$/i;

/**
 * Whether a person can have this name, in a directory and on nodes; else what is wrong with it, as a sentence goes on
 * after what it is the name of. Active Directory takes 20 characters as sAMAccountName.
 */
export function isPersonName(name: string): true | string {
  if (!/^[a-z]/.test(name)) return 'must begin with a letter in lower case';
  if (name.length > 20) return 'must have at most 20 characters';
  if (!/^[a-z0-9._-]*[a-z0-9]$/.test(name))
    return 'must be of lower-case letters, digits, dots, hyphens and underscores, and end in a letter or digit';
  return TAKEN.test(name) ? `must be another name than ${name}, which the directory or the nodes have already` : true;
}
