import { type Answer, answer, type Request } from './answer.ts';
import { isAnswerPlace } from './answer-place.ts';
import { type Context, withDeadline } from './deadline.ts';
import type { AnswersOf, PropertiesOf, ResourceFunction } from './declaration.ts';
import { reasonOf } from './fault.ts';
import { isUpdateRolledBack } from './stack-status.ts';

/** What the work on one request knows. */
export interface Run {
  /** Aborts when the time is over. Everything that waits must heed it. */
  readonly stop: AbortSignal;
  readonly stackId: string;
  /** The physical id of what there is. Of no use in a creation, but for a constant one. */
  readonly physicalId: string;
  /**
   * Says which thing was made, as soon as it is there: CloudFormation asks to delete it, also when the rest of the work
   * fails. A new id in an update makes CloudFormation delete the thing of the old id afterwards.
   */
  made(physicalId: string): void;
}

/** What a custom resource does. Lambda may kill each function and call it again: it must then end right. */
export interface ResourceWork<D extends ResourceFunction> {
  /** The physical id: one constant text, or the form of the ids that `made` is told. */
  readonly id: string | RegExp;
  /** What the launcher should do when the time was too short. */
  readonly whenLate: string;
  create(properties: PropertiesOf<D>, run: Run): Promise<AnswersOf<D>>;
  update(properties: PropertiesOf<D>, run: Run, old: PropertiesOf<D>): Promise<AnswersOf<D>>;
  /**
   * The update while CloudFormation rolls the stack back; `properties` are those to go back to. What this throws is
   * logged and answered as a success: a stack that fails to go back takes no update until somebody mends it.
   */
  goBack(properties: PropertiesOf<D>, run: Run, old: PropertiesOf<D>): Promise<AnswersOf<D>>;
  /** Deletes what has the physical id. It may be half made or gone already. */
  delete(properties: PropertiesOf<D>, run: Run): Promise<void>;
}

/** What Lambda calls. */
export type ResourceHandler<D extends ResourceFunction> = (
  request: Request<PropertiesOf<D>>,
  context: Context,
) => Promise<void>;

/** The physical id of a thing that was never made: there is nothing to delete. */
const NEVER_MADE = 'never-made';

/**
 * The handler of a custom resource. It always answers: also when the work fails, and shortly before its time is over. What
 * wants its answer elsewhere than CloudFormation does is not of CloudFormation: nothing is done, and nobody answered.
 */
export function defineResource<D extends ResourceFunction>(work: ResourceWork<D>): ResourceHandler<D> {
  return async (request, context) => {
    if (!isAnswerPlace(request.ResponseURL)) throw new Error('CloudFormation waits for no answer at this ResponseURL');
    const {
      RequestType,
      StackId: stackId,
      ResourceProperties: properties,
      OldResourceProperties: old = properties,
    } = request;
    let physicalId = typeof work.id === 'string' ? work.id : (request.PhysicalResourceId ?? NEVER_MADE);
    let goesBack = false;

    const made = (id: string) => {
      physicalId = id;
      if (!isOurs(work.id, id)) throw new Error(`${id} is none of this function's ids`);
    };
    const act = async (stop: AbortSignal) => {
      const run = { stop, stackId, physicalId, made };
      if (RequestType === 'Delete') {
        if (isOurs(work.id, physicalId)) await work.delete(properties, run);
        return {};
      }
      goesBack = RequestType === 'Update' && (await isUpdateRolledBack(stackId, stop));
      if (goesBack) return work.goBack(properties, run, old);
      if (RequestType === 'Update') return work.update(properties, run, old);
      const answers = await work.create(properties, run);
      if (physicalId === NEVER_MADE) throw new Error('nothing was made');
      return answers;
    };

    const end = await withDeadline(context, work.whenLate, act).then(
      (Data): End => ({ Status: 'SUCCESS', Data }),
      (thrown): End => ({
        Status: goesBack ? 'SUCCESS' : 'FAILED',
        Reason: `${reasonOf(thrown)} (Log: ${context.logGroupName} ${context.logStreamName})`,
      }),
    );
    console.log(`${RequestType}: ${end.Status} ${end.Reason ?? ''}`);
    await answer(request, { ...end, PhysicalResourceId: physicalId });
  };
}

type End = Omit<Answer, 'PhysicalResourceId'>;

function isOurs(form: string | RegExp, id: string): boolean {
  return typeof form === 'string' ? form === id : form.test(id);
}
