import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';
import { chromium } from './e2e/chromium.ts';

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['{src,workers}/**/*.test.{ts,tsx}', 'e2e/dagster/vectors.test.ts'],
          exclude: ['**/*.browser.test.*'],
          // Only what hangs is cut off: property tests take what a busy machine lets them.
          testTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'browser',
          include: ['{src,workers}/**/*.browser.test.{ts,tsx}'],
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            provider: playwright({ launchOptions: chromium }),
            instances: [{ browser: 'chromium' }],
          },
        },
      },
    ],
  },
});
