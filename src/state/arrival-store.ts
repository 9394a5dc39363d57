// What came from outside and is not yet trusted: in this tab's memory only, until it is opened or discarded.

import { createStore, type StoreApi } from 'zustand/vanilla';
import type { ReadProblem } from '#interop/typescript/read-project.ts';
import type { ProjectDocument } from '#model/document.ts';

export interface Arrival {
  /** How it came, as the end of a sentence: "the file “sales.png”", "a link". */
  readonly from: string;
  readonly document: ProjectDocument;
  readonly content: ArrivedContent;
  /** Lower-case hex SHA-256 of the content: what trust is given to. */
  readonly hash: string;
  /** What could not be read, and is not in the document. */
  readonly problems: readonly ReadProblem[];
  /** The bytes as they came. */
  readonly original: { readonly name: string; readonly bytes: Uint8Array };
}

export interface ArrivedContent {
  /** The document as "Save to file" writes it. */
  readonly documentText: string;
  /** Data files that are too large to stand in the text. */
  readonly files?: readonly { readonly path: string; readonly bytes: Uint8Array }[];
}

export interface ArrivalState {
  readonly arrival: Arrival | undefined;
}

export type ArrivalStore = StoreApi<ArrivalState>;

export const createArrivalStore = (): ArrivalStore =>
  createStore<ArrivalState>(() => ({ arrival: undefined }));
