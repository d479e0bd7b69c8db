/** The tags of every resource that takes any: its name in the console, and the project it belongs to. */
export function tags(project: string, name: string): readonly { readonly Key: string; readonly Value: string }[] {
  return [
    { Key: 'Name', Value: `${project}-${name}` },
    { Key: 'podlaunch:project', Value: project },
  ];
}
