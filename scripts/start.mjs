// `npm start`: builds what has changed, then becomes the product, in this same process so that signals reach it.
import { build } from './build.mjs';
import { endWithNpm } from './end-with-npm.mjs';

endWithNpm();
if (await build(['server', 'dashboard'])) await import('../dist/apps/standalone/src/main.js');
else process.exitCode = 1;
