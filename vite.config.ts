// The page's build. Relative addresses, so that any static host and any folder of it works.

import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { runnerPlugin } from './vite-runner-plugin.ts';

export default defineConfig({
  base: './',
  plugins: [react(), runnerPlugin()],
  worker: { format: 'es', plugins: () => [runnerPlugin()] },
  server: { host: 'localhost', port: 4173 },
  preview: { host: 'localhost', port: 4173 },
  build: { target: 'es2023', chunkSizeWarningLimit: 700 },
});
