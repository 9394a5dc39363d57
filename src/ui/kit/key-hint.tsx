// A key combination as people know it on their machine: "Ctrl+Z" or "⌘Z".

import css from './key-hint.module.css';

const isMac = typeof navigator !== 'undefined' && /Mac|iPhone|iPad/.test(navigator.userAgent);

/** `keys` as in "Mod+Shift+Z". */
export function keysText(keys: string): string {
  if (!isMac) return keys.replace('Mod', 'Ctrl');
  return keys.replace('Mod', '⌘').replace('Shift', '⇧').replace('Alt', '⌥').replaceAll('+', '');
}

export function KeyHint({ keys }: { readonly keys: string }) {
  return <kbd className={css.key}>{keysText(keys)}</kbd>;
}
