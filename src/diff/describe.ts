import type { Path } from '../diagnostics/diagnostic.ts';
import type { EntryChange, PropertyChange, ResourceChange, TemplateDiff, ValueChange } from './template-diff.ts';

/** How much a change asks for attention: the renderers give it a colour. */
export type Tone = 'danger' | 'warning' | 'addition' | 'removal' | 'plain';

/** A value that differs, in words. */
export interface Detail {
  /** The way to it: `LustreConfiguration.DeploymentType`. */
  readonly place: string;
  readonly change?: ValueChange;
  readonly words?: string;
}

/** A thing that differs, in words. */
export interface DescribedEntry {
  readonly sign: string;
  readonly tone: Tone;
  readonly name: string;
  /** `AWS::EC2::VPC`, for resources. */
  readonly type?: string;
  /** What becomes of it: `is replaced, the old one is kept`. */
  readonly words: string;
  readonly details: readonly Detail[];
  readonly notes: readonly string[];
}

/** The entries of one heading. */
export interface Heading {
  readonly title: string;
  readonly entries: readonly DescribedEntry[];
}

/** A diff in words, the worst first; headings without entries are left out. */
export function describe(diff: TemplateDiff): readonly Heading[] {
  const resources = [...diff.resources].sort((a, b) => weight(b) - weight(a));
  const headings: Heading[] = [
    { title: 'Resources', entries: resources.map(resourceEntry) },
    { title: 'Parameters', entries: diff.parameters.map(sectionEntry) },
    { title: 'Outputs', entries: diff.outputs.map(sectionEntry) },
    { title: 'Conditions', entries: diff.conditions.map(sectionEntry) },
    { title: 'Mappings', entries: diff.mappings.map(sectionEntry) },
    { title: 'Rules', entries: diff.rules.map(sectionEntry) },
    { title: 'Other sections', entries: diff.sections.map(otherEntry) },
  ];
  return headings.filter(({ entries }) => entries.length > 0);
}

/** How many resources are replaced, updated and so on, in one line: `1 replaced, 2 perhaps replaced, 3 added`. */
export function summary({ resources }: TemplateDiff): string {
  const counts = new Map<string, number>();
  for (const one of [...resources].sort((a, b) => weight(b) - weight(a))) {
    const words = `${one.chance === 'maybe' ? 'perhaps ' : ''}${DONE[one.action]}`;
    counts.set(words, (counts.get(words) ?? 0) + 1);
  }
  return [...counts].map(([words, count]) => `${count} ${words}`).join(', ') || 'no resource differs';
}

const DONE: Readonly<Record<ResourceChange['action'], string>> = {
  refuse: 'refused',
  replace: 'replaced',
  remove: 'removed',
  update: 'updated',
  toggle: 'there or not',
  add: 'added',
  touch: 'touched',
};

const ACTIONS = Object.keys(DONE);

function weight({ action, chance }: ResourceChange): number {
  return 2 * (ACTIONS.length - ACTIONS.indexOf(action)) + (chance === 'yes' ? 1 : 0);
}

const SIGNS: Readonly<Record<ResourceChange['action'], readonly [sign: string, tone: Tone]>> = {
  refuse: ['✗', 'danger'],
  replace: ['±', 'danger'],
  remove: ['-', 'removal'],
  update: ['~', 'warning'],
  toggle: ['?', 'warning'],
  add: ['+', 'addition'],
  touch: ['·', 'plain'],
};

function resourceEntry(change: ResourceChange): DescribedEntry {
  const { name, type, action, chance, properties, attributes, notes } = change;
  const [sign, tone] = SIGNS[action];
  return {
    sign,
    tone: action === 'replace' && chance === 'maybe' ? 'warning' : tone,
    name,
    type,
    words: resourceWords(change),
    details: [...properties.map(propertyDetail), ...attributes.map((attribute) => ({ place: attribute }))],
    notes,
  };
}

function resourceWords({ action, chance, fate, order }: ResourceChange): string {
  const verb = (sure: string, perhaps: string) => (chance === 'yes' ? sure : perhaps);
  const old = { deleted: 'deleted', kept: 'kept', snapshot: 'deleted after a snapshot' }[fate ?? 'deleted'];
  switch (action) {
    case 'refuse':
      return 'is refused';
    case 'replace': {
      const before = order === 'delete_then_create' ? ' before the new one is made' : '';
      return `${verb('is replaced', 'may be replaced')}; the old one is ${old}${fate === 'kept' ? '' : before}`;
    }
    case 'remove':
      return fate === 'kept' ? 'leaves the stack, and is kept' : `is ${old}`;
    case 'update':
      return verb('is updated', 'may be updated');
    case 'toggle':
      return 'may come or go';
    case 'add':
      return verb('is added', 'may be added');
    default:
      return 'stays as it is';
  }
}

function propertyDetail({ path, replaces, because, ...change }: PropertyChange): Detail {
  const effect = { yes: 'replaces it', maybe: 'may replace it', no: undefined }[replaces];
  const words = [effect, because && `because ${because}`].filter((one) => one !== undefined).join(', ');
  return {
    place: placeOf(path),
    ...(because === undefined && { change: { path, ...change } }),
    ...(words !== '' && { words }),
  };
}

function sectionEntry({ name, action, changes, note }: EntryChange): DescribedEntry {
  const { sign, tone, words } = {
    add: { sign: '+', tone: 'addition', words: 'is new' } as const,
    remove: { sign: '-', tone: 'removal', words: 'is gone' } as const,
    change: { sign: '~', tone: 'plain', words: 'differs' } as const,
  }[action];
  const details = changes.map((change) => ({ place: placeOf(change.path), change }));
  return { sign, tone, name, words, details, notes: note === undefined ? [] : [note] };
}

function otherEntry(name: string): DescribedEntry {
  return { sign: '~', tone: 'plain', name, words: 'differs', details: [], notes: [] };
}

/** A way through keys, as people write it: `Tags[0].Value`. The function at its end belongs to the value. */
function placeOf(path: Path): string {
  return path.reduce<string>(
    (text, step) => (typeof step === 'number' ? `${text}[${step}]` : text === '' ? step : `${text}.${step}`),
    '',
  );
}
