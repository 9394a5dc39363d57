// Foreign throws of IndexedDB, Dexie and the private file system, turned into StoreErrors once.

import type { StoreError } from '#engine/ports.ts';

/** A full disk hides behind several errors: look through whatever wraps it. */
export function thrownToStoreError(thrown: unknown): StoreError {
  const chain = [...causes(thrown)];
  const full = chain.find(({ name }) => name === 'QuotaExceededError');
  if (full) return { type: 'QuotaExceeded', detail: full.message };
  const first = chain[0];
  return { type: 'StoreFailed', detail: first ? `${first.name}: ${first.message}` : String(thrown) };
}

interface Named {
  readonly name: string;
  readonly message: string;
}

function* causes(thrown: unknown, depth = 0): Iterable<Named> {
  if (typeof thrown !== 'object' || thrown === null || depth > 8) return;
  const { name, message, inner, cause, failures, error } = thrown as Record<string, unknown>;
  if (typeof name === 'string') yield { name, message: String(message ?? '') };
  for (const nested of [inner, cause, error]) yield* causes(nested, depth + 1);
  if (Array.isArray(failures)) {
    for (const failure of failures.slice(0, 8)) yield* causes(failure, depth + 1);
  }
}
