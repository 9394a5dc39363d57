// Reads one part of a project that is looked at: its code in colours and its settings, to be read and copied. A list
// finds every part by name, so that nothing can be reached by the canvas alone.

import { ActionIcon, Button, SegmentedControl, Select } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import type { DocumentPart, PartKind } from '#interop/arrivals/document-parts.ts';
import { CodeView } from '#ui/code/code-view.tsx';
import { formatPlural } from '#ui/kit/format.ts';
import { ScrollRegion } from '#ui/kit/scroll-region.tsx';
import { SharedFacts, type SharedFactsProps } from '#ui/share/shared-facts.tsx';
import css from './part-reader.module.css';

interface PartPickerProps {
  readonly parts: readonly DocumentPart[];
  readonly part: DocumentPart | undefined;
  onPart(id: string): void;
}

const kinds: Readonly<Record<PartKind, string>> = {
  asset: 'Assets',
  'multi-asset': 'Multi-assets',
  op: 'Ops',
  check: 'Checks',
  resource: 'Resources',
  'IO manager': 'IO managers',
  module: 'Shared modules',
};

export function PartPicker({ parts, part, onPart }: PartPickerProps) {
  const data = useMemo(
    () =>
      Object.entries(kinds)
        .map(([kind, group]) => ({
          group,
          items: parts
            .filter((one) => one.kind === kind)
            .map(({ id, name }) => ({ value: id, label: shortened(name, maxName) })),
        }))
        .filter(({ items }) => items.length > 0),
    [parts],
  );
  return (
    <Select
      className={css.picker}
      size="sm"
      aria-label="Part to read"
      placeholder={`Read any of ${formatPlural(parts.length, 'part')}`}
      nothingFoundMessage="Nothing has this name"
      searchable
      limit={100}
      value={part?.id ?? null}
      data={data}
      onChange={(id) => {
        if (id !== null) onPart(id);
      }}
    />
  );
}

interface PartReaderProps {
  readonly part: DocumentPart;
  readonly parts: readonly DocumentPart[];
  /** What came along about an asset. */
  readonly facts?: SharedFactsProps;
  onPart(id: string): void;
  onClose(): void;
}

export function PartReader({ part, parts, facts, onPart, onClose }: PartReaderProps) {
  const { code } = part;
  const hasFacts = facts?.value !== undefined || facts?.result !== undefined;
  const [view, setView] = useState('code');
  const showsFacts = hasFacts && view === 'facts';
  const shown = useMemo(() => (code === undefined ? undefined : readable(code)), [code]);
  return (
    <section className={css.reader} aria-label={`Read ${shortened(part.name, maxName)}`}>
      <header className={css.head}>
        <h2 className={css.name} title={shortened(part.name, 1_000)}>
          {shortened(part.name, maxName)}
        </h2>
        <span className={css.kind}>{part.kind}</span>
        {hasFacts ? (
          <SegmentedControl
            size="xs"
            aria-label="What to read"
            value={view}
            onChange={setView}
            data={[
              { value: 'code', label: 'Code' },
              { value: 'facts', label: 'What came along' },
            ]}
          />
        ) : null}
        <ActionIcon size="md" aria-label="Close" title="Close" onClick={onClose}>
          <IconX size={16} stroke={1.5} />
        </ActionIcon>
      </header>
      <div className={css.body}>
        <div className={css.code}>
          {showsFacts ? (
            <ScrollRegion className={css.facts} label="What came along">
              <SharedFacts {...facts} />
            </ScrollRegion>
          ) : shown === undefined ? (
            <NoCode part={part} parts={parts} onPart={onPart} />
          ) : (
            <CodeView text={shown} label={`Code of ${shortened(part.name, maxName)}`} />
          )}
        </div>
        {part.settings.length > 0 ? (
          <dl className={css.settings} aria-label="Settings" tabIndex={0}>
            {part.settings.map(([name, text]) => (
              <div key={name} className={css.setting}>
                <dt>{name}</dt>
                <dd>{shortened(text, maxSetting)}</dd>
              </div>
            ))}
          </dl>
        ) : null}
      </div>
    </section>
  );
}

const shownMakers = 50;

function NoCode({ part, parts, onPart }: Pick<PartReaderProps, 'part' | 'parts' | 'onPart'>) {
  const ids = new Set(part.madeBy?.slice(0, shownMakers));
  if (ids.size === 0) return <p className={css.none}>It has no code of its own.</p>;
  return (
    <div className={css.none}>
      <p>It is made in steps:</p>
      <ul className={css.makers}>
        {parts
          .filter(({ id }) => ids.has(id))
          .map(({ id, name }) => (
            <li key={id}>
              <Button size="compact-sm" variant="default" onClick={() => onPart(id)}>
                {shortened(name, maxName)}
              </Button>
            </li>
          ))}
      </ul>
    </div>
  );
}

const maxName = 120;
const maxSetting = 4_000;
const maxCode = 200_000;
const maxLines = 5_000;

export const shortened = (text: string, most: number): string =>
  text.length <= most ? text : `${text.slice(0, most)}…`;

/** A text of any length would hold the page: what is left out is said. */
function readable(code: string): string {
  const lines = code.slice(0, maxCode).split('\n');
  if (code.length <= maxCode && lines.length <= maxLines) return code;
  const shown = lines.slice(0, maxLines).join('\n');
  return `${shown}\n\n// … and ${formatPlural(code.length - shown.length, 'more character')}: download the file to read all of it.\n`;
}
