import { isIP } from 'node:net';
import type { Path } from '../../../diagnostics/diagnostic.ts';
import { nearest } from '../../../diagnostics/nearest.ts';
import type { JsonObject } from '../../../document/intrinsics.ts';
import type { Hit } from '../base/rule.ts';
import { notTexts, plainTexts } from '../base/texts.ts';

/** The keys of all services: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html */
const GLOBAL = (
  'CalledVia CalledViaFirst CalledViaLast CalledViaAWSMCP ViaAWSMCPService ChatbotSourceArn CurrentTime EpochTime ' +
  'Ec2InstanceSourceVpc Ec2InstanceSourcePrivateIPv4 FederatedProvider IsMcpServiceAction MultiFactorAuthAge ' +
  'MultiFactorAuthPresent PrincipalAccount PrincipalArn PrincipalIsAWSService PrincipalOrgID PrincipalOrgPaths ' +
  'PrincipalServiceName PrincipalServiceNamesList PrincipalTag PrincipalType referer RequestedRegion RequestTag ' +
  'ResourceAccount ResourceOrgID ResourceOrgPaths ResourceTag SecureTransport SignInSessionArn SourceAccount SourceArn ' +
  'SourceIdentity SourceIp SourceOrgID SourceOrgPaths SourceOwner SourceVpc SourceVpcArn SourceVpce TagKeys ' +
  'TokenIssueTime UserAgent userid username ViaAWSService VpceAccount VpceOrgID VpceOrgPaths VpcSourceIp AssumedRoot'
).split(' ');
const KNOWN = new Set(GLOBAL.map((name) => name.toLowerCase()));

/** What the values of operators must look like, where the operator says it. */
const VALUES: readonly (readonly [operator: RegExp, fits: (text: string) => boolean, what: string])[] = [
  [/^(?:Bool|Null)$/i, (text) => /^(?:true|false)$/i.test(text), 'true or false'],
  [/^Numeric/i, (text) => text.trim() !== '' && !Number.isNaN(Number(text)), 'a number'],
  [/^(?:Not)?IpAddress$/i, isNetwork, 'an address, or a block of addresses'],
  [/^Date/i, (text) => /^\d{4}-\d{2}-\d{2}|^\d+$/.test(text), 'a date'],
];

/** What is wrong with the keys and values of an operator of a policy's condition. */
export function* conditionFaults(operator: string, keys: JsonObject, path: Path): Generator<Hit> {
  const bare = operator.replace(/^For(?:Any|All)Values?:/i, '').replace(/IfExists$/i, '');
  const [, fits, what] = VALUES.find(([name]) => name.test(bare)) ?? [];
  for (const [key, value] of Object.entries(keys)) {
    if (key.startsWith('Fn::')) continue;
    yield* notTexts(value, [...path, key]);
    const [, name] = /^aws:([\w-]+)(?:\/.*)?$/i.exec(key) ?? [];
    const near = name === undefined || KNOWN.has(name.toLowerCase()) ? undefined : nearest(name, GLOBAL);
    if (near !== undefined)
      yield {
        message: `IAM does not have the key ${key}.`,
        path: [...path, key],
        part: 'key',
        hint: `Did you mean aws:${near}?`,
      };
    if (!key.includes(':') && !key.includes('$') && KNOWN.has(key.toLowerCase()))
      yield { message: `The key ${key} is written aws:${key}.`, path: [...path, key], part: 'key' };
    for (const [text, at] of fits ? plainTexts(value, [...path, key]) : [])
      if (!text.includes('${') && !fits!(text))
        yield { message: `${operator} compares with ${what}, not with ${text}.`, path: at };
  }
}

function isNetwork(text: string): boolean {
  const [address = '', bits, more] = text.split('/');
  const version = isIP(address);
  return (
    version !== 0 &&
    more === undefined &&
    (bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (version === 4 ? 32 : 128)))
  );
}
