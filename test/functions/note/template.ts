import { functionCode } from '../../../scripts/generate/functions.mjs';
import { partition } from '../../../src/aws/intrinsics.ts';
import { sub } from '../../../src/aws/sub.ts';
import { Template } from '../../../src/aws/template.ts';
import type { Code } from '../../../src/functions/lib/declaration.ts';
import { lambdaFunction } from '../../../src/parts/function/lambda-function.ts';
import { note } from './function.ts';

/** What is written into the bucket, and under which name. */
export interface Note {
  readonly name: string;
  readonly lines: readonly string[];
}

/** The code of the function, as the build makes it. */
export async function noteCode(): Promise<Code<'keep-note'>> {
  return { of: 'keep-note', text: await functionCode(import.meta.dirname, note) };
}

/** A stack with the function and its note, in a bucket that is there already. */
export function noteTemplate(code: Code<'keep-note'>, bucket: string, { name, lines }: Note): string {
  const template = new Template({ project: 'notes', title: 'A note' });
  const { resource } = lambdaFunction(template, note, {
    code,
    grants: { WriteNotes: sub`arn:${partition}:s3:::${bucket}/*` },
    resource: { id: 'Note', properties: { Bucket: bucket, Name: name, Lines: lines } },
    schedule: { properties: { Bucket: bucket } },
  });
  template.output('Place', { description: 'Where the note is.', value: resource.get('Place') });
  return JSON.stringify(template.body());
}
