import { defineConfig } from '@playwright/test';
import { chromium } from '../chromium.ts';

export default defineConfig({
  testDir: '.',
  testMatch: '*.spec.ts',
  workers: 1,
  timeout: 120_000,
  reporter: 'list',
  outputDir: '../../node_modules/.cache/runner-results',
  use: {
    browserName: 'chromium',
    launchOptions: chromium,
  },
});
