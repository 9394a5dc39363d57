// The page's build. Relative addresses, so that any static host and any folder of it works.

import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { VitePWA } from 'vite-plugin-pwa';
import { buildCli } from './.ci/build-cli.mjs';
import { exportKitPlugin } from './vite-export-kit-plugin.ts';
import { playerPlugin } from './vite-player-plugin.ts';
import { runnerPlugin } from './vite-runner-plugin.ts';

const swc = '@swc/wasm-typescript-esm/wasm_bg.wasm';

// After the first visit everything comes from the cache: the app works with the server stopped.
const offline = VitePWA({
  registerType: 'prompt',
  injectRegister: null,
  manifest: {
    name: 'Headwater',
    short_name: 'Headwater',
    description: 'Draw data assets, write them in TypeScript, materialize them in your browser.',
    theme_color: '#0b7a75',
    background_color: '#f6f8fb',
    display: 'standalone',
    start_url: './',
    icons: [{ src: 'icon.svg', sizes: 'any', type: 'image/svg+xml' }],
  },
  workbox: {
    globPatterns: ['**/*.{html,js,css,wasm,woff2,ttf,svg,json,arrow,csv,zip}'],
    // Monaco's own TypeScript worker: the app starts src/ui/inspector/body-types.worker.ts instead.
    globIgnores: ['**/ts.worker-*.js'],
    maximumFileSizeToCacheInBytes: 16 * 1024 * 1024,
    navigateFallback: 'index.html',
    cleanupOutdatedCaches: true,
    inlineWorkboxRuntime: true,
  },
});

export default defineConfig({
  base: './',
  plugins: [react(), runnerPlugin(), exportKitPlugin(buildCli), playerPlugin(), offline],
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
  worker: {
    format: 'es',
    plugins: () => [runnerPlugin()],
    rolldownOptions: { checks: { bundlerTimings: false } },
  },
  server: { host: 'localhost', port: 4173 },
  preview: { host: 'localhost', port: 4173 },
  build: {
    outDir: 'dist/app',
    emptyOutDir: true,
    target: 'es2023',
    chunkSizeWarningLimit: 7_000,
    // Who runs `npm start` is told what matters to them.
    rolldownOptions: { checks: { bundlerTimings: false } },
  },
});
