// "?": every key, by what it is for.

import { Modal } from '@mantine/core';
import { KeyHint } from '#ui/kit/key-hint.tsx';
import { shortcutSections, shortcuts } from '#ui/kit/shortcuts.ts';
import css from './shortcut-sheet.module.css';

export function ShortcutSheet({ onClose }: { readonly onClose: () => void }) {
  return (
    <Modal
      opened
      onClose={onClose}
      title="Keyboard shortcuts"
      size={760}
      styles={{ title: { fontSize: 16, fontWeight: 600 } }}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <div className={css.sheet}>
        {shortcutSections.map(({ title, names }) => (
          <section key={title} aria-label={title}>
            <h3 className={css.title}>{title}</h3>
            <dl className={css.list}>
              {names.map((name) => (
                <div key={name} className={css.row}>
                  <dt>{shortcuts[name].does}</dt>
                  <dd className={css.keys}>
                    {shortcuts[name].keys.split(' / ').map((keys) => (
                      <KeyHint key={keys} keys={keys} />
                    ))}
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Modal>
  );
}
