import { type Diagnostic, info } from '../diagnostics/diagnostic.ts';

/**
 * Says that scripts were not checked because what reads them is not here (PL2019). It stops no command: nodes have it,
 * and a publisher's machine need not.
 * @param tool as in "this machine has no bash"
 */
export function unchecked(tool: string, scripts: number): Diagnostic {
  const what = scripts === 1 ? '1 script' : `${scripts} scripts`;
  return info({
    code: 'PL2019',
    message: `The syntax of ${what} was not checked: this machine has no ${tool}.`,
    hint: `Publish where there is a ${tool}, or be sure that these scripts have run.`,
  });
}
