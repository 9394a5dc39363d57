// A file that is about to be added: a look at its first rows, and whether all of it fits what was chosen.

import { useEffect, useState } from 'react';
import type { FileCheck, Progress } from '#interop/data-port.ts';
import type { ReadOptions } from '#interop/decode-data-file.ts';
import type { FileLook } from '#interop/inspect-file.ts';
import type { CsvOptions, DataFormat } from '#model/document.ts';
import { useServices } from '#ui/kit/services.tsx';

export type LookState =
  | { readonly type: 'loading' }
  | { readonly type: 'failed'; readonly detail: string }
  | { readonly type: 'ready'; readonly look: FileLook };

const detailOf = (thrown: unknown): string => (thrown instanceof Error ? thrown.message : String(thrown));

/** Looks again whenever the format or the CSV options change. */
export function useFileLook(file: File, format: DataFormat, csv: CsvOptions | undefined): LookState {
  const { data } = useServices();
  const [found, setFound] = useState<{ readonly of: string; readonly state: LookState }>();
  const asked = `${file.name} ${file.size} ${file.lastModified} ${format} ${JSON.stringify(csv)}`;
  // biome-ignore lint/correctness/useExhaustiveDependencies: `asked` stands for the file and how it is read
  useEffect(() => {
    let wanted = true;
    const tell = (state: LookState) => {
      if (wanted) setFound({ of: asked, state });
    };
    data.inspect(file, format, csv).then(
      (look) =>
        tell(look.ok ? { type: 'ready', look: look.value } : { type: 'failed', detail: look.error.message }),
      (thrown: unknown) => tell({ type: 'failed', detail: detailOf(thrown) }),
    );
    return () => {
      wanted = false;
    };
  }, [data, asked]);
  return found?.of === asked ? found.state : { type: 'loading' };
}

export type CheckState =
  | { readonly type: 'idle' }
  | { readonly type: 'checking'; readonly progress: Progress }
  | { readonly type: 'failed'; readonly detail: string }
  | { readonly type: 'done'; readonly check: FileCheck };

/** Files up to this size are checked without being asked. */
const checkedAtOnce = 32 << 20;
const restMs = 300;

export interface WholeCheck {
  readonly state: CheckState;
  start(): void;
}

/** Reads all of the file as the asset would, off the page, and keeps only the verdict. */
export function useFileCheck(file: File, format: DataFormat, options: ReadOptions | undefined): WholeCheck {
  const { data, clock } = useServices();
  const asked = options ? `${file.name} ${file.size} ${format} ${JSON.stringify(options)}` : undefined;
  const [wanted, setWanted] = useState<string>();
  const [found, setFound] = useState<{ readonly of: string; readonly state: CheckState }>();
  const isDue = asked !== undefined && (file.size <= checkedAtOnce || wanted === asked);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `asked` stands for the file and how it is read
  useEffect(() => {
    if (!isDue || asked === undefined || !options) return;
    const stop = new AbortController();
    const tell = (state: CheckState) => {
      if (!stop.signal.aborted) setFound({ of: asked, state });
    };
    // Typing a name is not a wish to read the file for each letter.
    const cancel = clock.after(restMs, () => {
      tell({ type: 'checking', progress: { done: 0, total: file.size } });
      data
        .check(stop.signal, file, format, { ...options, badRows: 'keep' }, (progress) =>
          tell({ type: 'checking', progress }),
        )
        .then(
          (check) =>
            tell(
              check.ok
                ? { type: 'done', check: check.value }
                : { type: 'failed', detail: check.error.message },
            ),
          (thrown: unknown) => tell({ type: 'failed', detail: detailOf(thrown) }),
        );
    });
    return () => {
      cancel();
      stop.abort();
    };
  }, [data, clock, asked, isDue]);
  return {
    state: found && found.of === asked ? found.state : { type: 'idle' },
    start: () => setWanted(asked),
  };
}
