// How safe the work is, and how much room it takes.

import { Button, Popover } from '@mantine/core';
import { IconAlertTriangle, IconDatabaseOff, IconDeviceLaptop } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import type { StorageState } from '#engine/workspace-port.ts';
import { formatBytes } from '#ui/kit/format.ts';
import { messageOf } from '#ui/kit/messages.ts';
import { useRuns, useServices } from '#ui/kit/services.tsx';
import css from './top-bar.module.css';

export function StorageChip() {
  const storage = useRuns((state) => state.storage);
  return (
    <Popover width={320} position="bottom-end" trapFocus returnFocus>
      <Popover.Target>
        <button
          type="button"
          className={css.chip}
          data-tone={toneOf(storage)}
          title="Where your work is kept"
        >
          <Face storage={storage} />
        </button>
      </Popover.Target>
      <Popover.Dropdown className={css.popover} aria-label="Where your work is kept">
        <Explanation storage={storage} />
      </Popover.Dropdown>
    </Popover>
  );
}

const toneOf = (storage: StorageState) =>
  storage.type === 'memory' ? 'warn' : storage.type === 'failing' ? 'bad' : undefined;

function Face({ storage }: { readonly storage: StorageState }) {
  if (storage.type === 'memory')
    return (
      <>
        <IconDatabaseOff size={16} stroke={1.5} aria-hidden />
        Memory only
      </>
    );
  if (storage.type === 'failing')
    return (
      <>
        <IconAlertTriangle size={16} stroke={1.5} aria-hidden />
        Storage fails
      </>
    );
  return (
    <>
      <IconDeviceLaptop size={16} stroke={1.5} aria-hidden />
      <span className={css.chipText}>On this device</span>
      <span className="hw-hidden">Where your work is kept</span>
    </>
  );
}

function Explanation({ storage }: { readonly storage: StorageState }) {
  if (storage.type === 'memory')
    return (
      <>
        <h2>Nothing outlives this tab</h2>
        <p>{storage.reason}</p>
        <p>Save the project to a file before you close the tab.</p>
      </>
    );
  if (storage.type === 'failing') {
    const { title, next } = messageOf(storage.error);
    return (
      <>
        <h2>{title}</h2>
        <p>{next}</p>
        <Usage />
      </>
    );
  }
  return (
    <>
      <h2>Your work is only on this device</h2>
      <p>
        Projects, runs and values are kept in this browser and sent nowhere. A backup is the way to another
        browser.
      </p>
      <Usage />
      {storage.persisted ? <p>The browser has promised to keep them.</p> : <AskToKeep />}
    </>
  );
}

function Usage() {
  const [estimate, setEstimate] = useState<StorageEstimate>();
  useEffect(() => {
    navigator.storage?.estimate?.().then(setEstimate, () => setEstimate(undefined));
  }, []);
  if (estimate?.usage === undefined || estimate.quota === undefined) return <p>Room used: unknown</p>;
  return (
    <p>
      Room used: {formatBytes(estimate.usage)} of about {formatBytes(estimate.quota)}
    </p>
  );
}

function AskToKeep() {
  const { runs } = useServices();
  const [answer, setAnswer] = useState<'none' | 'refused'>('none');
  const ask = async () => {
    const isKept = (await navigator.storage?.persist?.().catch(() => false)) ?? false;
    if (isKept) runs.take({ type: 'storage', state: { type: 'durable', persisted: true } });
    else setAnswer('refused');
  };
  return (
    <>
      <p>When the disk is nearly full, the browser may clear them.</p>
      {answer === 'none' ? (
        <Button size="sm" variant="default" onClick={() => void ask()}>
          Ask the browser to keep them
        </Button>
      ) : (
        <p>The browser did not promise it. It may after you bookmark or install this page.</p>
      )}
    </>
  );
}
