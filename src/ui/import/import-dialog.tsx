// A data file before it becomes an asset: its first rows, how it is written, which columns it has. Nothing is
// in the project until the button is pressed.

import { Button, Checkbox, Group, Modal, NativeSelect, Progress, TextInput } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { formatOfFile } from '#interop/data-format.ts';
import type { ReadOptions } from '#interop/decode-data-file.ts';
import { assetKeyProblem } from '#model/asset-key.ts';
import type { ColumnSchema, CsvOptions, DataFormat, FileAsset, Point } from '#model/document.ts';
import { formatBytes } from '#ui/kit/format.ts';
import { messageText } from '#ui/kit/messages.ts';
import { ErrorState, LoadingState } from '#ui/kit/panel-state.tsx';
import { useDocument, useServices } from '#ui/kit/services.tsx';
import { CheckLine } from './check-line.tsx';
import { CsvFields } from './csv-fields.tsx';
import { addFileAsset, keyForFile, replaceFile, takeFile } from './import-actions.ts';
import css from './import-dialog.module.css';
import { SchemaEditor, schemaProblem } from './schema-editor.tsx';
import { useFileCheck, useFileLook } from './use-file-look.ts';

export type ImportTarget =
  | { readonly type: 'new'; readonly position: Point }
  | { readonly type: 'replace'; readonly asset: FileAsset };

interface ImportDialogProps {
  readonly files: readonly File[];
  readonly target: ImportTarget;
  onClose(): void;
}

const stepBetweenFiles = 104;

/** One file after another; each is its own asset and its own undo step. */
export function ImportDialog({ files, target, onClose }: ImportDialogProps) {
  const [index, setIndex] = useState(0);
  const file = files[index];
  if (!file) return null;
  const next = () => (index + 1 < files.length ? setIndex(index + 1) : onClose());
  const place: ImportTarget =
    target.type === 'new'
      ? { type: 'new', position: { x: target.position.x, y: target.position.y + index * stepBetweenFiles } }
      : target;
  return (
    <FileDialog
      key={index}
      file={file}
      target={place}
      counter={files.length > 1 ? ` (${index + 1} of ${files.length})` : ''}
      onDone={next}
      onClose={onClose}
    />
  );
}

interface FileDialogProps {
  readonly file: File;
  readonly target: ImportTarget;
  readonly counter: string;
  onDone(): void;
  onClose(): void;
}

const formats: readonly { readonly value: DataFormat; readonly label: string }[] = [
  { value: 'csv', label: 'CSV' },
  { value: 'tsv', label: 'TSV' },
  { value: 'json', label: 'JSON' },
  { value: 'ndjson', label: 'NDJSON' },
  { value: 'parquet', label: 'Parquet' },
  { value: 'arrow', label: 'Arrow' },
];

function FileDialog({ file, target, counter, onDone, onClose }: FileDialogProps) {
  const services = useServices();
  const document = useDocument((state) => state.document);
  const replaced = target.type === 'replace' ? target.asset : undefined;
  const [format, setFormat] = useState<DataFormat>(() => formatOfFile(file.name) ?? 'csv');
  const isText = format === 'csv' || format === 'tsv';
  const [csv, setCsv] = useState<CsvOptions | undefined>(isText ? replaced?.csv : undefined);
  const [edited, setEdited] = useState<{ readonly of: string; readonly schema: readonly ColumnSchema[] }>();
  const [badRows, setBadRows] = useState<FileAsset['badRows']>(replaced?.badRows);
  const [name, setName] = useState(() => replaced?.key ?? keyForFile(document, file.name));
  const found = useFileLook(file, format, isText ? csv : undefined);
  const look = found.type === 'ready' ? found.look : undefined;

  // Edits of the schema belong to the columns they were made on: another delimiter makes others.
  const columnsOf = look ? `${format} ${look.names.join('\u0000')}` : '';
  const inferred = look?.schema && keptSchema(look.names, look.schema, replaced?.schema);
  const schema = edited?.of === columnsOf ? edited.schema : inferred;
  const options: ReadOptions | undefined = look && {
    ...(schema ? { schema } : {}),
    ...(look.csv ? { csv: look.csv } : {}),
    ...(badRows ? { badRows } : {}),
  };
  const check = useFileCheck(
    file,
    format,
    schema && schemaProblem(schema) === undefined ? options : undefined,
  );

  const importing = useImport();
  const isTaken = [...document.assets.values()].some((asset) => asset.key === name && asset !== replaced);
  const nameProblem = replaced
    ? undefined
    : (assetKeyProblem(name) ?? (isTaken ? 'Another asset has this name.' : undefined));
  const problem = schemaProblem(schema);
  const canGo = look !== undefined && nameProblem === undefined && problem === undefined;

  const submit = () => {
    if (!options) return;
    void importing.start(async (signal, onProgress) => {
      const taken = await takeFile(services, signal, file, onProgress);
      if (!taken.ok) {
        if (taken.error.type !== 'Canceled') throw new Error(messageText(taken.error));
        return;
      }
      const made = { file, format, options };
      const isDone =
        target.type === 'new'
          ? addFileAsset(services, made, taken.value, name, target.position)
          : replaceFile(services, target.asset.id, made, taken.value);
      if (isDone) onDone();
    });
  };

  return (
    <Modal
      opened
      onClose={() => (importing.isBusy ? importing.cancel() : onClose())}
      closeOnClickOutside={!importing.isBusy}
      title={replaced ? `Replace the file of ${replaced.key}` : `Add data file${counter}`}
      size="min(1040px, 94vw)"
      styles={{ title: { fontSize: 16, fontWeight: 600 } }}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <form
        className={css.form}
        onSubmit={(event) => {
          event.preventDefault();
          if (canGo && !importing.isBusy) submit();
        }}
      >
        <div className={css.fields}>
          <TextInput
            label="Name of the asset"
            value={name}
            disabled={replaced !== undefined}
            error={nameProblem}
            onChange={(event) => setName(event.currentTarget.value)}
            classNames={{ input: 'hw-mono' }}
            data-autofocus
          />
          <NativeSelect
            label="Format"
            value={format}
            data={[...formats]}
            onChange={(event) => {
              setFormat(event.currentTarget.value as DataFormat);
              setCsv(undefined);
            }}
          />
          {isText ? <CsvFields csv={csv ?? look?.csv ?? {}} onChange={setCsv} /> : null}
        </div>
        <p className={css.quiet}>
          {file.name} · {formatBytes(file.size)}
          {schema ? ' · names and types can be changed below' : ''}
        </p>
        <div className={css.look}>
          {found.type === 'loading' ? <LoadingState label="Reading the first rows" /> : null}
          {found.type === 'failed' ? (
            <ErrorState title="This file cannot be read so">{found.detail}</ErrorState>
          ) : null}
          {look && schema ? (
            <SchemaEditor
              look={look}
              schema={schema}
              isText={isText}
              onChange={(next) => setEdited({ of: columnsOf, schema: next })}
            />
          ) : null}
          {look && !schema ? (
            <p className={css.quiet}>
              The file holds one value rather than rows. It is kept as it is, and shown as a tree.
            </p>
          ) : null}
        </div>
        {problem ? (
          <p className={css.problem} role="alert">
            {problem}
          </p>
        ) : null}
        {schema && !problem ? <CheckLine check={check} size={file.size} /> : null}
        {schema ? (
          <Checkbox
            label="Stop at the first row that does not fit"
            description="Otherwise such rows are set aside and reported, and the rest is kept"
            checked={badRows === 'stop'}
            onChange={(event) => setBadRows(event.currentTarget.checked ? 'stop' : undefined)}
          />
        ) : null}
        {importing.problem ? (
          <p className={css.problem} role="alert">
            {importing.problem}
          </p>
        ) : null}
        <Group justify="flex-end" gap="xs" wrap="nowrap">
          {importing.isBusy ? (
            <div className={css.progress}>
              <Progress
                value={(importing.bytes / Math.max(1, file.size)) * 100}
                aria-label="Copied into the project"
              />
              <span>
                {formatBytes(importing.bytes)} of {formatBytes(file.size)}
              </span>
            </div>
          ) : null}
          <Button variant="default" onClick={() => (importing.isBusy ? importing.cancel() : onClose())}>
            Cancel
          </Button>
          <Button type="submit" disabled={!canGo || importing.isBusy}>
            {replaced ? 'Replace file' : 'Add asset'}
          </Button>
        </Group>
      </form>
    </Modal>
  );
}

/** What is known of columns that the file had before holds for the new one. */
function keptSchema(
  names: readonly string[],
  inferred: readonly ColumnSchema[],
  before: readonly ColumnSchema[] | undefined,
): readonly ColumnSchema[] {
  if (!before) return inferred;
  return inferred.map((column, i) => before.find((old) => (old.source ?? old.name) === names[i]) ?? column);
}

function useImport() {
  const [state, setState] = useState<{
    readonly isBusy: boolean;
    readonly bytes: number;
    readonly problem?: string;
  }>({
    isBusy: false,
    bytes: 0,
  });
  const stop = useRef<AbortController>(undefined);
  useEffect(() => () => stop.current?.abort(), []);
  return {
    ...state,
    async start(work: (signal: AbortSignal, onProgress: (bytes: number) => void) => Promise<void>) {
      const controller = new AbortController();
      stop.current = controller;
      setState({ isBusy: true, bytes: 0 });
      try {
        await work(controller.signal, (bytes) => setState({ isBusy: true, bytes }));
        setState({ isBusy: false, bytes: 0 });
      } catch (thrown) {
        setState({
          isBusy: false,
          bytes: 0,
          problem: thrown instanceof Error ? thrown.message : String(thrown),
        });
      }
    },
    cancel: () => stop.current?.abort(),
  };
}
