import { chooseRegion } from '../cloud/region.ts';
import type { Config } from '../config/config.ts';
import { type DestroyTalk, destroyByPlan } from '../deploy/destroy.ts';
import { planDestroy } from '../deploy/destroy-plan.ts';
import type { DestroyedProject, PlannedDestroy } from '../deploy/destroyed.ts';
import { type Remembered, rememberStack } from '../deploy/remembered.ts';
import { openStacks } from '../deploy/stacks.ts';
import type { Talk } from '../deploy/talk.ts';
import { projectStacks } from './deploy-order.ts';

/** What is destroyed, and how. */
export interface DestroyOptions {
  /** Stacks are called `STACKNAME-STACK`. Default: the project's name. */
  readonly stackName?: string;
  readonly region?: string;
  readonly endpointUrl?: string;
  /** Whether what stacks keep goes too: file system, directory, and their network. */
  readonly data?: boolean;
  readonly remembered: Remembered;
  readonly answers: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly onEvent: Talk['onEvent'];
  readonly pause?: Talk['pause'];
  /** Shows the plan, and asks whether to go on. */
  agree(plan: PlannedDestroy): Promise<boolean>;
}

/**
 * Deletes all stacks of a project in their order, after somebody has agreed to what goes and what stays.
 * @throws Refusal PL8501, PL8503, PL8514, PL8515, and what `agree` throws
 */
export async function destroy(config: Config, options: DestroyOptions): Promise<DestroyedProject> {
  const { stackName: project = config.project.name, endpointUrl, data = false, onEvent, pause } = options;
  const region = chooseRegion(options.region, options.env);
  const key = `${region}/${project}`;
  const stacks = await openStacks({ region, endpointUrl });
  try {
    const all = await projectStacks(stacks, project);
    const plan = await planDestroy(stacks, all, options.remembered.stacks[key]?.kept ?? [], data);
    const planned: PlannedDestroy = {
      ...{ region, project, stays: plan.stays },
      steps: plan.steps.flatMap((step) =>
        step.step === 'delete'
          ? [`delete the stack ${step.stack.name}`]
          : step.things.map(({ id }) => `remove ${id}, with all data`),
      ),
    };
    if (plan.steps.length === 0) return { ...planned, result: 'nothing' };
    if (!(await options.agree(planned))) return { ...planned, result: 'declined' };
    const talk: DestroyTalk = {
      ...{ onEvent, remember: (kept) => rememberStack(options.answers, key, { kept }) },
      ...(pause && { pause }),
    };
    await destroyByPlan(stacks, plan, talk);
    return { ...planned, result: 'destroyed' };
  } finally {
    stacks.close();
  }
}
