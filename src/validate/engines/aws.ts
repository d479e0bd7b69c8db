import { askCloudFormation } from '../../cloud/cloudformation.ts';
import { chooseRegion } from '../../cloud/region.ts';
import { type Diagnostic, error } from '../../diagnostics/diagnostic.ts';
import { MAX_INLINE_BODY } from '../../document/body-size.ts';
import type { TemplateDocument } from '../../document/template-document.ts';
import { engineFinding } from './aws-errors.ts';
import type { Engine } from './engine.ts';

/** Checks templates with CloudFormation's ValidateTemplate: their form and their references, no properties. */
export const aws: Engine = async (documents, options) => {
  const findings: Diagnostic[] = [];
  const sendable = documents.filter(({ text }) => Buffer.byteLength(text) <= MAX_INLINE_BODY);
  for (const document of documents) if (!sendable.includes(document)) findings.push(tooLarge(document));
  if (sendable.length === 0) return findings;
  options.onProgress?.('Asking CloudFormation');
  const region = chooseRegion(options.region, options.env ?? process.env);
  const { endpointUrl } = options;
  await askCloudFormation({ region, endpointUrl }, async (client, sdk) => {
    for (const document of sendable) {
      const fault = await thrownBy(() => client.send(new sdk.ValidateTemplateCommand({ TemplateBody: document.text })));
      if (fault === undefined) continue;
      const finding = engineFinding(fault, document, endpointUrl ?? region);
      findings.push(finding);
      // What is wrong with the credentials or the network is wrong for all.
      if (finding.code !== 'PL3046') break;
    }
  });
  return findings;
};

async function thrownBy(action: () => Promise<unknown>): Promise<unknown> {
  try {
    await action();
    return undefined;
  } catch (thrown) {
    return thrown;
  }
}

function tooLarge(document: TemplateDocument): Diagnostic {
  return error({
    code: 'PL3042',
    message: `The template has ${Buffer.byteLength(document.text)} bytes; the engine aws sends at most ${MAX_INLINE_BODY}.`,
    span: document.span([]),
    hint: 'Upload it, and run: aws cloudformation validate-template --template-url URL',
  });
}
