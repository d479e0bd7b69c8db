// The same resources as dist/, as a CDK app of plain L1 resources: the least that CDK can be asked to do.
import { readdirSync, readFileSync } from 'node:fs';
import { App, CfnResource, Stack } from 'aws-cdk-lib/core';

const app = new App();
const folder = new URL('./resources/', import.meta.url);
for (const file of readdirSync(folder)) {
  const stack = new Stack(app, file.replace('.json', ''));
  const resources = JSON.parse(readFileSync(new URL(file, folder), 'utf8'));
  for (const [id, { Type, Properties }] of Object.entries(resources)) {
    new CfnResource(stack, id, { type: Type, properties: Properties });
  }
}
app.synth();
