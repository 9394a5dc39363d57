// npm start: builds the app when needed and serves it on http://localhost:4173.

import { ensureApp, ensureDependencies, root } from './setup.mjs';

ensureDependencies();
await ensureApp();
const { preview } = await import('vite');
const server = await preview({ root, preview: { port: 4173, strictPort: true, host: 'localhost' } });
console.log('Headwater is at http://localhost:4173 (Ctrl+C ends it)');
for (const signal of ['SIGINT', 'SIGTERM'])
  process.on(signal, () => {
    server.httpServer.close();
    process.exit(0);
  });
