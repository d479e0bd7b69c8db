// Loaded into every function: its clock goes as many days before or after the right one as the file FUNCTION_CLOCKS says,
// by what its name contains: {"CertificateFunction": -300}. AWS's clients sign with the right time.
const { readFileSync } = require('node:fs');

const { AWS_LAMBDA_FUNCTION_NAME = '', FUNCTION_CLOCKS = '' } = process.env;
const DAY = 86_400_000;

/** Whether a library asks, not the function's own code. */
function isLibrary() {
  const frames = new Error().stack.split('\n').slice(1);
  return frames.find((line) => !line.includes(__filename))?.includes('/node_modules/') ?? false;
}

if (AWS_LAMBDA_FUNCTION_NAME !== '') {
  const Real = Date;
  const now = () => {
    const clocks = Object.entries(JSON.parse(readFileSync(FUNCTION_CLOCKS, 'utf8')));
    const [, days] = clocks.find(([name]) => AWS_LAMBDA_FUNCTION_NAME.includes(name)) ?? ['', 0];
    return Real.now() + (days === 0 || isLibrary() ? 0 : days * DAY);
  };
  globalThis.Date = class extends Real {
    constructor(...given) {
      super(...(given.length === 0 ? [now()] : given));
    }

    static now() {
      return now();
    }
  };
}
