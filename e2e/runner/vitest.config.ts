// Runs the lane tests alone, without the app's own build configuration.

import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  root: fileURLToPath(new URL('../..', import.meta.url)),
  test: { include: ['workers/bodies/**/*.test.ts'] },
});
