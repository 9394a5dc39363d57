// Preferences of this browser over localStorage. Where that is missing or full, they last as long as the tab.

import type { PreferencesPort } from '#ui/kit/services.tsx';

const prefix = 'headwater.';

export function createPreferences(): PreferencesPort {
  const unstored = new Map<string, string>();
  return {
    read(name) {
      const inTab = unstored.get(name);
      if (inTab !== undefined) return inTab;
      try {
        return localStorage.getItem(prefix + name) ?? undefined;
      } catch {
        return undefined; // Blocked by the browser's settings: nothing is remembered.
      }
    },
    write(name, value) {
      try {
        localStorage.setItem(prefix + name, value);
        unstored.delete(name);
      } catch {
        unstored.set(name, value);
      }
    },
  };
}
