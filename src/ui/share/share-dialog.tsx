// Sharing the open project without a server: what goes along, what is inside, and every way for it to travel.

import { Checkbox, Modal, NumberInput, SegmentedControl } from '@mantine/core';
import { IconAlertTriangle, IconCheck } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { type FoundKey, findKeys } from '#interop/share/find-keys.ts';
import { trustOwn } from '#ui/arrivals/open-arrival.ts';
import { formatBytes, formatPlural } from '#ui/kit/format.ts';
import { LoadingState } from '#ui/kit/panel-state.tsx';
import { useServices } from '#ui/kit/services.tsx';
import warningCss from '#ui/kit/warning.module.css';
import { type ShareChoice, type ShareSource, storedBytes } from './gather-bundle.ts';
import { insideWords } from './inside-words.ts';
import css from './share-dialog.module.css';
import { LinkWay, OtherWays, PictureWay } from './share-ways.tsx';
import { type PackedShare, type Sharing, useShare, useShareSource } from './use-share.ts';

export function ShareDialog({ onClose }: { readonly onClose: () => void }) {
  const source = useShareSource();
  if (!source) return null;
  const name = source.document.info.name;
  return (
    <Modal
      opened
      onClose={onClose}
      title={`Share “${name === '' ? 'Untitled project' : name}”`}
      size={880}
      styles={{ title: { fontSize: 16, fontWeight: 600 } }}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <ShareForm source={source} />
    </Modal>
  );
}

const definitionsOnly: ShareChoice = { values: 'none', rows: 20, results: false };

function ShareForm({ source }: { readonly source: ShareSource }) {
  const [choice, setChoice] = useState(definitionsOnly);
  const sharing = useShare(source, choice);
  const keys = useMemo(() => findKeys(source.document), [source]);
  return (
    <div className={css.form}>
      <div className={css.side}>
        <Choice source={source} choice={choice} onChange={setChoice} />
        {keys.length > 0 ? <KeyWarning keys={keys} /> : null}
        {sharing.shared?.type === 'ready' ? (
          <Inside source={source} share={sharing.shared.share} isBusy={sharing.isBusy} />
        ) : null}
      </div>
      <fieldset
        className={css.ways}
        disabled={sharing.isBusy}
        aria-busy={sharing.isBusy}
        aria-label="Ways to share"
      >
        <Ways source={source} sharing={sharing} />
      </fieldset>
    </div>
  );
}

function Ways({
  source,
  sharing: { shared, choice },
}: {
  readonly source: ShareSource;
  readonly sharing: Sharing;
}) {
  const { preferences, clock } = useServices();
  switch (shared?.type) {
    case undefined:
      return <LoadingState label="Packing the project" />;
    case 'too-large':
      return (
        <p className={css.refusal} role="alert">
          This is too much to share: {formatBytes(shared.bytes)}; {formatBytes(shared.most)} can go along.
          Take less of the values along, or send the project file or a backup.
        </p>
      );
    case 'failed':
      return (
        <p className={css.refusal} role="alert">
          The project could not be packed: {shared.detail}
        </p>
      );
    case 'ready': {
      const { packed, bundle } = shared.share;
      // Coming back it needs no question: it is this browser's own.
      const onHandedOut = () => void trustOwn({ preferences, clock }, source.document.info.name, bundle);
      const way = { source, packed, withResults: choice.results, onHandedOut };
      return (
        <>
          <LinkWay {...way} />
          <PictureWay {...way} />
          <OtherWays {...way} />
        </>
      );
    }
  }
}

interface ChoiceProps {
  readonly source: ShareSource;
  readonly choice: ShareChoice;
  onChange(choice: ShareChoice): void;
}

function Choice({ source: { states }, choice, onChange }: ChoiceProps) {
  const stored = useMemo(() => storedBytes(states), [states]);
  const hasResults = useMemo(() => [...states.values()].some(({ latest }) => latest !== undefined), [states]);
  return (
    <fieldset className={css.choice}>
      <legend className={css.heading}>What goes along</legend>
      <Checkbox
        label="Definitions"
        description="Assets with their code and settings, notes, data files"
        checked
        readOnly
        disabled
      />
      <div className={css.values}>
        <span className={css.label} id="share-values">
          Values
        </span>
        <SegmentedControl
          aria-labelledby="share-values"
          fullWidth
          value={choice.values}
          data={[
            { value: 'none', label: 'None' },
            { value: 'sample', label: 'First rows', disabled: stored === 0 },
            {
              value: 'all',
              label: stored === 0 ? 'All' : `All, ${formatBytes(stored)}`,
              disabled: stored === 0,
            },
          ]}
          onChange={(values) => onChange({ ...choice, values: values as ShareChoice['values'] })}
        />
        {choice.values === 'sample' ? (
          <NumberInput
            aria-label="Rows of each table"
            suffix={choice.rows === 1 ? ' row of each table' : ' rows of each table'}
            min={1}
            max={1000}
            clampBehavior="strict"
            allowDecimal={false}
            value={choice.rows}
            onChange={(rows) => {
              if (typeof rows === 'number') onChange({ ...choice, rows });
            }}
          />
        ) : null}
      </div>
      <Checkbox
        label="Results"
        description={
          hasResults
            ? 'When each asset was made, how large it is, its metadata'
            : 'There are none yet: materialize the assets first'
        }
        checked={choice.results}
        disabled={!hasResults}
        onChange={(event) => onChange({ ...choice, results: event.currentTarget.checked })}
      />
    </fieldset>
  );
}

interface InsideProps {
  readonly source: ShareSource;
  readonly share: PackedShare;
  readonly isBusy: boolean;
}

function Inside({ source, share, isBusy }: InsideProps) {
  const { inside, outside } = insideWords(source.document, share.bundle);
  return (
    <section className={css.insideBox} aria-label="What is inside" aria-busy={isBusy}>
      <h3 className={css.heading}>What is inside</h3>
      <ul className={css.inside}>
        {inside.map((words) => (
          <li key={words}>
            <IconCheck size={14} stroke={1.75} aria-hidden />
            <span>{words}</span>
          </li>
        ))}
      </ul>
      <p className={css.hint}>Not inside: {outside.join(', ')}.</p>
      {share.leftOut.length > 0 ? (
        <p className={css.hint}>
          {formatPlural(share.leftOut.length, 'value')} stay here, too large for a sample or lost:{' '}
          {share.leftOut.slice(0, 3).join(', ')}
          {share.leftOut.length > 3 ? ' …' : ''}
        </p>
      ) : null}
      <p className={css.hint}>{formatBytes(share.packed.length)} when packed.</p>
    </section>
  );
}

const mostKeys = 4;

function KeyWarning({ keys }: { readonly keys: readonly FoundKey[] }) {
  return (
    <section className={warningCss.warning} aria-label="Possible keys" role="alert">
      <IconAlertTriangle size={16} stroke={1.75} aria-hidden />
      <div>
        This looks as if keys or passwords were in it. Everybody who gets it can read them: put them into
        environment values instead.
        <ul>
          {keys.slice(0, mostKeys).map(({ kind, name, what, line }) => (
            <li key={`${kind} ${name} ${what}`}>
              {what} in the {kind} “{name}”{line === undefined ? '' : `, line ${line}`}
            </li>
          ))}
          {keys.length > mostKeys ? <li>and {keys.length - mostKeys} more</li> : null}
        </ul>
      </div>
    </section>
  );
}
