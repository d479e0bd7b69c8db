import { compile } from '../../src/compile/compile.ts';
import { compileRelease } from '../../src/compile/compile-release.ts';
import type { CompiledTemplate } from '../../src/compile/compiled-template.ts';
import type { Config } from '../../src/config/config.ts';
import { DEFAULTS } from '../../src/config/defaults.ts';

const SHA256 = '0123456789abcdef'.repeat(4);

const worker = DEFAULTS.cluster.workers[0]!;

/** Configurations that shape the templates differently. */
export const CONFIGS: Readonly<Record<string, Config>> = {
  defaults: DEFAULTS,
  'nothing retained, no login nodes': {
    ...DEFAULTS,
    retain: false,
    cluster: { ...DEFAULTS.cluster, login: null },
    directory: { ...DEFAULTS.directory, edition: 'Enterprise' },
    storage: { ...DEFAULTS.storage, create: false },
  },
  'eighteen groups of workers with disks': {
    ...DEFAULTS,
    cluster: {
      ...DEFAULTS.cluster,
      workers: Array.from({ length: 18 }, (_, i) => ({
        ...worker,
        name: `workers-${i}`,
        partition: `p${i}`,
        disk: 500,
      })),
    },
  },
};

/** Every kind of template that compile can emit, with and without a release. */
export const VARIANTS: readonly (readonly [name: string, templates: readonly CompiledTemplate[]])[] = [
  ...Object.entries(CONFIGS).map(([name, config]) => [name, compile(config, { sha256: SHA256 })] as const),
  [
    'published',
    await compileRelease(
      DEFAULTS,
      { sha256: SHA256 },
      { bucketName: 'my-bucket', bucketRegion: 'eu-central-1', keyPrefix: 'pod/releases/1.0.0/' },
    ),
  ],
];
