// AWS's validator as a command: node aws-validate.mjs FILE…
import { CelEngine, TemplateFile } from '@aws/cloudformation-validate';

const engine = new CelEngine();
let count = 0;
for (const file of process.argv.slice(2)) count += engine.validateStandard(new TemplateFile(file)).diagnostics.length;
engine.free();
console.log(count);
