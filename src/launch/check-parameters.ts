import { type Diagnostic, error } from '../diagnostics/diagnostic.ts';
import { nearest } from '../diagnostics/nearest.ts';
import { valueFault } from '../document/parameter-value.ts';
import type { TemplateDocument } from '../document/template-document.ts';
import { hasNoEcho, isLaunchersOwn, parametersOf } from './template-parameter.ts';

/**
 * Checks values that links are to fill in: the console says nothing about a parameter that the template does not have,
 * about one with NoEcho, or about a value that will fail the stack. A value goes to each template that has the parameter.
 */
export function checkParameters(
  templates: readonly Pick<TemplateDocument, 'file' | 'value'>[],
  values: Readonly<Record<string, string>>,
): readonly Diagnostic[] {
  if (Object.keys(values).length === 0) return [];
  const declared = templates.map(({ file, value }) => ({ file, value, parameters: parametersOf(value) }));
  return Object.entries(values).flatMap(([name, value]) => {
    const having = declared.filter(({ parameters }) => Object.hasOwn(parameters, name));
    if (having.length === 0)
      return [
        unknown(
          name,
          declared.flatMap(({ parameters }) => Object.keys(parameters)),
        ),
      ];
    if (having.every((template) => isLaunchersOwn(template.value, name))) return [launchersOwn(name)];
    const secretIn = having.filter(({ parameters }) => hasNoEcho(parameters[name]));
    if (secretIn.length > 0) return [secret(name, secretIn)];
    const faults = having.flatMap(({ file, parameters }) => {
      const fault = valueFault(parameters[name]!, value);
      return fault === undefined ? [] : [{ file, fault, hint: parameters[name]!.ConstraintDescription }];
    });
    // Several stacks may ask the same question: one answer for all of them.
    return [...new Set(faults.map(({ fault }) => fault))].map((fault) => {
      const same = faults.filter((one) => one.fault === fault);
      const message = `${filesOf(same)} ${same.length > 1 ? 'do' : 'does'} not take ${JSON.stringify(value)} for ${name}: it ${fault}.`;
      return error({
        code: 'PL5006',
        message,
        path: ['Parameters', name],
        hint: same[0]!.hint ?? 'Correct --param.',
      });
    });
  });
}

function filesOf(templates: readonly { readonly file: string }[]): string {
  return templates.map(({ file }) => file).join(', ');
}

function unknown(name: string, known: readonly string[]): Diagnostic {
  const near = nearest(name, known);
  return error({
    code: 'PL5004',
    message: `None of the templates has a parameter ${name}.`,
    path: ['Parameters', name],
    hint: near === undefined ? `They have: ${[...new Set(known)].join(', ')}.` : `Did you mean ${near}?`,
  });
}

function launchersOwn(name: string): Diagnostic {
  return error({
    code: 'PL5013',
    message: `${name} is the launcher's own: a link that fills it in is what launchers are told to close.`,
    path: ['Parameters', name],
    hint: "Leave it out: the output NextLink of the launcher's own stack fills it in, or the launcher does.",
  });
}

function secret(name: string, templates: readonly { readonly file: string }[]): Diagnostic {
  const message = `${name} of ${filesOf(templates)} is a secret (NoEcho): the console does not fill it in from a link, and links are often public.`;
  return error({ code: 'PL5005', message, path: ['Parameters', name], hint: 'Leave it out; the launcher types it.' });
}
