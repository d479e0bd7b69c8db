import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Diagnostic } from '../../src/diagnostics/diagnostic.ts';
import { readTemplate } from '../../src/document/read/read-template.ts';
import { validate } from '../../src/validate/validate.ts';
import { cfnLintFindings } from '../support/judges.ts';
import { inCircles, missingIn, type Referring, referringTemplate } from '../support/mutants/referring-templates.ts';
import { chance } from '../support/mutants/seeded.ts';
import { hasPython } from '../support/python-tools.ts';

const seed = Number(process.env['PODLAUNCH_SEED'] ?? 1);
const COUNT = process.env['PODLAUNCH_MUTANTS'] === 'all' ? 1000 : 80;

const random = chance(seed);
const templates = Array.from({ length: COUNT }, () => referringTemplate(random));

const place = ({ path }: Pick<Diagnostic, 'path'>): string => path.slice(0, 2).join('.');

/** `Resources.R0 R1`: what W1001 says of a template, and the members of the circles that E3004 gives. */
interface Said {
  readonly missing: ReadonlySet<string>;
  readonly circles: ReadonlySet<string>;
}

function ours(template: Referring): Said {
  const found = validate(readTemplate(JSON.stringify(template), 't.json'));
  const of = (code: string): readonly Diagnostic[] => found.filter((one) => one.code === code);
  return {
    missing: new Set(of('W1001').map((one) => `${place(one)} ${one.message.split(' ')[0]}`)),
    circles: new Set(of('E3004').flatMap(({ related }) => related.map(({ message }) => message.split(' ')[0]!))),
  };
}

/** What one says and the other does not. */
function alone(one: ReadonlySet<string>, other: ReadonlySet<string>): readonly string[] {
  return [...one].filter((name) => !other.has(name));
}

test('whatever the value of each parameter, W1001 says where something is missing, and E3004 who is in a circle', () => {
  for (const template of templates) {
    const { missing, circles } = ours(template);
    expect({ template, missing, circles }).toEqual({
      template,
      missing: missingIn(template),
      circles: inCircles(template),
    });
  }
});

test.skipIf(!hasPython())(
  'cfn-lint says the same of circles, and mostly of what is missing',
  async () => {
    const folder = mkdtempSync(join(tmpdir(), 'podlaunch-references-'));
    try {
      for (const [index, template] of templates.entries())
        writeFileSync(join(folder, `${index}.json`), JSON.stringify(template, null, 1));
      const found = await cfnLintFindings(
        folder,
        templates.map((_, index) => `${index}.json`),
      );
      const counts = { both: 0, oursAlone: 0, theirsAlone: 0 };
      const circlesUnlike = templates.flatMap((template, index) => {
        const theirs = found.get(`${index}.json`)!;
        const of = (code: string) => theirs.filter((one) => one.code === code);
        const { missing, circles } = ours(template);
        const said = new Set(of('W1001').map((one) => `${place(one)} ${/resource '(\w+)'/.exec(one.message)![1]}`));
        counts.both += [...said].filter((one) => missing.has(one)).length;
        counts.oursAlone += alone(missing, said).length;
        counts.theirsAlone += alone(said, missing).length;
        const round = new Set(of('E3004').map(({ path }) => String(path[1])));
        // Of a circle's members cfn-lint leaves some out: one of each is enough.
        const isUnlike = round.size === 0 ? circles.size > 0 : alone(round, circles).length > 0;
        return isUnlike ? [{ round, circles, template }] : [];
      });
      console.log(`W1001: ${JSON.stringify(counts)}`);
      expect(circlesUnlike).toEqual([]);
      expect(counts.both).toBeGreaterThan(COUNT / 4);
      // Trying every value has shown that podlaunch is right: cfn-lint takes branches for possible that are never taken.
      expect(counts.theirsAlone).toBeLessThan(counts.both / 5);
    } finally {
      rmSync(folder, { recursive: true });
    }
  },
  3_600_000,
);
