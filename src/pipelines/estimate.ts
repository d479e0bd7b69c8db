import { chooseRegion } from '../cloud/region.ts';
import { compile } from '../compile/compile.ts';
import type { Config } from '../config/config.ts';
import { throwFaults } from '../diagnostics/refusal.ts';
import { checkParameters } from '../launch/check-parameters.ts';
import { type CostEstimate, estimateCost } from '../launch/prices/estimate-cost.ts';
import type { PriceFile } from '../launch/prices/price-file.ts';
import { parametersOf } from '../launch/template-parameter.ts';
import { ANYWHERE } from '../stacks/release-location.ts';

/** What is estimated. */
export interface EstimateOptions {
  /** Without prices each is unknown. */
  readonly prices?: PriceFile;
  /** Default: the configuration's, AWS_REGION, …, us-west-2. */
  readonly region?: string;
  /** Values of the templates' parameters in the place of their defaults. */
  readonly parameters?: Readonly<Record<string, string>>;
  readonly env?: Readonly<Record<string, string | undefined>>;
}

/**
 * Says what a launch with these values costs.
 * @throws Refusal PL5004 to PL5006, PL5013 for a value
 */
export function estimate(config: Config, options: EstimateOptions = {}): CostEstimate {
  const { prices, parameters = {}, env = process.env } = options;
  const templates = compile(config, { sha256: '0'.repeat(64) }, ANYWHERE);
  throwFaults(checkParameters(templates, parameters));
  const defaults = templates.flatMap(({ value }) => Object.entries(parametersOf(value)));
  const values = Object.fromEntries(defaults.map(([name, { Default = '' }]) => [name, String(Default)]));
  return estimateCost({ ...values, ...parameters }, prices, chooseRegion(options.region ?? config.publish.region, env));
}
