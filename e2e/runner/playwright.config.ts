import { defineConfig } from '@playwright/test';
import { chromium } from '../chromium.ts';

export default defineConfig({
  testDir: '.',
  testMatch: '*.spec.ts',
  workers: 1,
  // As for the stories: a second try on a machine that is shared, named at the end of the gate.
  retries: process.env.CI ? 1 : 0,
  timeout: 120_000,
  reporter: 'list',
  outputDir: '../../node_modules/.cache/runner-results',
  use: {
    browserName: 'chromium',
    launchOptions: chromium,
  },
});
