import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import type { TemplateDocument } from '../../document/template-document.ts';

/** What an engine may use of its surroundings. */
export interface EngineOptions {
  /** Region of the engine aws. Default: what the environment and the profile say, else us-west-2. */
  readonly region?: string;
  /** Another CloudFormation than AWS's. */
  readonly endpointUrl?: string;
  /** Environment of the programs that are started. Default: the process's own. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** cfn-lint's settings. Default: none, whatever the folder where podlaunch runs has. */
  readonly cfnLintConfig?: string;
  /** Whether code may be fetched and run: asked with what and by what tool. Default: no. */
  readonly mayFetch?: (what: string) => boolean | Promise<boolean>;
  /** Told which tool, of which version, checks the templates, and what is fetched. */
  readonly onNote?: (text: string) => void;
  /** Told what is going on, for a display of progress. */
  readonly onProgress?: (text: string) => void;
}

/** Checks templates in its own way. It never throws for what a user can do about: that is a diagnostic too. */
export type Engine = (documents: readonly TemplateDocument[], options: EngineOptions) => Promise<readonly Diagnostic[]>;
