// Opens the command palette (Ctrl+K) and the sheet of shortcuts (?). Both are loaded when first asked for.

import { UnstyledButton } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { lazy, Suspense, useEffect, useRef, useState } from 'react';
import { KeyHint } from '#ui/kit/key-hint.tsx';
import { useServices } from '#ui/kit/services.tsx';
import css from './top-bar.module.css';
import { isTextPlace } from './use-shortcuts.ts';

const loadPalette = () => import('./command-palette.tsx');
const CommandPalette = lazy(async () => ({ default: (await loadPalette()).CommandPalette }));
const ShortcutSheet = lazy(async () => ({ default: (await import('./shortcut-sheet.tsx')).ShortcutSheet }));

/** The page itself comes first. */
const fetchAfterMs = 1500;

export function CommandHost() {
  const { clock } = useServices();
  const [shown, setShown] = useState<'palette' | 'help'>();
  const close = (what: 'palette' | 'help') => setShown((now) => (now === what ? undefined : now));

  useEffect(() => {
    // At hand before it is first asked for: nobody waits for it.
    return clock.after(fetchAfterMs, () => void loadPalette());
  }, [clock]);

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
      <Suspense fallback={<KeySink />}>
        {shown === 'palette' ? (
          <CommandPalette onClose={() => close('palette')} onHelp={() => setShown('help')} />
        ) : null}
        {shown === 'help' ? <ShortcutSheet onClose={() => close('help')} /> : null}
      </Suspense>
    </>
  );
}

/** What is typed while the palette is on its way means nothing to the page beneath. */
function KeySink() {
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => input.current?.focus(), []);
  return <input ref={input} className="hw-hidden" readOnly aria-label="The command palette is opening" />;
}
