import { templatePath } from '../../release/layout.ts';
import { objectUrl } from '../../release/target.ts';
import { consoleHost } from '../launch-region.ts';
import type { PageFacts } from '../lines/facts.ts';
import type { PageField } from '../lines/field.ts';
import { makesIam } from '../resource-types.ts';
import { isLaunchersOwn, parametersOf } from '../template-parameter.ts';
import type { PagePieces } from './page-html.ts';
import type { PageInput, PageTemplate } from './page-input.ts';
import { useOf } from './prefill.ts';

/** The stacks that a launcher begins with, the first of them and those that ask for the same. */
export function stacksOfForm(templates: readonly PageTemplate[]): readonly PageTemplate[] {
  const first = templates.find(beginsLaunch);
  const asked = (template: PageTemplate) => Object.keys(parametersOf(template.value)).join(' ');
  return first ? templates.filter((template) => asked(template) === asked(first)) : [];
}

/** Whether nothing that a stack must be given comes from another stack. */
function beginsLaunch({ value }: PageTemplate): boolean {
  return Object.entries(parametersOf(value)).every(
    ([name, { Default }]) => Default !== undefined || useOf(value, name) === 'personal' || !isLaunchersOwn(value, name),
  );
}

/** What the page's script is told. */
export function pageFacts(input: PageInput, { groups, offers }: Pick<PagePieces, 'groups' | 'offers'>): PageFacts {
  const { target, version, manifestSha256, channel, project, templates } = input;
  const { endpointUrl: _, ...atAws } = target;
  return {
    version,
    manifestSha256,
    channel,
    releases: objectUrl(target, ''),
    templates: objectUrl(atAws, ''),
    project,
    regions: offers.map(({ region, lacks = [] }) => ({ name: region, console: consoleHost(region), lacks })),
    stacks: templates.map(({ stack, file, value }) => ({
      name: stack,
      path: templatePath(file),
      makesIam: makesIam(value),
    })),
    formOf: stacksOfForm(templates).map(({ stack }) => stack),
    fields: groups.flatMap(({ fields }) => fields.map(({ label: _l, about: _a, ...field }): PageField => field)),
  };
}
