// How safe the work is, and how much room it takes.

import { Popover } from '@mantine/core';
import { IconAlertTriangle, IconDatabaseOff, IconDeviceLaptop } from '@tabler/icons-react';
import type { StorageState } from '#engine/workspace-port.ts';
import { messageOf } from '#ui/kit/messages.ts';
import { useRuns } from '#ui/kit/services.tsx';
import { KeepRequest, StorageMeter } from '#ui/kit/storage-meter.tsx';
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
  storage.type === 'memory' ? 'warn' : storage.type === 'failing' ? 'bad' : 'quiet';

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
        <StorageMeter />
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
      <StorageMeter />
      <KeepRequest />
    </>
  );
}
