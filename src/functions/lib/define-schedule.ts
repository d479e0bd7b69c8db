import { type Context, withDeadline } from './deadline.ts';
import type { ScheduledFunction, ScheduledOf } from './declaration.ts';
import { reasonOf } from './fault.ts';
import { isStackThere } from './stack-status.ts';

/** What the schedule hands to its function. */
export interface Scheduled<Properties> {
  readonly StackId: string;
  /** Of the function's custom resource, if it has one. */
  readonly PhysicalResourceId?: string;
  readonly Properties: Properties;
}

/** What the work of one run knows. */
export interface ScheduledRun {
  /** Aborts when the time is over. Everything that waits must heed it. */
  readonly stop: AbortSignal;
  /** Of the function's custom resource; empty if it has none. */
  readonly physicalId: string;
}

/** What a scheduled run does. */
export interface ScheduleWork<D extends ScheduledFunction> {
  /** What to do when the time was too short, for the log. */
  readonly whenLate: string;
  /** Names of the errors by which AWS says that what the run works on is gone. */
  readonly whenGone: readonly string[];
  run(properties: ScheduledOf<D>, run: ScheduledRun): Promise<void>;
}

/** What Lambda calls. */
export type ScheduleHandler<D extends ScheduledFunction> = (
  event: Scheduled<ScheduledOf<D>>,
  context: Context,
) => Promise<void>;

/**
 * The handler of a schedule. A run whose stack is going, or whose thing is gone, does nothing: Lambda calls again what
 * failed, for hours, and the stack may be deleted meanwhile. Every other failure is thrown: Lambda counts it as an
 * error, and calls twice more.
 */
export function defineSchedule<D extends ScheduledFunction>(work: ScheduleWork<D>): ScheduleHandler<D> {
  return async ({ StackId, PhysicalResourceId: physicalId = '', Properties }, context) => {
    const act = async (stop: AbortSignal) => {
      if (!(await isStackThere(StackId, stop))) return 'nothing to do, for the stack is going';
      await work.run(Properties, { stop, physicalId });
      return 'done';
    };
    const end = await withDeadline(context, work.whenLate, act).catch((thrown) => {
      console.log(`Schedule: ${reasonOf(thrown)}`);
      if (!work.whenGone.includes((thrown as Error).name)) throw thrown;
      return 'nothing to do, for what it works on is gone';
    });
    console.log(`Schedule: ${end}`);
  };
}
