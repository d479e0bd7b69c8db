import { type Diagnostic, error } from '../../diagnostics/diagnostic.ts';
import { MAX_INLINE_BODY } from '../../document/body-size.ts';
import type { TemplateDocument } from '../../document/template-document.ts';
import { handlerSettings } from '../../http/client-handler.ts';
import { explain } from './aws-errors.ts';
import type { Engine, EngineOptions } from './engine.ts';

/** Checks templates with CloudFormation's ValidateTemplate: their form and their references, no properties. */
export const aws: Engine = async (documents, options) => {
  const findings: Diagnostic[] = [];
  const sendable = documents.filter(({ text }) => Buffer.byteLength(text) <= MAX_INLINE_BODY);
  for (const document of documents) if (!sendable.includes(document)) findings.push(tooLarge(document));
  if (sendable.length === 0) return findings;
  options.onProgress?.('Asking CloudFormation');
  process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] ??= 'true';
  const { CloudFormationClient, ValidateTemplateCommand } = await import('@aws-sdk/client-cloudformation');
  const client = new CloudFormationClient(await settings(options));
  try {
    for (const document of sendable) {
      const fault = await thrownBy(() => client.send(new ValidateTemplateCommand({ TemplateBody: document.text })));
      if (fault === undefined) continue;
      const finding = explain(fault, document);
      findings.push(finding);
      // What is wrong with the credentials or the network is wrong for all.
      if (finding.code !== 'PL3046') break;
    }
  } finally {
    client.destroy();
  }
  return findings;
};

async function settings({ region, endpointUrl, env = process.env }: EngineOptions): Promise<object> {
  const chosen = region ?? env['AWS_REGION'] ?? env['AWS_DEFAULT_REGION'];
  return {
    ...(chosen !== undefined && { region: chosen }),
    ...(endpointUrl !== undefined && { endpoint: endpointUrl }),
    requestHandler: await handlerSettings(
      endpointUrl ?? `https://cloudformation.${chosen ?? 'us-east-1'}.amazonaws.com`,
    ),
  };
}

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
