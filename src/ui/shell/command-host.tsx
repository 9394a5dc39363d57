// Opens the command palette (Ctrl+K) and the sheet of shortcuts (?). Both are loaded when first asked for.

import { UnstyledButton } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { lazy, Suspense, useEffect, useState } from 'react';
import { KeyHint } from '#ui/kit/key-hint.tsx';
import css from './top-bar.module.css';
import { isTextPlace } from './use-shortcuts.ts';

const CommandPalette = lazy(async () => ({
  default: (await import('./command-palette.tsx')).CommandPalette,
}));
const ShortcutSheet = lazy(async () => ({ default: (await import('./shortcut-sheet.tsx')).ShortcutSheet }));

export function CommandHost() {
  const [shown, setShown] = useState<'palette' | 'help'>();
  const close = (what: 'palette' | 'help') => setShown((now) => (now === what ? undefined : now));

  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.altKey) return;
      const hasModifier = event.ctrlKey || event.metaKey;
      if (hasModifier && !event.shiftKey && event.key.toLowerCase() === 'k') {
        // In the editor Ctrl+K begins keys of its own.
        if (event.target instanceof Element && event.target.closest('.monaco-editor')) return;
        event.preventDefault();
        setShown('palette');
      } else if (!hasModifier && event.key === '?' && !isTextPlace(event.target)) {
        event.preventDefault();
        setShown('help');
      }
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, []);

  return (
    <>
      <UnstyledButton className={css.find} aria-label="Command palette" onClick={() => setShown('palette')}>
        <IconSearch size={14} stroke={1.75} aria-hidden />
        <span className={css.findText}>Search or run</span>
        <KeyHint keys="Mod+K" />
      </UnstyledButton>
      <Suspense>
        {shown === 'palette' ? (
          <CommandPalette onClose={() => close('palette')} onHelp={() => setShown('help')} />
        ) : null}
        {shown === 'help' ? <ShortcutSheet onClose={() => close('help')} /> : null}
      </Suspense>
    </>
  );
}
