// The page's build. Relative addresses, so that any static host and any folder of it works.

import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { runnerPlugin } from './vite-runner-plugin.ts';

const swc = '@swc/wasm-typescript-esm/wasm_bg.wasm';

export default defineConfig({
  base: './',
  plugins: [react(), runnerPlugin()],
  // The package ships the file, but does not export it.
  resolve: {
    alias: [
      {
        find: /^@swc\/wasm-typescript-esm\/wasm_bg\.wasm/,
        replacement: fileURLToPath(new URL(`./node_modules/${swc}`, import.meta.url)),
      },
    ],
  },
  // Found in workers only when they start; found late, they reload the page.
  optimizeDeps: {
    include: [
      '@swc/wasm-typescript-esm',
      '@uwdata/flechette',
      'comlink',
      'dexie',
      'fflate',
      'hash-wasm',
      'papaparse',
      'zod',
    ],
  },
  worker: { format: 'es', plugins: () => [runnerPlugin()] },
  server: { host: 'localhost', port: 4173 },
  preview: { host: 'localhost', port: 4173 },
  build: { target: 'es2023', chunkSizeWarningLimit: 700 },
});
