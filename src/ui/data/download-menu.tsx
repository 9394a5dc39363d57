// A value as a file: written off the page, with progress, and stopped when asked.

import { Button, Loader, Menu } from '@mantine/core';
import { IconChevronDown, IconDownload } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import type { DownloadRequest, Progress } from '#interop/data-port.ts';
import type { TableQuery } from '#interop/table-query.ts';
import { keyName } from '#model/asset-key.ts';
import type { ValueRef } from '#model/events.ts';
import { downloadBlob } from '#ui/kit/download.ts';
import { noticeFault } from '#ui/kit/notices.ts';
import { useDocument, useServices } from '#ui/kit/services.tsx';

interface DownloadMenuProps {
  /** Names the file. */
  readonly assetKey: string;
  readonly value: ValueRef;
  /** What of a table is shown; all of it is offered too. */
  readonly query?: TableQuery | undefined;
}

export function DownloadMenu({ assetKey, value, query }: DownloadMenuProps) {
  const { data } = useServices();
  const projectId = useDocument((state) => state.projectId);
  const [progress, setProgress] = useState<Progress>();
  const stop = useRef<AbortController>(undefined);
  useEffect(() => () => stop.current?.abort(), []);
  const isTable = value.summary.kind === 'table';

  const download = async (request: DownloadRequest) => {
    if (projectId === undefined) return;
    const controller = new AbortController();
    stop.current = controller;
    setProgress({ done: 0, total: value.summary.count ?? 1 });
    try {
      const written = await data.download(controller.signal, { projectId, value }, request, (next) => {
        // Progress comes by a way of its own, and may be later than the end.
        if (stop.current === controller) setProgress(next);
      });
      if (written.ok) downloadBlob(`${keyName(assetKey)}.${request.format}`, written.value);
      else if (written.error.type === 'ValueLost')
        noticeFault('Nothing was downloaded', 'The value is lost: its stored bytes are missing or damaged.');
      else noticeFault('Nothing was downloaded', written.error.message);
    } catch (thrown) {
      if (!controller.signal.aborted) noticeFault('Nothing was downloaded', thrown);
    } finally {
      stop.current = undefined;
      setProgress(undefined);
    }
  };

  if (progress)
    return (
      <Button
        size="compact-xs"
        variant="default"
        leftSection={<Loader size={12} />}
        onClick={() => stop.current?.abort()}
      >
        Stop download ({Math.round((progress.done / Math.max(1, progress.total)) * 100)} %)
      </Button>
    );
  const rows = query ? { query } : {};
  return (
    <Menu position="bottom-end" width={300}>
      <Menu.Target>
        <Button
          size="compact-xs"
          variant="default"
          leftSection={<IconDownload size={14} stroke={1.75} />}
          rightSection={<IconChevronDown size={12} />}
        >
          Download
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {query ? <Menu.Label>The rows that are shown</Menu.Label> : null}
        {isTable ? (
          <>
            <Menu.Item onClick={() => void download({ format: 'csv', guard: true, ...rows })}>
              CSV for spreadsheets
              <Hint>Texts that begin with = + - @ get a leading ’, so that no spreadsheet runs them</Hint>
            </Menu.Item>
            <Menu.Item onClick={() => void download({ format: 'csv', guard: false, ...rows })}>
              CSV, exact
              <Hint>Every text as it is, for other programs</Hint>
            </Menu.Item>
            <Menu.Item onClick={() => void download({ format: 'arrow', guard: false, ...rows })}>
              Arrow
              <Hint>Typed columns, for pandas, Polars, DuckDB</Hint>
            </Menu.Item>
          </>
        ) : null}
        <Menu.Item onClick={() => void download({ format: 'json', guard: false, ...rows })}>JSON</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

const Hint = ({ children }: { readonly children: string }) => (
  <div style={{ color: 'var(--hw-text-3)', fontSize: 12, lineHeight: '16px' }}>{children}</div>
);
