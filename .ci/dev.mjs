// npm run dev: Vite with hot reload.

import { ensureDependencies, root } from './setup.mjs';

ensureDependencies();
const { createServer } = await import('vite');
const server = await createServer({ root });
await server.listen();
server.printUrls();
