import { expectAll, latestText, materializeAll, nodes, openWeather } from './app-page.ts';
import { serveApp } from './serve-app.ts';
import { test as base, expect, watchContext } from './story.ts';

/** A server of this story's own, because it is stopped. */
const test = base.extend<{ origin: string; stopServer: () => Promise<void> }>({
  origin: [
    async ({ stopServer }, use) => {
      await use((stopServer as unknown as { origin: string }).origin);
    },
    { scope: 'test' },
  ],
});
void [test, expectAll, latestText, materializeAll, nodes, openWeather, serveApp, expect, watchContext];
