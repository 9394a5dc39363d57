// The build of the command line: one ES module for plain Node 20, lanes and libraries inside it.

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
      input: 'src/app/cli/main.ts',
      output: { entryFileNames: 'headwater.mjs', codeSplitting: false },
      external: [/^node:/],
    },
  },
});
