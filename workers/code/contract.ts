// The words between the page and the code worker, as Comlink carries them. Both keep the document and the texts that
// passed last, so that only what is different has to pass.

import type { FileChange } from '#interop/code-port.ts';
import type { CodeTarget, WrittenCode } from '#interop/project-code.ts';
import type { DocumentChange } from './document-change.ts';

export interface WriteAnswer {
  readonly code: Omit<WrittenCode, 'texts'>;
  readonly paths: readonly string[];
  /** Those that are new, or no longer the same. */
  readonly texts: ReadonlyMap<string, string>;
}

/** Where the document goes, and what it is written as there. */
export interface CodeStep {
  readonly change: DocumentChange;
  readonly target: CodeTarget;
}

export interface CodeCalls {
  write(step: CodeStep): WriteAnswer;
  compare(before: CodeStep, after: CodeStep): ReadonlyMap<string, FileChange>;
}
