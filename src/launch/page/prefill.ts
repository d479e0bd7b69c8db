import type { Json } from '../../document/template-document.ts';
import { hasNoEcho, isLaunchersOwn, parametersOf } from '../template-parameter.ts';

/**
 * The parameters that the page may fill in. None of them names an account's role, secret, bucket, host or certificate,
 * and none opens what is closed: a link with such a value is what launchers are told to close.
 */
const MAY_BE_FILLED_IN: readonly RegExp[] = [
  /^(ClusterName|NodeProvisioningMode|NodeRecovery|JoinFailure)$/,
  /^(Controller|Login|Worker[0-9]+)(InstanceType|InstanceCount|MinimumCount|Disk)$/,
  /^(VpcCidr|ClusterZoneId|SecondZoneId)$/,
  /^(CreateFileSystem|FileSystem(Capacity|Throughput|Compression|Version|BackupDays|Efa|MountPath))$/,
  /^(DomainName|ShortName|Edition)$/,
  /^AccountingDatabase(Class|Storage)?$/,
];

/** The parameters that say who the launcher is. The page asks for them where a command line needs them, and puts them into nothing else. */
const PERSONAL = ['AdminUser', 'AdminPublicKey', 'AlarmEmail'];

/** What the page does with a parameter; the rest only the console asks for. */
export function useOf(template: Json | undefined, name: string): 'link' | 'personal' | 'console' {
  if (PERSONAL.includes(name)) return 'personal';
  if (hasNoEcho(parametersOf(template)[name]) || isLaunchersOwn(template, name)) return 'console';
  return MAY_BE_FILLED_IN.some((names) => names.test(name)) ? 'link' : 'console';
}
