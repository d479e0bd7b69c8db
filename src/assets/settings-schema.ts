import { join } from 'node:path';
import type { AnySchema, ErrorObject, ValidateFunction } from 'ajv';
import { type Diagnostic, error } from '../diagnostics/diagnostic.ts';
import type { AssetFile, Assets } from './assets.ts';
import { isChecked } from './checked-by-build.ts';
import { checkedValidator } from './checked-validator.ts';
import { LIFECYCLE_SCRIPTS } from './read-assets.ts';

/** The contract of the settings document, where the folder of the scripts has one. */
const SCHEMA = 'node-settings.schema.json';

/** Parameter Store's limit for a parameter of the advanced tier, less room for names longer than the examples. */
const MOST_BYTES = 8192 - 512;

/**
 * Checks the settings that nodes will be given against the JSON Schema that travels with the scripts: the schema is
 * one (PL2017), the settings keep to it (PL2018), and Parameter Store has room for them (PL2020). A folder without it reads the settings as it likes; a file that
 * is not JSON is found by `checkAssets`. Loads ajv only for a schema that the build has not checked.
 * @param folder the folder that `readAssets` read; the findings name its file
 * @param settings the document, as nodes read it
 */
export async function checkSettings(assets: Assets, folder: string, settings: unknown): Promise<readonly Diagnostic[]> {
  const asset = assets.files.find(({ path }) => path === `${LIFECYCLE_SCRIPTS}/${SCHEMA}`);
  if (asset === undefined) return [];
  const file = join(folder, SCHEMA);
  let validate: ValidateFunction | undefined;
  try {
    validate = isChecked(asset) ? (checkedValidator() as ValidateFunction) : await compiled(asset);
  } catch (thrown) {
    const reason = thrown instanceof Error ? thrown.message : String(thrown);
    const hint = 'Correct it; it is read as JSON Schema of draft 7, and may refer to nothing outside itself.';
    return [error({ code: 'PL2017', message: `${file} is not a JSON Schema: ${reason}.`, hint })];
  }
  if (!validate) return [];
  if (!validate(settings)) return (validate.errors ?? []).map((fault) => broken(fault, file));
  return tooLarge(settings);
}

/** Undefined for what is not JSON. */
async function compiled({ bytes }: AssetFile): Promise<ValidateFunction | undefined> {
  const schema = parsed(bytes);
  if (schema === undefined) return undefined;
  // ajv is CommonJS: bundled, it has no named exports.
  const { default: ajv } = await import('ajv');
  return new ajv.Ajv({ allErrors: true, strict: false, validateFormats: false, logger: false }).compile(schema);
}

function tooLarge(settings: unknown): readonly Diagnostic[] {
  const bytes = Buffer.byteLength(JSON.stringify(settings));
  if (bytes <= MOST_BYTES) return [];
  const message = `The node settings need ${bytes} bytes; a parameter of Parameter Store has 8192, of which 512 are for longer names.`;
  const hint = 'Name fewer groups or instance groups: one group of the directory can contain others.';
  return [error({ code: 'PL2020', message, hint })];
}

function parsed(bytes: Uint8Array): AnySchema | undefined {
  try {
    return JSON.parse(new TextDecoder().decode(bytes)) as AnySchema;
  } catch {
    return undefined;
  }
}

function broken({ instancePath, message = 'is not valid', params }: ErrorObject, file: string): Diagnostic {
  const path = instancePath
    .split('/')
    .slice(1)
    .map((key) => (/^\d+$/.test(key) ? Number(key) : key.replaceAll('~1', '/').replaceAll('~0', '~')));
  const key = params['additionalProperty'] ?? params['missingProperty'];
  const place = path.length === 0 ? 'the document' : path.join('.');
  return error({
    code: 'PL2018',
    message: `The settings that the cluster stack writes break ${file}: ${place} ${message}${key === undefined ? '' : ` (${key})`}.`,
    path,
    hint: 'Nodes would refuse all of them. Correct podlaunch.yaml, or take the scripts that belong to this podlaunch.',
  });
}
