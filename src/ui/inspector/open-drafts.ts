// Editors with text that may not be in the document yet. A launch, an undo and leaving the page ask for it.

import type { DocumentStore } from '#state/document-store.ts';

const flushersByStore = new WeakMap<DocumentStore, Set<() => void>>();

/** Registers an editor; returns what takes it out again. */
export function registerDraft(documents: DocumentStore, flush: () => void): () => void {
  const flushers = flushersByStore.get(documents) ?? new Set();
  flushersByStore.set(documents, flushers);
  flushers.add(flush);
  return () => flushers.delete(flush);
}

/** Puts everything typed so far into the document. */
export function flushDrafts(documents: DocumentStore): void {
  for (const flush of flushersByStore.get(documents) ?? []) flush();
}
