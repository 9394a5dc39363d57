// What IO managers have stored in a run: read back by later steps of it before the store has it.

import type { RunEvent } from '#model/events.ts';
import { managedPlace } from './asset-index.ts';
import type { RunDeps } from './run-types.ts';

export function createManagedHere(readStored: RunDeps['readManaged']) {
  /** By place; null where something was deleted. */
  const files = new Map<string, Uint8Array | null>();
  return {
    async read(manager: string, path: string): Promise<Uint8Array | undefined> {
      const here = files.get(managedPlace(manager, path));
      return here === undefined ? readStored?.(manager, path) : (here ?? undefined);
    },
    /** `bytes`: the buffer that the places in the events are about. */
    take(events: readonly RunEvent[], bytes: Uint8Array): void {
      for (const { managed } of events)
        for (const file of managed?.files ?? []) {
          const { offset = 0, length = 0 } = file.bytes ?? {};
          files.set(
            managedPlace(managed!.manager, file.path),
            file.bytes ? bytes.slice(offset, offset + length) : null,
          );
        }
    },
  };
}
