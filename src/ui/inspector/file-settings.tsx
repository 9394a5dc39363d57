// What a file asset is read from and how: replace the file, or look at it again and change its schema.

import { Button, Switch } from '@mantine/core';
import { lazy, Suspense, useRef, useState } from 'react';
import type { AssetChange } from '#model/commands/command.ts';
import type { FileAsset } from '#model/document.ts';
import { DataFileInput } from '#ui/import/data-file-drop.tsx';
import { formatBytes, formatPlural } from '#ui/kit/format.ts';
import { noticeFault } from '#ui/kit/notices.ts';
import { useDocument, useServices } from '#ui/kit/services.tsx';
import css from './settings-tab.module.css';

const ImportDialog = lazy(async () => ({
  default: (await import('#ui/import/import-dialog.tsx')).ImportDialog,
}));

interface FileSettingsProps {
  readonly asset: FileAsset;
  onChange(change: AssetChange): void;
}

export function FileSettings({ asset, onChange }: FileSettingsProps) {
  const { workspace } = useServices();
  const projectId = useDocument((state) => state.projectId);
  const entry = useDocument((state) => state.document.files.get(asset.path));
  const input = useRef<HTMLInputElement>(null);
  const [file, setFile] = useState<File>();
  const [problem, setProblem] = useState<string>();

  const openStored = async () => {
    if (!entry || projectId === undefined) return;
    setProblem(undefined);
    try {
      const bytes = await workspace.readFile(projectId, entry);
      if (!bytes.ok) return setProblem(`${bytes.error.message} Replace it by the right one.`);
      const name = asset.path.slice(asset.path.lastIndexOf('/') + 1);
      setFile(new File([new Uint8Array(bytes.value)], name));
    } catch (thrown) {
      noticeFault('The file could not be read', thrown);
    }
  };

  return (
    <section className={css.file} aria-label="File">
      <div className={css.fileName}>
        <span className="hw-mono">{asset.path}</span>
        <span className={css.fileFacts}>
          {entry
            ? `${entry.format.toUpperCase()} · ${formatBytes(entry.bytes)} · ${
                asset.schema ? formatPlural(asset.schema.length, 'column') : 'types are read off the file'
              }`
            : 'The project has no file of this name.'}
        </span>
      </div>
      {problem ? (
        <p className={css.fileProblem} role="alert">
          {problem}
        </p>
      ) : null}
      <div className={css.fileButtons}>
        <Button size="xs" variant="default" disabled={!entry} onClick={() => void openStored()}>
          Edit schema…
        </Button>
        <Button size="xs" variant="default" onClick={() => input.current?.click()}>
          Replace file…
        </Button>
      </div>
      {asset.schema ? (
        <Switch
          size="xs"
          label="Stop at the first row that does not fit"
          checked={asset.badRows === 'stop'}
          onChange={(event) => onChange({ badRows: event.currentTarget.checked ? 'stop' : null })}
        />
      ) : null}
      <DataFileInput input={input} onFiles={([chosen]) => setFile(chosen)} />
      {file ? (
        <Suspense fallback={null}>
          <ImportDialog
            files={[file]}
            target={{ type: 'replace', asset }}
            onClose={() => setFile(undefined)}
          />
        </Suspense>
      ) : null}
    </section>
  );
}
