// The actions of IAM: what a policy may allow or deny, by service, and which resources each is about.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** @typedef {{Actions: Record<string, {Resources?: string[]}>, Resources?: Record<string, {ARNFormats?: string[]}>}} Service */

/**
 * One line a service: its prefix, and its actions in small letters (IAM does not tell letters apart); after `:` the
 * numbers of the resources that an action is about, which follow after `|`.
 * @param {string} wheel folder of the unpacked wheel @returns {string}
 */
export function iamActions(wheel) {
  const file = join(wheel, 'cfnlint', 'data', 'AdditionalSpecs', 'Policies.json');
  /** @type {Record<string, Service>} */
  const services = JSON.parse(readFileSync(file, 'utf8'));
  const lines = Object.entries(services).map(([prefix, service]) => line(prefix, service));
  return `${lines.sort().join('\n')}\n`;
}

/** @param {string} prefix @param {Service} service */
function line(prefix, { Actions, Resources = {} }) {
  const names = Object.keys(Resources).sort();
  const forms = names.map((name) => (Resources[name]?.ARNFormats ?? []).map((arn) => form(arn, name)).join(','));
  const actions = Object.keys(Actions)
    .sort()
    .map((action) => {
      const about = (Actions[action]?.Resources ?? []).map((name) => names.indexOf(name.toLowerCase()));
      // What is about nearly everything says nothing.
      const isKnown = about.length > 0 && about.length < 12 && !about.includes(-1);
      return isKnown ? `${action}:${about.join(',')}` : action;
    });
  return [prefix, ...actions, ...(forms.length > 0 ? ['|', ...forms.map((one) => one || '*')] : [])].join(' ');
}

/**
 * The service and the resource of an ARN: `s3:.*`. The wheel has the same for buckets and for what is in them.
 * @param {string} arn @param {string} name
 */
function form(arn, name) {
  const [, , service = '', , , ...resource] = arn.split(':');
  const text = resource.join(':').replaceAll(' ', '');
  return `${service}:${service === 's3' && name === 'object' ? '.*/.*' : text}`;
}
