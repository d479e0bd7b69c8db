// What the package exports: each command's function, and the data it takes and gives.

export type { AssetFile, Assets } from './assets/assets.ts';
export { readAssets } from './assets/read-assets.ts';
export { type CertificateOptions, type CertificateResult, createCertificate } from './certificate/create.ts';
export { type RenewalOptions, renewCertificate } from './certificate/renew.ts';
export { compile } from './compile/compile.ts';
export { compileRelease } from './compile/compile-release.ts';
export type { CompiledTemplate } from './compile/compiled-template.ts';
export {
  type Config,
  type DirectoryGroup,
  type GivenConfig,
  type InstanceGroup,
  NODE_TYPES,
  type NodeType,
  type WorkerGroup,
} from './config/config.ts';
export { DEFAULTS, withDefaults } from './config/defaults.ts';
export { initialConfig } from './config/initial-config.ts';
export { loadConfig, parseConfig } from './config/load.ts';
export type { StackChange } from './deploy/changes.ts';
export type { DeployedStack } from './deploy/deployed-stack.ts';
export type { DestroyedProject, PlannedDestroy } from './deploy/destroyed.ts';
export type { Cause, DeployEvent, ResourceEvent } from './deploy/events.ts';
export { type Remembered, readRemembered } from './deploy/remembered.ts';
export type { Talk } from './deploy/talk.ts';
export {
  type Diagnostic,
  type Fix,
  fails,
  type Path,
  type Related,
  type Severity,
  type Span,
} from './diagnostics/diagnostic.ts';
export { Refusal } from './diagnostics/refusal.ts';
export { renderGithub } from './diagnostics/render-github.ts';
export { renderJson } from './diagnostics/render-json.ts';
export { renderJunit } from './diagnostics/render-junit.ts';
export { type PrettyOptions, renderPretty } from './diagnostics/render-pretty.ts';
export { diffTemplates } from './diff/diff-templates.ts';
export type { FileChange, ReleaseDiff, TemplateChange } from './diff/release-diff.ts';
export { diffAsMarkdown } from './diff/render-markdown.ts';
export { diffAsText } from './diff/render-text.ts';
export type { EntryChange, PropertyChange, ResourceChange, TemplateDiff } from './diff/template-diff.ts';
export { loadTemplate } from './document/read/load-template.ts';
export type { Json, TemplateDocument } from './document/template-document.ts';
export type { PeopleDone, PeoplePlan } from './functions/people/requests.ts';
export type { Catalog } from './launch/catalog/catalog.ts';
export type { Link } from './launch/make-links.ts';
export type { PageFile } from './launch/page/page-file.ts';
export { type PageHost, pageHost } from './launch/page-host/page-host.ts';
export { estimateAsText } from './launch/prices/estimate-as-text.ts';
export type { CostEstimate, CostItem } from './launch/prices/estimate-cost.ts';
export { type MadePriceFile, makePriceFile } from './launch/prices/make-price-file.ts';
export { type PriceFile, parsePriceFile } from './launch/prices/price-file.ts';
export { type PriceList, readPriceList } from './launch/prices/read-price-list.ts';
export { linksAsHtml, linksAsMarkdown, linksAsText } from './launch/render-links.ts';
export type { StackSetTemplate } from './launch/stack-set/stack-set.ts';
export type { LogLine } from './logs/first-cause.ts';
export type { LogGroup } from './logs/read-logs.ts';
export { obfuscatePassword } from './password/obfuscate.ts';
export { openPeopleFunction, type PeopleFunction, type PeopleStack } from './people/open-function.ts';
export { readPeople } from './people/read-people.ts';
export { readPeopleTable } from './people/read-people-table.ts';
export { type CatalogOptions, type MadeCatalog, makeCatalog } from './pipelines/catalog.ts';
export { type Changelog, changelog } from './pipelines/changelog.ts';
export { type CheckedConfig, type CheckOptions, checkConfig } from './pipelines/check-config.ts';
export type { TargetOptions } from './pipelines/choose-target.ts';
export { type Deployed, type DeployOptions, deploy } from './pipelines/deploy.ts';
export { type DestroyOptions, destroy } from './pipelines/destroy.ts';
export { type ComparedReleases, type DiffOptions, diff } from './pipelines/diff.ts';
export { type EstimateOptions, estimate } from './pipelines/estimate.ts';
export { type LinksOptions, links, type PinnedLinks } from './pipelines/links.ts';
export { type LogsOptions, logs } from './pipelines/logs.ts';
export {
  atEachPlace as atEachMirror,
  choosePlaces as chooseMirrors,
  type MirrorOptions,
  type Places,
} from './pipelines/mirrors.ts';
export { type MadePage, type PageOptions, page } from './pipelines/page.ts';
export { type Published, type PublishSettings, publish } from './pipelines/publish.ts';
export { type PublishPageOptions, publishMadePage } from './pipelines/publish-page.ts';
export { publishToRegions, type RegionsSettings } from './pipelines/publish-regions.ts';
export { type Released, release, releaseToRegions } from './pipelines/release.ts';
export { type MadeStackSet, makeStackSet, type StackSetOptions } from './pipelines/stack-set.ts';
export { type StatusOptions, status } from './pipelines/status.ts';
export { type ValidateOptions, validateTemplate } from './pipelines/validate-template.ts';
export { preflightAccount } from './preflight/preflight-account.ts';
export { type LaunchChoices, wantedOfConfig } from './preflight/wanted-of-config.ts';
export { type CreatedBucket, createBucket } from './publish/create-bucket.ts';
export type { PublishEvent } from './publish/events.ts';
export { listKeys, withdrawListedKey as withdrawKey } from './publish/keys.ts';
export { listReleases, type PublishedReleases } from './publish/list-releases.ts';
export { type PublishPlan, planText } from './publish/plan.ts';
export type { PublishedPage } from './publish/publish-page.ts';
export type { PublishOptions, PublishResult } from './publish/publish-release.ts';
export type { ChannelMove, ListedRelease, ReleaseHistory } from './publish/releases/history.ts';
export { type RollbackOptions, type RollbackResult, rollback } from './publish/rollback.ts';
export { type SignedResult, type SignOptions, signPublished as signRelease } from './publish/sign-published.ts';
export { type WithdrawOptions, type WithdrawResult, withdraw } from './publish/withdraw.ts';
export type { Release, ReleaseFile } from './release/release.ts';
export { type FolderTarget, parseTarget, type S3Target, type Target } from './release/target.ts';
export { openKmsSigner } from './sign/kms-signer.ts';
export type { ReleaseKey } from './sign/release-key.ts';
export { offlineSigner, type ReleaseSigner } from './sign/signer.ts';
export type { ListedKey } from './sign/trusted-keys.ts';
export { type SshConfig, type SshConfigOptions, sshConfig } from './ssh/ssh-config.ts';
export type { ReleaseLocation } from './stacks/release-location.ts';
export { STACK_NAMES, type StackName } from './stacks/stack-name.ts';
export type { Status } from './status/status.ts';
export { findingsAsSarif as renderSarif } from './validate/findings-as-sarif.ts';
export { RULES, type RuleInfo } from './validate/rule-list.ts';
export { ENGINES, type EngineName, type EngineOptions, runEngines } from './validate/run-engines.ts';
export type { Selection } from './validate/selection.ts';
export { validate } from './validate/validate.ts';
export { type VerifiedBucket, verifyBucket } from './verify/verify-bucket.ts';
export { type ReleaseToVerify, type VerifiedRelease, verifyRelease } from './verify/verify-release.ts';
