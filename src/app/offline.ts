// Keeps a copy of the app in the browser, so that it opens without its server, and says when a newer build
// is ready. A new build takes over only when the user reloads: no tab is changed under its user's hands.

import { registerSW } from 'virtual:pwa-register';
import { log } from './log.ts';

/** `onUpdate` is given the function that reloads into the new build. */
export function keepOffline(onUpdate: (reload: () => void) => void): void {
  if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return;
  const update = registerSW({
    onNeedRefresh: () => onUpdate(() => void update(true)),
    onRegisterError: (error: unknown) => log.fault('the app could not be kept for offline use', error),
  });
}
