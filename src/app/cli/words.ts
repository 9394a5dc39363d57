// The wording of what only the command line meets. Everything else is worded in ui/kit/messages.ts.

import type { StoreError } from '#engine/ports.ts';
import type { BodyError } from '#model/events.ts';
import type { FolderError } from '#storage/node/folder.ts';

const sentence = (text: string) => (/[.?!…]$/.test(text) ? text : `${text}.`);

export function storageErrorText(storage: string, error: FolderError | StoreError): string {
  switch (error.type) {
    case 'FolderBusy':
      return `The storage ${storage} is in use by process ${error.pid}. Wait for it to end; if there is no such process, remove ${error.lockFile}.`;
    case 'NewerSchema':
      return `The storage ${storage} was written by a newer Headwater (${error.found}; this one knows ${error.known}). Nothing was changed.`;
    case 'OpenFailed':
      return `The storage ${storage} cannot be opened: ${sentence(error.detail)}`;
    case 'Fenced':
      return `Another process has taken over the storage ${storage}. Nothing more was written.`;
    case 'QuotaExceeded':
      return `The disk is full: ${sentence(error.detail)} Everything up to here is safe in ${storage}.`;
    case 'StoreFailed':
      return `The storage ${storage} failed: ${sentence(error.detail)}`;
  }
}

/** "felt_temperature failed at line 9, column 34: TypeError: …" */
export function failureLine(key: string, error: BodyError): string {
  return `${key} failed${placeText(error, key)}: ${headOf(error)}`;
}

/** Stack and causes, one a line. */
export function failureDetails(key: string, error: BodyError): string[] {
  const lines = (error.stack ?? []).map((frame) => `    ${frame}`);
  for (let cause = error.cause; cause; cause = cause.cause) {
    lines.push(`  caused by${placeText(cause, key)}: ${headOf(cause)}`);
    for (const frame of cause.stack ?? []) lines.push(`    ${frame}`);
  }
  return lines;
}

const headOf = (error: BodyError): string => `${error.name}: ${error.message}`;

function placeText(error: BodyError, key: string): string {
  const { position } = error;
  if (!position) return '';
  const where =
    position.module !== undefined
      ? ` in ${position.module}`
      : position.assetKey !== undefined && position.assetKey !== key
        ? ` in ${position.assetKey}`
        : '';
  return `${where} at line ${position.line}, column ${position.column}`;
}
