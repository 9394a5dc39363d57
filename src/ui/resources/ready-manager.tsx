// The IO managers that need no class: what each does with values, and who uses it.

import css from './resources-page.module.css';
import { UsedBy } from './used-by.tsx';

export interface ReadyManagerInfo {
  readonly key: string;
  readonly text: string;
}

export const readyManagerInfos: readonly ReadyManagerInfo[] = [
  {
    key: 'browser',
    text: 'Keeps every value in this browser, with its history. Assets that name no IO manager use it, unless the project has one called io_manager. On the command line values are kept in the storage folder.',
  },
  {
    key: 'memory',
    text: 'Keeps a value as long as this tab lives, and writes it nowhere. After a reload the asset says that its value is gone; materialize it again. On the command line a value lives as long as the run.',
  },
];

export function ReadyManager({ info: { key, text } }: { readonly info: ReadyManagerInfo }) {
  return (
    <section className={css.ready} aria-label={`IO manager ${key}`}>
      <h2 className={`hw-mono ${css.key}`}>{key}</h2>
      <p className={css.readyText}>{text}</p>
      {key === 'browser' ? null : <UsedBy resource={key} />}
    </section>
  );
}
