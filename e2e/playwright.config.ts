// The stories: the built app in a real Chromium, as its users meet it.

import { defineConfig } from '@playwright/test';
import { appOrigin, appPort, chromium } from './stories/browser.ts';

export default defineConfig({
  testDir: './stories',
  testMatch: '*.spec.ts',
  globalSetup: './stories/global-setup.ts',
  outputDir: `../.cache/e2e-results/${appPort}`,
  workers: 1,
  timeout: 120_000,
  expect: { timeout: 15_000 },
  reporter: 'list',
  use: {
    baseURL: appOrigin,
    browserName: 'chromium',
    viewport: { width: 1440, height: 900 },
    launchOptions: chromium,
    trace: 'retain-on-failure',
  },
});
