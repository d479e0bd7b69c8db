import { type Refusal, refuse } from '../diagnostics/refusal.ts';
import type { AskedValue } from './parameters.ts';
import type { StackNow } from './stacks.ts';

/** PL8504: values are missing. */
export function nobodyAnswers(name: string, missing: readonly AskedValue[]): Refusal {
  const plain = missing.filter(({ isSecret }) => !isSecret).map((one) => `--param ${one.name}=VALUE`);
  const hiddenOnes = missing.filter(({ isSecret }) => isSecret).map((one) => `--param-file ${one.name}=FILE`);
  return refuse({
    code: 'PL8504',
    message: `${name} needs ${missing.map((one) => one.name).join(', ')}, and nobody is at a terminal to type it.`,
    hint: `Add ${[...plain, ...hiddenOnes].join(' ')}.`,
  });
}

/** PL8507: the changes need somebody's word. */
export function nobodyAgrees(name: string): Refusal {
  return refuse({
    code: 'PL8507',
    message: `Nobody is at a terminal to agree to the changes of ${name}.`,
    hint: 'Add --yes to make them without a question.',
  });
}

const WAY_OUT: Readonly<Record<string, string>> = {
  UPDATE_ROLLBACK_FAILED:
    'Correct what its events name, then: aws cloudformation continue-update-rollback --stack-name NAME. Then run the same command again.',
  DELETE_FAILED: 'Delete it to the end first: podlaunch destroy.',
  ROLLBACK_FAILED: 'Delete it first: podlaunch destroy.',
  CREATE_FAILED: 'Delete it first: podlaunch destroy.',
  ROLLBACK_COMPLETE: 'Delete it first: podlaunch destroy; or agree to it being deleted.',
};

/** PL8502: a state from which CloudFormation updates nothing. */
export function stuck({ name, status, reason }: StackNow): Refusal {
  return refuse({
    code: 'PL8502',
    message: `The stack ${name} is ${status}${reason === '' ? '' : `: ${reason}`}`,
    hint: (WAY_OUT[status] ?? 'Look at it in the console of CloudFormation.').replace('NAME', name),
  });
}
