import type { CodeTable } from '../diagnostics/codes.ts';

/** Every code of podlaunch's own with what it means, from the tables of all folders. Loaded only to explain one. */
export async function allCodes(): Promise<ReadonlyMap<string, string>> {
  const tables = await Promise.all([
    import('../assets/codes.ts'),
    import('../certificate/codes.ts'),
    import('../config/codes.ts'),
    import('../deploy/codes.ts'),
    import('../diff/codes.ts'),
    import('../launch/codes.ts'),
    import('../logs/codes.ts'),
    import('../password/codes.ts'),
    import('../preflight/codes.ts'),
    import('../people/codes.ts'),
    import('../publish/codes.ts'),
    import('../release/codes.ts'),
    import('../sign/codes.ts'),
    import('../ssh/codes.ts'),
    import('../validate/codes.ts'),
    import('../verify/codes.ts'),
    import('./codes.ts'),
  ]);
  return new Map(tables.flatMap(({ CODES }: { readonly CODES: CodeTable }) => Object.entries(CODES)));
}
