// What came from outside and is not yet trusted: in this tab's memory only, until it is opened or discarded.

import { createStore, type StoreApi } from 'zustand/vanilla';
import type { ShareBundle } from '#interop/share/bundle-types.ts';
import type { ReadProblem } from '#interop/typescript/read-project.ts';
import type { ProjectDocument } from '#model/document.ts';
import type { ProjectId } from '#model/ids.ts';

export interface Arrival {
  /** How it came, as the end of a sentence: "the file “sales.png”", "a link". */
  readonly from: string;
  readonly document: ProjectDocument;
  /** Its text is the document's, as "Save to file" writes it. */
  readonly content: ShareBundle;
  /** Lower-case hex SHA-256 of the content: what trust is given to. */
  readonly hash: string;
  /** What could not be read, and is not in the document. */
  readonly problems: readonly ReadProblem[];
  /** The project it was pasted into: its assets are added there. It is opened as one of its own when there is none. */
  readonly into?: { readonly projectId: ProjectId; readonly name: string };
  /** The bytes as they came. */
  readonly original: { readonly name: string; readonly bytes: Uint8Array };
}

export interface ArrivalState {
  readonly arrival: Arrival | undefined;
  /** What was looked at and is to be added as soon as its project shows. */
  readonly adding?: Pick<Arrival, 'document' | 'into'> | undefined;
}

export type ArrivalStore = StoreApi<ArrivalState>;

export const createArrivalStore = (): ArrivalStore =>
  createStore<ArrivalState>(() => ({ arrival: undefined }));
