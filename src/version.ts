import pkg from '../package.json' with { type: 'json' };

/** podlaunch's own version. */
export const VERSION: string = pkg.version;
