import { error, type Path } from '../diagnostics/diagnostic.ts';
import type { Config } from './config.ts';
import type { CrossFault } from './cross-checks.ts';

/** How the choices of a worker group go together: what SageMaker refuses after most of an hour. */
export function groupFaults({ cluster }: Config): readonly CrossFault[] {
  return cluster.workers.flatMap((group, i) => workerFaults(group, ['cluster', 'workers', i]));
}

function workerFaults(
  { name, count, minimumCount, capacity, trainingPlan }: Config['cluster']['workers'][number],
  path: Path,
): CrossFault[] {
  return [
    ...(minimumCount !== undefined && minimumCount > count
      ? [
          fault(
            [...path, 'minimumCount'],
            `${name} would wait for ${minimumCount} instances, and has ${count}.`,
            `Write minimumCount: ${count}, or less.`,
          ),
        ]
      : []),
    ...(capacity === 'Spot' && trainingPlan !== undefined
      ? [
          fault(
            [...path, 'capacity'],
            `${name} has a training plan, whose instances are reserved: they cannot be Spot.`,
            'Leave out capacity or trainingPlan.',
          ),
        ]
      : []),
  ];
}

function fault(path: Path, message: string, hint: string): CrossFault {
  return error({ code: 'PL1022', message, path, hint });
}
