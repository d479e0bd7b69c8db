import type { Declaration } from '../../../src/functions/lib/declaration.ts';

/** A function of the tests alone: keeps one object in a bucket, and writes down what it did beside it. */
export const note = {
  name: 'keep-note',
  description: 'Shows what every function can rely on',
  runtime: 'nodejs24.x',
  memory: 128,
  // Two seconds for the work.
  timeout: 17,
  permissions: { WriteNotes: { actions: ['s3:PutObject', 's3:DeleteObject'], on: 'given' } },
  resource: {
    type: 'Custom::Note',
    properties: { Bucket: 'text', Name: 'text', Lines: 'texts' },
    answers: { Place: 'text' },
  },
  schedule: { expression: 'rate(1 minute)', properties: { Bucket: 'text' } },
} as const;
note satisfies Declaration;
