// The script of the launch page: it makes link and lines of what is chosen, and reads which releases there are.
import { releasePrefix } from '../../../release/layout.ts';
import { type CreateStack, posixLine, powerShellLine } from '../../lines/create-stack-lines.ts';
import type { PageFacts, StackFacts } from '../../lines/facts.ts';
import { defaultsOf } from '../../lines/field.ts';
import { readFragment, writeFragment } from '../../lines/fragment.ts';
import { isStackName, quickCreateLink } from '../../lines/quick-create-link.ts';
import { copies } from './copy.ts';
import { renderCost } from './cost.ts';
import { byId, notice, setOptions, show } from './elements.ts';
import { fillIn, readForm } from './form.ts';
import { renderRegion } from './region.ts';
import { type Listed, readPublished, stacksOf } from './releases.ts';

const facts: PageFacts = JSON.parse(document.querySelector('main')!.dataset['facts']!);
const region = byId<HTMLSelectElement>('region');
const version = byId<HTMLSelectElement>('version');
const stack = byId<HTMLSelectElement>('stack');
const stackName = byId<HTMLInputElement>('stack-name');

/** The stacks of the chosen release; a text says why there are none. */
let stacks: readonly StackFacts[] | string = facts.stacks;
let published: Listed = { releases: [], warnings: [], refused: new Map() };
let isNamed = false;

/** Whether the form is that of the chosen stack of the chosen release. */
const isOwnForm = () => version.value === facts.version && facts.formOf.includes(stack.value);

/** Why nothing can be launched as it is chosen now; empty where it can. */
function faultOf(faults: number): string {
  const refused = published.refused.get(version.value);
  if (refused !== undefined) return refused;
  if (typeof stacks === 'string') return stacks;
  if (!stacks.some(({ name }) => name === stack.value)) return `Release ${version.value} has no stack ${stack.value}.`;
  if (!isStackName(stackName.value)) return 'The name of the stack is not one that CloudFormation takes.';
  return faults === 0
    ? ''
    : `Correct the ${faults === 1 ? 'value that is' : `${faults} values that are`} marked above.`;
}

/** Makes everything follow from what is chosen. */
function render(): void {
  if (!isNamed) stackName.value = `${facts.project}-${stack.value}`;
  const isOwn = isOwnForm();
  const form = readForm(facts.fields);
  const fault = faultOf(isOwn ? form.faults : 0);
  for (const id of ['fields', 'cost']) show(id, isOwn);
  const values = isOwn ? { ...defaultsOf(facts.fields), ...form.values } : {};
  renderRegion(facts, region.value, values);
  if (isOwn) renderCost(form.faults === 0 ? values : undefined, region.value);
  show('form-elsewhere', !isOwn);
  byId('form-elsewhere').textContent =
    version.value === facts.version
      ? `The console shows the form of ${stack.value}. What it takes of other stacks, their output NextLink fills in.`
      : `This page has the form of release ${facts.version}. The console shows that of ${version.value}, with its defaults.`;
  const isBadName = !isStackName(stackName.value);
  stackName.setAttribute('aria-invalid', String(isBadName));
  show('stack-name-error', isBadName);
  byId('go-faults').textContent = fault;
  const chosen = chosenStack();
  const link = fault === '' ? chosen : undefined;
  renderGo(link, isOwn ? form.values : {});
  renderLines(link, isOwn ? { ...form.personal, ...form.values } : {});
  byId('delete').textContent =
    `aws cloudformation delete-stack --region ${region.value} --stack-name ${isBadName ? 'NAME' : stackName.value}`;
  const fragment = writeFragment({
    region: region.value === facts.regions[0]?.name ? undefined : region.value,
    stack: stack.value === facts.formOf[0] ? undefined : stack.value,
    version: version.value === facts.version ? undefined : version.value,
    stackName: isNamed && !isBadName ? stackName.value : undefined,
    values: form.values,
  });
  history.replaceState(null, '', fragment === '' ? location.pathname : `#${fragment}`);
}

function chosenStack(): StackFacts | undefined {
  return typeof stacks === 'string' ? undefined : stacks.find(({ name }) => name === stack.value);
}

function templateUrl({ path }: StackFacts): string {
  return facts.templates + releasePrefix(version.value) + path;
}

function renderGo(chosen: StackFacts | undefined, parameters: Readonly<Record<string, string>>): void {
  const go = byId<HTMLAnchorElement>('go');
  const { console: consoleHost } = facts.regions.find(({ name }) => name === region.value)!;
  byId('go-words').textContent = `Launch ${stack.value} in ${region.value}`;
  byId('go-host').textContent = consoleHost;
  if (!chosen) {
    go.removeAttribute('href');
    go.setAttribute('aria-disabled', 'true');
    return;
  }
  go.removeAttribute('aria-disabled');
  go.href = quickCreateLink({
    consoleHost,
    region: region.value,
    templateUrl: templateUrl(chosen),
    stackName: stackName.value,
    parameters,
  });
}

function renderLines(chosen: StackFacts | undefined, parameters: Readonly<Record<string, string>>): void {
  show('lines', chosen !== undefined);
  if (!chosen) return;
  const line: CreateStack = {
    region: region.value,
    stackName: stackName.value,
    templateUrl: templateUrl(chosen),
    parameters,
    makesIam: chosen.makesIam,
  };
  byId('posix').textContent = posixLine(line);
  byId('powershell').textContent = powerShellLine(line);
  for (const id of ['posix', 'powershell']) byId(`${id}-copied`).textContent = '';
}

/** Looks at another release before anything can be launched of it. */
async function chooseVersion(): Promise<void> {
  const chosen = version.value;
  stacks = chosen === facts.version ? facts.stacks : `Release ${chosen} is being looked at.`;
  render();
  const entry = published.releases.find((release) => release.version === chosen);
  if (chosen === facts.version || !entry || published.refused.has(chosen)) return;
  const found = await stacksOf(facts, entry);
  if (version.value !== chosen) return;
  stacks = found;
  render();
}

/** Takes what the address says, as far as the page knows it. */
function takeFragment(): string | undefined {
  const given = readFragment(location.hash);
  if (facts.regions.some(({ name }) => name === given.region)) region.value = given.region!;
  if (facts.stacks.some(({ name }) => name === given.stack)) stack.value = given.stack!;
  if (given.stackName !== undefined && isStackName(given.stackName)) {
    stackName.value = given.stackName;
    isNamed = true;
  }
  const { filled, ignored } = fillIn(facts, given.values);
  if (filled.length > 0)
    notice(`The address that you opened has filled in: ${filled.join(', ')}. Look at them before you launch.`);
  if (ignored > 0)
    notice(
      `The address has ${ignored} more ${ignored === 1 ? 'value' : 'values'} that no link may fill in, or that the template does not take: left out.`,
    );
  return given.version;
}

async function start(): Promise<void> {
  stack.value = facts.formOf[0] ?? facts.stacks[0]!.name;
  const wanted = takeFragment();
  for (const id of ['where', 'form']) show(id);
  for (const button of document.querySelectorAll<HTMLButtonElement>('[data-copy]')) copies(button);
  for (const list of [region, stack]) list.addEventListener('change', render);
  version.addEventListener('change', () => void chooseVersion());
  stackName.addEventListener('input', () => {
    isNamed = true;
    render();
  });
  byId('fields').addEventListener('input', render);
  render();
  published = await readPublished(facts);
  for (const { text, isBad } of published.warnings) notice(text, isBad);
  const own = published.refused.get(facts.version);
  if (own !== undefined) notice(own, true);
  listVersions();
  if (published.releases.some((release) => release.version === wanted)) version.value = wanted!;
  await chooseVersion();
  document.body.dataset['ready'] = 'true';
}

function listVersions(): void {
  const { releases } = published;
  const others = releases.map(({ version: name, publishedAt, withdrawn }): [string, string] => [
    name,
    `${name} (${publishedAt.slice(0, 10)}${withdrawn === undefined ? '' : ', withdrawn'})`,
  ]);
  const isListed = releases.some((release) => release.version === facts.version);
  const all: [string, string][] = isListed ? others : [[facts.version, facts.version], ...others];
  setOptions('version', all, facts.version);
}

void start();
