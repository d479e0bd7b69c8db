// The same resources as dist/, through cloudfriend's merge.
const { readdirSync, readFileSync } = require('node:fs');
const { join } = require('node:path');
const cloudfriend = require('cloudfriend');

const folder = join(__dirname, 'resources');
const templates = readdirSync(folder).map((file) => {
  const resources = JSON.parse(readFileSync(join(folder, file), 'utf8'));
  const prefix = file.replace('.json', '');
  return { Resources: Object.fromEntries(Object.entries(resources).map(([id, r]) => [`${prefix}${id}`, r])) };
});
module.exports = cloudfriend.merge(...templates);
