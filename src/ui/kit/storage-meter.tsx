// The room this browser gives to the app and how much of it is used; asks the browser to keep what is stored.

import { Button } from '@mantine/core';
import { useState } from 'react';
import { formatBytes } from './format.ts';
import { useRuns, useServices } from './services.tsx';
import css from './storage-meter.module.css';
import { useStorageEstimate } from './use-storage-estimate.ts';

export function StorageMeter() {
  const { use } = useStorageEstimate();
  if (!use) return <p className={css.text}>Room used: this browser does not say.</p>;
  const share = use.usedBytes / use.quotaBytes;
  const tone = share > 0.9 ? 'bad' : share > 0.7 ? 'warn' : 'fine';
  const percent = share === 0 ? '0' : share < 0.01 ? 'under 1' : String(Math.round(share * 100));
  return (
    <div>
      {/* biome-ignore lint/a11y/useSemanticElements: a <meter> cannot be drawn alike in every browser */}
      <div
        className={css.bar}
        role="meter"
        aria-label="Room used"
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={Math.round(share * 100)}
        aria-valuetext={`${formatBytes(use.usedBytes)} of about ${formatBytes(use.quotaBytes)}`}
      >
        <span data-tone={tone} style={{ width: `max(3px, ${share * 100}%)` }} />
      </div>
      <p className={css.text}>
        {formatBytes(use.usedBytes)} of about {formatBytes(use.quotaBytes)} used ({percent} %). The app itself
        is part of it.
      </p>
    </div>
  );
}

/** Whether the browser has promised to keep what is stored; a request for it, and its answer. */
export function KeepRequest() {
  const { runs } = useServices();
  const storage = useRuns((state) => state.storage);
  const [answer, setAnswer] = useState<'none' | 'asking' | 'refused'>('none');
  if (storage.type !== 'durable') return null;
  if (storage.persisted)
    return <p className={css.text}>The browser has promised to keep everything stored here.</p>;
  const ask = async () => {
    setAnswer('asking');
    const isKept = (await navigator.storage?.persist?.().catch(() => false)) ?? false;
    if (isKept) runs.take({ type: 'storage', state: { type: 'durable', persisted: true } });
    else setAnswer('refused');
  };
  return (
    <>
      <p className={css.text}>When the disk is nearly full, the browser may clear what is stored here.</p>
      {answer === 'refused' ? (
        <p className={css.text} role="status">
          The browser did not promise to keep it. It may after you bookmark or install this page; a backup is
          safe in any case.
        </p>
      ) : (
        <Button size="sm" variant="default" loading={answer === 'asking'} onClick={() => void ask()}>
          Ask the browser to keep it
        </Button>
      )}
    </>
  );
}
