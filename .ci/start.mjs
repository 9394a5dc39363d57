// npm start: builds the app when needed and serves it on http://localhost:4173, or on `-- --port <number>`.

import { ensureApp, ensureDependencies, root } from './setup.mjs';

const at = process.argv.indexOf('--port');
const port = at < 0 ? 4173 : Number(process.argv[at + 1]);
if (!Number.isInteger(port) || port < 1 || port > 65_535) {
  console.error('--port needs a number from 1 to 65535, as in: npm start -- --port 4180');
  process.exit(1);
}

ensureDependencies();
await ensureApp();
const { preview } = await import('vite');
const server = await preview({ root, preview: { port, strictPort: true, host: 'localhost' } }).catch(
  (error) => {
    if (!/already in use/.test(error.message)) throw error;
    console.error(
      `Port ${port} is taken, perhaps by Headwater itself: look at http://localhost:${port}, or choose another ` +
        'with: npm start -- --port 4180\nProjects are kept per address: another port starts with none.',
    );
    process.exit(1);
  },
);
console.log(`Headwater is at http://localhost:${port} (Ctrl+C ends it)`);
for (const signal of ['SIGINT', 'SIGTERM'])
  process.on(signal, () => {
    server.httpServer.close();
    process.exit(0);
  });
