/** Which property of a resource takes its tags, and whether it takes a list of keys and values or a map. */
export interface Tagging {
  readonly property: string;
  readonly form: 'list' | 'map';
}

/**
 * The tags of a resource, as its class takes them: the project it belongs to and, in a list, its name in the console.
 * A class that takes none has none; a map is for what the console lists by a name of its own.
 */
export function tagged(tagging: Tagging | undefined, project: string, name: string | undefined): object {
  if (tagging === undefined) return {};
  const owner = 'podlaunch:project';
  if (tagging.form === 'map') return { [tagging.property]: { [owner]: project } };
  const list = [
    { Key: 'Name', Value: `${project}-${name}` },
    { Key: owner, Value: project },
  ];
  return { [tagging.property]: list };
}
