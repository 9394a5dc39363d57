// The code of projects, written off the page: a large one takes longer than a frame.

import type { ProjectDocument } from '#model/document.ts';
import type { CodeTarget, WrittenCode } from './project-code.ts';

export interface CodePort {
  /** Waits for its turn; rejects when it was aborted before that, and when the worker failed. */
  write(signal: AbortSignal, document: ProjectDocument, target: CodeTarget): Promise<WrittenCode>;
  /** The files that differ, by path. */
  compare(signal: AbortSignal, before: CodeState, after: CodeState): Promise<ReadonlyMap<string, FileChange>>;
}

export interface CodeState {
  readonly document: ProjectDocument;
  readonly target: CodeTarget;
}

export interface FileChange {
  /** Empty when the file is new. */
  readonly before: string;
  /** Empty when the file is gone. */
  readonly after: string;
}
