// Writes docs/CONFIGURATION.md from the declarations of the variables. Run by `npm run config:docs`, after a build.
import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const { describeConfiguration } = require('../dist/libs/platform/src/config/describe-configuration.js');

writeFileSync(new URL('../docs/CONFIGURATION.md', import.meta.url), describeConfiguration());
