import type { Path } from '../../../diagnostics/diagnostic.ts';
import { functionOf, isList, isObject, type JsonObject, ownEntry } from '../../../document/intrinsics.ts';
import type { Json } from '../../../document/template-document.ts';
import { isOpen } from '../../model/macros.ts';
import { didYouMean } from '../../model/shape.ts';
import { resource } from '../base/examples.ts';
import { literal, resources, valuesAt } from '../base/look.ts';
import type { Hit, Rule } from '../base/rule.ts';

const DOCUMENT = 'AWS::SSM::Document';
const document = (type: string, ...lines: readonly string[]): string =>
  resource(DOCUMENT, `DocumentType: ${type}`, 'Content:', ...lines.map((line) => `  ${line}`));
const command = (...steps: readonly string[]): string =>
  document('Command', "schemaVersion: '2.2'", 'mainSteps:', ...steps.map((step) => `  - ${step}`));
const RUN = 'action: aws:runShellScript, inputs: { runCommand: [id] }';

/** The versions of each kind of document; other kinds are not about steps: https://docs.aws.amazon.com/systems-manager/latest/userguide/documents-schemas-features.html */
const VERSIONS: Readonly<Record<string, readonly string[]>> = {
  Automation: ['0.3'],
  Command: ['1.2', '2.0', '2.2'],
  Policy: ['2.0'],
  Session: ['1.0'],
};
const WITH_STEPS = ['0.3', '2.0', '2.2'];

/** The content as data; undefined where it is text of another form than JSON. */
function contentOf(value: Json | undefined): JsonObject | undefined {
  if (isObject(value)) return functionOf(value) || isOpen(value) ? undefined : value;
  const text = literal(value)?.trim() ?? '';
  if (!text.startsWith('{')) return undefined;
  try {
    const parsed = JSON.parse(text) as Json;
    return isObject(parsed) ? parsed : undefined;
  } catch {
    return undefined;
  }
}

/** What is wrong with a document, at places in its content. */
function* contentFaults(content: JsonObject, type: string): Generator<Hit> {
  const allowed = ownEntry(VERSIONS, type) ?? [];
  const { schemaVersion: written, mainSteps: steps } = content;
  const version = literal(written);
  if (written === undefined) yield { path: [], part: 'key', message: 'The document needs schemaVersion.' };
  else if (version !== undefined && !allowed.includes(version))
    yield {
      path: ['schemaVersion'],
      message: `A document of type ${type} has the schemaVersion ${allowed.join(' or ')}, not ${version}.`,
      hint: didYouMean(version, allowed),
    };
  if (version === undefined || !WITH_STEPS.includes(version) || !allowed.includes(version)) return;
  if (steps === undefined) yield { path: [], part: 'key', message: 'The document needs mainSteps.' };
  yield* stepFaults(isList(steps) ? steps : []);
}

function* stepFaults(steps: readonly Json[]): Generator<Hit> {
  const before = new Set<string>();
  for (const [index, step] of steps.entries()) {
    const path = ['mainSteps', index];
    if (!isObject(step) || functionOf(step)) continue;
    for (const name of ['action', 'name'])
      if (step[name] === undefined) yield { path, message: `A step needs ${name}.` };
    const name = literal(step['name']);
    if (name !== undefined && before.has(name))
      yield { path: [...path, 'name'], message: `A step before has the name ${name} already.` };
    if (name !== undefined) before.add(name);
  }
}

/** Documents of Systems Manager. */
export const AUTOMATION_DOCUMENT_RULES: readonly Rule[] = [
  {
    code: 'E3051',
    name: 'ssm-document',
    message: 'The content of a document is not one that Systems Manager takes.',
    why: 'Systems Manager refuses the document, and the stack rolls back.',
    fix: 'Correct what the message says.',
    url: 'https://docs.aws.amazon.com/systems-manager/latest/userguide/documents-syntax-data-elements-parameters.html',
    bad: [
      document('Command', 'mainSteps: []').replace('Content:', 'Content: # <-'),
      document('Automation', "schemaVersion: '2.2' # <-"),
      document('Command', "schemaVersion: '2.2'").replace('Content:', 'Content: # <-'),
      command(`{ ${RUN} } # <-`),
      command(`{ name: One, ${RUN} }`, `{ name: One, ${RUN} } # <-`),
      resource(DOCUMENT, `Content: '{"schemaVersion": "3"}' # <-`),
    ],
    good: [
      command(`{ name: One, ${RUN} }`),
      document('Session', "schemaVersion: '1.0'", 'sessionType: Standard_Stream'),
      document('ApplicationConfigurationSchema', 'type: object'),
    ],
    check: resources(DOCUMENT, function* (object, path, _, known): Generator<Hit> {
      const type = literal(object['DocumentType'] ?? 'Command');
      if (type === undefined || ownEntry(VERSIONS, type) === undefined) return;
      for (const { value, path: at } of valuesAt(object, 'Content', path, known)) {
        const content = contentOf(value);
        const place = (inner: Path): Path => (isObject(value) ? [...at, ...inner] : at);
        for (const hit of content ? contentFaults(content, type) : []) yield { ...hit, path: place(hit.path) };
      }
    }),
  },
];
