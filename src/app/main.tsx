// The page's entry: styles, services, and the app on top of them.

import '@fontsource-variable/inter/wght.css';
import '@fontsource-variable/jetbrains-mono/wght.css';
import '@mantine/core/styles.layer.css';
import '@mantine/notifications/styles.layer.css';
import './app.css';

import { MantineProvider } from '@mantine/core';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { noticeUpdate } from '#ui/kit/notices.ts';
import { ServicesProvider } from '#ui/kit/services.tsx';
import { setTimeZone, timeZonePreference } from '#ui/kit/time-zone.ts';
import { AppRoot } from '#ui/shell/app-root.tsx';
import { createServices } from './compose.ts';
import { log } from './log.ts';
import { keepOffline } from './offline.ts';
import { createPreferences } from './preferences.ts';
import { installTrustedTypes } from './runner-trusted-types.ts';
import { createSchemeManager, cssVariablesResolver, readScheme, theme } from './theme.ts';
import { applyScheme } from './theme-scheme.ts';

installTrustedTypes();
const preferences = createPreferences();
applyScheme(readScheme(preferences));
setTimeZone(preferences.read(timeZonePreference));
const services = createServices(preferences);
const root = document.getElementById('root');
if (!root) throw new Error('Internal error: index.html has no #root');

createRoot(root, {
  onUncaughtError: (error) => log.fault('the screen failed', error),
  onCaughtError: (error) => log.fault('a panel failed', error),
}).render(
  <StrictMode>
    <MantineProvider
      theme={theme}
      cssVariablesResolver={cssVariablesResolver}
      colorSchemeManager={createSchemeManager(preferences)}
      defaultColorScheme="auto"
    >
      <ServicesProvider services={services}>
        <AppRoot />
      </ServicesProvider>
    </MantineProvider>
  </StrictMode>,
);
keepOffline(noticeUpdate);
