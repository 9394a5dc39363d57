// Builds the app when needed and serves it while the stories run.

import { appPort } from './browser.ts';
import { serveApp } from './serve-app.ts';

export default async function globalSetup(): Promise<() => Promise<void>> {
  if (process.env.HEADWATER_E2E_DIST === undefined) {
    const setup = new URL('../../.ci/setup.mjs', import.meta.url).href;
    const { ensureApp } = (await import(setup)) as { ensureApp(): Promise<void> };
    await ensureApp();
  }
  const app = await serveApp(appPort);
  return app.stop;
}
