// Data files that are dropped on the canvas become assets where they were dropped; a button does the same from
// the keyboard. What is no data file is left to the page.

import { Button, Tooltip } from '@mantine/core';
import { IconFileImport, IconFilePlus } from '@tabler/icons-react';
import { lazy, type RefObject, Suspense, useEffect, useRef, useState } from 'react';
import { formatOfFile } from '#interop/data-format.ts';
import type { Point } from '#model/document.ts';
import css from './import-dialog.module.css';

const ImportDialog = lazy(async () => ({ default: (await import('./import-dialog.tsx')).ImportDialog }));

const isDataFile = (file: File): boolean => formatOfFile(file.name) !== undefined;
const hasFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') ?? false;

interface Wish {
  readonly files: readonly File[];
  readonly position: Point;
}

interface DataFileDropProps {
  /** Where files may be dropped. */
  readonly frame: RefObject<HTMLElement | null>;
  /** From the window's pixels to the canvas's. */
  toCanvas(point: Point): Point;
}

export function DataFileDrop({ frame, toCanvas }: DataFileDropProps) {
  const [isOver, setIsOver] = useState(false);
  const [wish, setWish] = useState<Wish>();
  const place = useRef(toCanvas);
  useEffect(() => {
    place.current = toCanvas;
  });

  useEffect(() => {
    const element = frame.current;
    if (!element) return;
    const onDragOver = (event: DragEvent) => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      setIsOver(true);
    };
    const onDragLeave = (event: DragEvent) => {
      if (!(event.relatedTarget instanceof Node) || !element.contains(event.relatedTarget)) setIsOver(false);
    };
    const onDrop = (event: DragEvent) => {
      setIsOver(false);
      const files = [...(event.dataTransfer?.files ?? [])].filter(isDataFile);
      if (files.length === 0) return;
      event.preventDefault();
      setWish({ files, position: place.current({ x: event.clientX, y: event.clientY }) });
    };
    element.addEventListener('dragover', onDragOver);
    element.addEventListener('dragleave', onDragLeave);
    element.addEventListener('drop', onDrop);
    return () => {
      element.removeEventListener('dragover', onDragOver);
      element.removeEventListener('dragleave', onDragLeave);
      element.removeEventListener('drop', onDrop);
    };
  }, [frame]);

  return (
    <>
      {isOver ? (
        <div className={css.cover} aria-hidden>
          <div className={css.card}>
            <IconFileImport size={28} stroke={1.5} />
            Drop data files to add them here: CSV, TSV, JSON, NDJSON, Parquet, Arrow
          </div>
        </div>
      ) : null}
      <Dialog wish={wish} onClose={() => setWish(undefined)} />
    </>
  );
}

/** `position` is asked when files have been chosen. */
export interface AddDataFileButtonProps {
  readonly className?: string;
  position(): Point;
}

export function AddDataFileButton({ position, className }: AddDataFileButtonProps) {
  const input = useRef<HTMLInputElement>(null);
  const [wish, setWish] = useState<Wish>();
  return (
    <>
      <Tooltip label="Add a CSV, TSV, JSON, NDJSON, Parquet or Arrow file, or drop it on the canvas">
        <Button
          {...(className === undefined ? {} : { className })}
          variant="default"
          leftSection={<IconFilePlus size={14} />}
          onClick={() => input.current?.click()}
        >
          Add data file
        </Button>
      </Tooltip>
      <DataFileInput input={input} isMany onFiles={(files) => setWish({ files, position: position() })} />
      <Dialog wish={wish} onClose={() => setWish(undefined)} />
    </>
  );
}

interface DataFileInputProps {
  readonly input: RefObject<HTMLInputElement | null>;
  readonly isMany?: boolean;
  onFiles(files: readonly File[]): void;
}

/** The browser's file chooser, opened by `input.current.click()`. */
export function DataFileInput({ input, isMany = false, onFiles }: DataFileInputProps) {
  return (
    <input
      ref={input}
      type="file"
      hidden
      multiple={isMany}
      accept=".csv,.tsv,.tab,.json,.ndjson,.jsonl,.parquet,.arrow,.arrows,.feather,.ipc,.txt"
      onChange={(event) => {
        const files = [...(event.currentTarget.files ?? [])];
        // The same file can be chosen again.
        event.currentTarget.value = '';
        if (files.length > 0) onFiles(files);
      }}
    />
  );
}

function Dialog({ wish, onClose }: { readonly wish: Wish | undefined; onClose(): void }) {
  if (!wish) return null;
  return (
    <Suspense fallback={null}>
      <ImportDialog files={wish.files} target={{ type: 'new', position: wish.position }} onClose={onClose} />
    </Suspense>
  );
}
