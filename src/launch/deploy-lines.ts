import { join } from 'node:path';
import type { CompiledTemplate } from '../compile/compiled-template.ts';
import { needsBucket } from '../stacks/stack-name.ts';
import { makesIam } from './resource-types.ts';
import { parametersOf } from './template-parameter.ts';

/** What lines for the AWS CLI are made of. */
export interface DeployInput {
  readonly templates: readonly CompiledTemplate[];
  /** Folder of the templates' files, as the reader of the lines would write it. */
  readonly folder: string;
  /** Stacks are called `PROJECT-STACK`. */
  readonly project: string;
  readonly region: string;
}

/**
 * Lines that make the stacks with `aws cloudformation deploy`, in the order in which they are to be made; of those that
 * can be made so, without a bucket. What a
 * template asks for, or may be given, from the stacks before it appears as `NAME=VALUE`: their output of the same
 * name.
 */
export function deployLines({ templates, folder, project, region }: DeployInput): readonly string[] {
  const outputs = new Set<string>();
  const small = templates.filter(({ stack }) => !needsBucket(stack));
  return small.map(({ stack, file, value }) => {
    const parameters = Object.entries(parametersOf(value));
    const asked = parameters.filter(
      ([name, { Default }]) => Default === undefined || (Default === '' && outputs.has(name)),
    );
    for (const name of Object.keys((value as { Outputs?: object }).Outputs ?? {})) outputs.add(name);
    const words = [
      `aws cloudformation deploy --region ${region} --stack-name ${project}-${stack}`,
      `--template-file ${shellWord(join(folder, file))}`,
      ...(makesIam(value) ? ['--capabilities CAPABILITY_IAM'] : []),
      ...(asked.length > 0 ? [`--parameter-overrides ${asked.map(([name]) => `${name}=VALUE`).join(' ')}`] : []),
    ];
    return words.join(' ');
  });
}

function shellWord(text: string): string {
  return /^[\w./+-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
