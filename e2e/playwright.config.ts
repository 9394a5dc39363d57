// The stories: the built app in a real Chromium, as its users meet it.

import { defineConfig } from '@playwright/test';
import { appOrigin, appPort, chromium } from './stories/browser.ts';

export default defineConfig({
  testDir: './stories',
  testMatch: '*.spec.ts',
  globalSetup: './stories/global-setup.ts',
  outputDir: `../.cache/e2e-results/${appPort}`,
  workers: 1,
  // On a machine that is shared, a story gets a second try; one that needed it is named at the end of the gate.
  retries: process.env.CI ? 1 : 0,
  timeout: 240_000,
  expect: { timeout: 30_000 },
  reporter: 'list',
  use: {
    baseURL: appOrigin,
    browserName: 'chromium',
    viewport: { width: 1440, height: 900 },
    launchOptions: chromium,
    trace: 'retain-on-failure',
  },
});
