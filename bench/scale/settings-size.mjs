// Prints [groups, instance groups, bytes of the settings document] as JSON. Needs `npm ci`.
// By URL, so that the type checker does not read the bundle.
const { compile, DEFAULTS, readAssets } = await import(new URL('../../lib/index.js', import.meta.url).href);

/** What AWS fills in has some 60 characters on average: ARNs of secret and certificate, names. */
const FILLED_IN = 'x'.repeat(60);
const SIZES = [
  [2, 3],
  [20, 10],
  [40, 20],
  [60, 20],
  [80, 20],
];

const assets = await readAssets();
const found = SIZES.map(([groups = 0, instanceGroups = 0]) => {
  const config = structuredClone(DEFAULTS);
  config.directory.groups = Array.from({ length: groups }, (_, n) => ({
    ...DEFAULTS.directory.groups[1],
    name: `A Group of People ${n}`,
  }));
  config.cluster.workers = Array.from({ length: instanceGroups - 2 }, (_, n) => ({
    ...DEFAULTS.cluster.workers[0],
    name: `instance-group-no-${n}`,
  }));
  const { value } = compile(config, assets).find((/** @type {any} */ { stack }) => stack === 'cluster');
  const sub = value.Resources.NodeSettings.Properties.Value['Fn::Sub'];
  const text = typeof sub === 'string' ? sub : sub[0];
  return [groups, instanceGroups, text.replaceAll(/\$\{\w+\}/g, FILLED_IN).length];
});
console.log(JSON.stringify(found));
