import { setTimeout as sleep } from 'node:timers/promises';
import { DeleteObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { byEvent, type EitherHandler } from '../../../src/functions/lib/by-event.ts';
import type { AnswersOf, PropertiesOf } from '../../../src/functions/lib/declaration.ts';
import { defineResource, type ResourceHandler, type Run } from '../../../src/functions/lib/define-resource.ts';
import { defineSchedule, type ScheduleHandler } from '../../../src/functions/lib/define-schedule.ts';
import { Fault } from '../../../src/functions/lib/fault.ts';
import type { note } from './function.ts';

type Note = typeof note;
type Properties = PropertiesOf<Note>;

const resource: ResourceHandler<Note> = defineResource({
  id: /^note-/,
  whenLate: 'Write less.',
  create: write,
  update: write,
  async goBack(properties, run) {
    await put(properties.Bucket, 'did/go-back');
    return write(properties, run);
  },
  async delete({ Bucket }, { physicalId }) {
    await new S3Client({}).send(new DeleteObjectCommand({ Bucket, Key: physicalId }));
    await put(Bucket, `did/delete/${physicalId}`);
  },
});

const schedule: ScheduleHandler<Note> = defineSchedule({
  whenLate: 'Write less.',
  whenGone: ['NoSuchBucket'],
  run: ({ Bucket }, { physicalId }) => put(Bucket, `did/run/${physicalId}`),
});

export const handler: EitherHandler<Note> = byEvent(resource, schedule);

/** Some lines say how the work goes wrong. */
async function write({ Bucket, Name, Lines }: Properties, { made, stop }: Run): Promise<AnswersOf<Note>> {
  if (Lines.includes('refuse')) throw new Fault(`${Name} is refused.`);
  if (Lines.includes('complain')) throw new Fault('é'.repeat(20_000));
  const id = `note-${Name}`;
  await put(Bucket, id, Lines.join('\n'));
  made(id);
  if (Lines.includes('break')) throw new Error('broken');
  if (Lines.includes('hang')) await sleep(600_000, undefined, { signal: stop });
  return { Place: `s3://${Bucket}/${id}` };
}

async function put(Bucket: string, Key: string, Body = ''): Promise<void> {
  await new S3Client({}).send(new PutObjectCommand({ Bucket, Key, Body }));
}
