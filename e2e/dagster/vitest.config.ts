import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: { name: 'dagster', include: ['e2e/dagster/*.test.ts'], maxConcurrency: 2 },
});
