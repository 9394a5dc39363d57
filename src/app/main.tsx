// The page's entry: styles, services, and the app on top of them.

import '@fontsource-variable/inter/wght.css';
import '@fontsource-variable/jetbrains-mono/wght.css';
import '@mantine/core/styles.layer.css';
import '@mantine/notifications/styles.layer.css';
import './app.css';

import { MantineProvider } from '@mantine/core';
import { lazy, type ReactNode, StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { noticeUpdate } from '#ui/kit/notices.ts';
import { type PreferencesPort, ServicesProvider } from '#ui/kit/services.tsx';
import { setTimeZone, timeZonePreference } from '#ui/kit/time-zone.ts';
import { AppRoot } from '#ui/shell/app-root.tsx';
import { createServices } from './compose.ts';
import { log } from './log.ts';
import { keepOffline } from './offline.ts';
import { openingOf } from './opening.ts';
import { pageClock } from './page-clock.ts';
import { createPreferences } from './preferences.ts';
import { installTrustedTypes } from './runner-trusted-types.ts';
import { createSchemeManager, cssVariablesResolver, readScheme, theme } from './theme.ts';
import { applyScheme } from './theme-scheme.ts';

const EmbedRoot = lazy(async () => ({ default: (await import('#ui/arrivals/embed-root.tsx')).EmbedRoot }));
const FramedNotice = lazy(async () => ({
  default: (await import('#ui/arrivals/framed-notice.tsx')).FramedNotice,
}));

installTrustedTypes();
const place = document.getElementById('root');
if (!place) throw new Error('Internal error: index.html has no #root');
const root = createRoot(place, {
  onUncaughtError: (error) => log.fault('the screen failed', error),
  onCaughtError: (error) => log.fault('a panel failed', error),
});
const opening = openingOf(location.hash, window.self !== window.top);
if (opening === 'app') openApp();
else openInside(opening);

function openApp(): void {
  const preferences = createPreferences();
  applyScheme(readScheme(preferences));
  setTimeZone(preferences.read(timeZonePreference));
  const services = createServices(preferences);
  show(
    <ServicesProvider services={services}>
      <AppRoot />
    </ServicesProvider>,
    preferences,
  );
  keepOffline(noticeUpdate);
}

/** Nothing is started, stored or read here but what the address says. */
function openInside(as: 'embed' | 'refused'): void {
  const preferences = { read: () => undefined, write: () => undefined };
  applyScheme(readScheme(preferences));
  show(as === 'embed' ? <EmbedRoot clock={pageClock} /> : <FramedNotice />, preferences);
  // Another address may be another opening, and the page around this one can change it.
  window.addEventListener('hashchange', () => location.reload());
}

function show(page: ReactNode, preferences: PreferencesPort): void {
  root.render(
    <StrictMode>
      <MantineProvider
        theme={theme}
        cssVariablesResolver={cssVariablesResolver}
        colorSchemeManager={createSchemeManager(preferences)}
        defaultColorScheme="auto"
      >
        {page}
      </MantineProvider>
    </StrictMode>,
  );
}
