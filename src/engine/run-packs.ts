// The packs of a run: all reports of one message share one buffer, and so one pack, which is written once.

import type { RunId } from '#model/ids.ts';

export function createRunPacks(runId: RunId) {
  let count = 0;
  let bytes: Uint8Array | undefined;
  let isWritten = false;
  const id = () => `${runId}-${count}`;
  return {
    /** The id of the pack that this buffer is or becomes. */
    idOf(buffer: Uint8Array): string {
      if (buffer !== bytes) {
        bytes = buffer;
        count += 1;
        isWritten = false;
      }
      return id();
    },
    /** The latest pack, to be written now; nothing when that was done. */
    toWrite(): readonly { readonly id: string; readonly bytes: Uint8Array }[] {
      if (isWritten || !bytes) return [];
      isWritten = true;
      return [{ id: id(), bytes }];
    },
  };
}
