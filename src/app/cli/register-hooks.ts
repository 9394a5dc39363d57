// `node --import …/register-hooks.mjs`: plain Node loads TypeScript, and `headwater` is the build that lies beside this
// file. For the tests of exported projects.

import { register } from 'node:module';
import type { HooksData } from './module-hooks.ts';

const data: HooksData = { packageEntry: new URL('package.mjs', import.meta.url).href };
register(new URL('module-hooks.mjs', import.meta.url).href, { data });
