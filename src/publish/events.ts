import type { PublishPlan } from './plan.ts';

/** What publishing tells while it goes on. */
export type PublishEvent =
  | { readonly kind: 'started' }
  | { readonly kind: 'planned'; readonly plan: PublishPlan }
  | { readonly kind: 'uploaded'; readonly path: string; readonly done: number; readonly of: number }
  | { readonly kind: 'readBack'; readonly path: string; readonly done: number; readonly of: number }
  | { readonly kind: 'announced'; readonly channel: string; readonly version: string };
