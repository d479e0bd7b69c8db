type Json = null | string | number | boolean | readonly Json[] | { readonly [key: string]: Json };

/**
 * The logical ids that a part of a template refers to (Ref, Fn::GetAtt, Fn::Sub, DependsOn) whatever its conditions say:
 * not those within an Fn::If, of which CloudFormation may take the other branch.
 */
export function certainReferences(declaration: object): ReadonlySet<string> {
  const found = new Set<string>();
  walk(JSON.parse(JSON.stringify(declaration)), found);
  return found;
}

function walk(value: Json, found: Set<string>): void {
  if (typeof value !== 'object' || value === null) return;
  if (Array.isArray(value)) {
    for (const item of value) walk(item, found);
    return;
  }
  for (const [key, inner] of Object.entries(value)) {
    if (key === 'Fn::If') continue;
    if (key === 'Ref' && typeof inner === 'string') found.add(inner);
    else if (key === 'Fn::GetAtt') found.add(String(Array.isArray(inner) ? inner[0] : inner).split('.')[0]!);
    else if (key === 'DependsOn') for (const id of [inner].flat() as readonly string[]) found.add(id);
    else if (key === 'Fn::Sub') inText(inner, found);
    else walk(inner, found);
  }
}

/** The text of an Fn::Sub, and what its variables are. */
function inText(payload: Json, found: Set<string>): void {
  const [text, variables = {}] = (Array.isArray(payload) ? payload : [payload]) as unknown as readonly [string, Json?];
  for (const [, name] of text.matchAll(/\$\{([^!}][^}]*)\}/g)) {
    if (!(name! in (variables as object))) found.add(name!.split('.')[0]!);
  }
  walk(variables, found);
}
