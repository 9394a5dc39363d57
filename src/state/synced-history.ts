// The open document of one tab: what the stored log says (`confirmed`) plus what this tab has done and not
// yet heard back about (`pending`). Pure: the caller does the storing.

import { ok, type Result } from '#base/result.ts';
import type { Command } from '#model/commands/command.ts';
import type { ProjectDocument } from '#model/document.ts';
import {
  type Author,
  appendEntry,
  entryFor,
  type History,
  type HistoryError,
  type Intent,
  type LogEntry,
} from '#model/history.ts';
import { rekeyAssets, rekeyUnit } from '#model/rekey-assets.ts';

/** An intent of this tab on its way into the log. */
export interface PendingIntent {
  readonly intent: Intent;
  readonly author: Author;
  readonly entry: LogEntry;
}

export interface SyncedHistory {
  readonly confirmed: History;
  readonly pending: readonly PendingIntent[];
  /** `confirmed` with `pending` applied: what the screen shows. */
  readonly shown: History;
}

/** An intent that no longer applied once another tab's change had come in between. */
export interface RejectedIntent {
  readonly label: string;
  readonly error: HistoryError;
}

export const startSynced = (confirmed: History): SyncedHistory => ({
  confirmed,
  pending: [],
  shown: confirmed,
});

/** Carries out an intent at once; undefined when it changes nothing. */
export function addIntent(
  synced: SyncedHistory,
  intent: Intent,
  author: Author,
): Result<SyncedHistory | undefined, HistoryError> {
  const entry = entryFor(synced.shown, intent, author);
  if (!entry.ok) return entry;
  if (entry.value === undefined) return ok(undefined);
  const shown = appendEntry(synced.shown, entry.value);
  if (!shown.ok) return shown;
  const pending = [...synced.pending, { intent, author, entry: entry.value }];
  return ok({ confirmed: synced.confirmed, pending, shown: shown.value });
}

/** The store has taken the first pending entry as it is. */
export function confirmFirst(synced: SyncedHistory): SyncedHistory {
  const first = synced.pending[0];
  if (!first) return synced;
  const confirmed = appendEntry(synced.confirmed, first.entry);
  // The entry was made on `confirmed`, so it applies; were it otherwise, a rebase sets it right.
  if (!confirmed.ok) return rebase(synced, []).synced;
  const pending = synced.pending.slice(1);
  return {
    confirmed: confirmed.value,
    pending,
    shown: pending.length === 0 ? confirmed.value : synced.shown,
  };
}

/** Two tabs may give new assets the same name: the later ones get another, as if they had been added later. */
function withFreeKeys(intent: Intent, document: ProjectDocument): Intent {
  return intent.type === 'do' ? { type: 'do', command: underFreeKeys(intent.command, document) } : intent;
}

function underFreeKeys(command: Command, document: ProjectDocument): Command {
  if (command.type === 'Compose')
    return { ...command, commands: command.commands.map((part) => underFreeKeys(part, document)) };
  if (command.type !== 'AddAssets') return command;
  const taken = new Set([...document.assets.values()].map((asset) => asset.key));
  if (!command.assets.some((asset) => taken.has(asset.key))) return command;
  const newKeys = new Map<string, string>();
  for (const asset of command.assets) {
    let { key } = asset;
    for (let n = 2; taken.has(key); n += 1) key = `${asset.key}_${n}`;
    taken.add(key);
    newKeys.set(asset.key, key);
  }
  return {
    ...command,
    assets: rekeyAssets(command.assets, newKeys),
    ...(command.units ? { units: command.units.map((unit) => rekeyUnit(unit, newKeys)) } : {}),
  };
}

/** Others' entries came first: takes them in and re-applies what is pending on the newer state. */
export function rebase(
  synced: SyncedHistory,
  missed: readonly LogEntry[],
): { readonly synced: SyncedHistory; readonly rejected: readonly RejectedIntent[] } {
  let confirmed = synced.confirmed;
  for (const entry of missed) {
    const next = appendEntry(confirmed, entry);
    if (!next.ok) throw new Error(`Internal error: the stored log does not apply at ${next.error.id}`);
    confirmed = next.value;
  }
  const rejected: RejectedIntent[] = [];
  const pending: PendingIntent[] = [];
  let shown = confirmed;
  /** Where pending commands stood in the log to be, and where they stand now. */
  const moved = new Map<number, number>();
  const known = synced.confirmed.entries.length;
  for (const [index, { intent: meant, author, entry }] of synced.pending.entries()) {
    const intent = withFreeKeys(meant, shown.document);
    const again = entryFor(shown, intent, author);
    // Undo takes back what its user has seen as the latest, and nothing that came in between.
    if (
      again.ok &&
      again.value &&
      again.value.kind !== 'do' &&
      entry.kind !== 'do' &&
      again.value.of !== (entry.of > known ? moved.get(entry.of) : entry.of)
    ) {
      rejected.push({ label: entry.label, error: { type: 'NotTheLatest' } });
      continue;
    }
    const applied = again.ok && again.value ? appendEntry(shown, again.value) : again;
    if (!applied.ok) rejected.push({ label: entry.label, error: applied.error });
    else if (again.ok && again.value && applied.value && 'document' in applied.value) {
      shown = applied.value;
      moved.set(known + index + 1, shown.entries.length);
      pending.push({ intent, author, entry: again.value });
    }
  }
  return { synced: { confirmed, pending, shown }, rejected };
}
