// `npm run headwater -- …`: the command line, built first when needed.

import { pathToFileURL } from 'node:url';
import { ensureDependencies } from './setup.mjs';

ensureDependencies();
const { buildCli } = await import('./build-cli.mjs');
await import(pathToFileURL(await buildCli()).href);
