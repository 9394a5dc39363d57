// The build of the command line for plain Node 20: the command, the thread in which a user's module lives, the hooks
// that load it, and the package that it imports as `headwater`. What they share lies in chunks, so that all of them
// are one build of one module each.

import { defineConfig } from 'vite';
import { runnerPlugin } from './vite-runner-plugin.ts';

export default defineConfig({
  publicDir: false,
  plugins: [runnerPlugin()],
  // The stripper stays outside: it reads its own file, and only runs and --json need it.
  ssr: { noExternal: true, external: ['@swc/wasm-typescript'], target: 'node' },
  build: {
    target: 'node20',
    ssr: true,
    outDir: 'dist/cli',
    emptyOutDir: true,
    minify: false,
    rolldownOptions: {
      input: {
        headwater: 'src/app/cli/main.ts',
        package: 'src/app/package/index.ts',
        'module-worker': 'src/app/cli/module-worker.ts',
        'module-hooks': 'src/app/cli/module-hooks.ts',
        'register-hooks': 'src/app/cli/register-hooks.ts',
        // For steps of an exported Dagster project.
        arrow: 'src/interop/arrow-rows.ts',
        // What modules may import without having it installed.
        zod: 'zod',
        'd3-array': 'd3-array',
        'date-fns': 'date-fns',
      },
      output: {
        entryFileNames: '[name].mjs',
        chunkFileNames: 'chunk-[name]-[hash].mjs',
        banner: ({ name }) => (name === 'headwater' ? '#!/usr/bin/env node' : ''),
      },
      external: [/^node:/],
    },
  },
});
