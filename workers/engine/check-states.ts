// The states of an open project's checks, and what is wrong with their bodies; only changes are told.

import type { AssetIndex, CheckHead } from '#engine/asset-index.ts';
import { checkState } from '#engine/check-status.ts';
import type { Compiler } from '#engine/compiler.ts';
import type { Clock } from '#engine/ports.ts';
import type { BodyProblem } from '#engine/workspace-port.ts';
import { type CheckState, checkPlace } from '#model/checks/check-state.ts';
import { sameRecord } from '#model/diff.ts';
import type { Check, ProjectDocument } from '#model/document.ts';
import { isTerminal, type RunEvent, type RunRecord, type RunStatus } from '#model/events.ts';
import type { CheckId, RunId } from '#model/ids.ts';

export interface CheckStatesDeps {
  readonly compiler: Compiler;
  readonly clock: Clock;
  readonly index: AssetIndex;
  statusOf(runId: RunId): RunStatus | undefined;
  onChecks(checks: readonly CheckState[]): void;
}

export interface CheckStates {
  all(): readonly CheckState[];
  /** Events that the index has folded in. */
  touch(events: readonly RunEvent[]): void;
  runsChanged(runs: readonly RunRecord[]): void;
  /** Whether the problems are others now. */
  documentChanged(document: ProjectDocument): boolean;
  problems(): readonly BodyProblem[];
  stop(): void;
}

const tellAfterMs = 20;

export function createCheckStates(first: ProjectDocument, deps: CheckStatesDeps): CheckStates {
  const { index, clock, compiler } = deps;
  const told = new Map<string, CheckState>();
  const dirty = new Set<string>();
  let cancelTell: (() => void) | undefined;
  let document = first;
  let compiledFrom = new Map<CheckId, Check>();
  const found = new Map<CheckId, BodyProblem>();

  // Checks of the SDK and the command line have no asset id: no asset of the page's to show them at.
  const stateOf = (head: CheckHead): CheckState | undefined =>
    head.assetId === undefined
      ? undefined
      : checkState(
          head.assetId,
          head,
          head.plannedIn === undefined ? undefined : deps.statusOf(head.plannedIn),
        );

  function tell(): void {
    cancelTell = undefined;
    const changed: CheckState[] = [];
    for (const place of dirty) {
      const head = index.checks.get(place);
      const state = head && stateOf(head);
      const known = told.get(place);
      if (!state || (known && sameRecord(known, state))) continue;
      told.set(place, state);
      changed.push(state);
    }
    dirty.clear();
    if (changed.length > 0) deps.onChecks(changed);
  }

  function tellSoon(): void {
    if (dirty.size > 0) cancelTell ??= clock.after(tellAfterMs, tell);
  }

  function compileAll(): boolean {
    let isOther = false;
    for (const id of found.keys()) if (!document.checks.has(id)) isOther = found.delete(id) || isOther;
    if (document.checks.size === 0) return isOther;
    const idByKey = new Map([...document.assets.values()].map((asset) => [asset.key, asset.id]));
    for (const check of document.checks.values()) {
      if (compiledFrom.get(check.id) === check) continue;
      compiledFrom.set(check.id, check);
      isOther = found.delete(check.id) || isOther;
      const compiled = compiler.compile(check, document);
      const assetId = idByKey.get(check.specs[0]?.asset ?? '');
      if (compiled.ok || assetId === undefined) continue;
      const { message, line, column } = compiled.error;
      found.set(check.id, { assetId, checkId: check.id, message, line, column });
      isOther = true;
    }
    return isOther;
  }

  compileAll();
  return {
    all() {
      const states: CheckState[] = [];
      for (const [place, head] of index.checks) {
        const state = stateOf(head);
        if (!state) continue;
        told.set(place, state);
        states.push(state);
      }
      return states;
    },
    touch(events) {
      for (const { check, assetId } of events)
        if (check && assetId !== undefined) dirty.add(checkPlace(assetId, check.name));
      tellSoon();
    },
    runsChanged(runs) {
      const ended = new Set(runs.filter((run) => isTerminal(run.status)).map((run) => run.runId));
      if (ended.size === 0) return;
      for (const [place, { plannedIn }] of index.checks)
        if (plannedIn !== undefined && ended.has(plannedIn)) dirty.add(place);
      tellSoon();
    },
    documentChanged(next) {
      const isSame =
        next.checks === document.checks &&
        next.modules === document.modules &&
        next.assets === document.assets;
      if (next.modules !== document.modules) compiledFrom = new Map();
      document = next;
      return isSame ? false : compileAll();
    },
    problems: () => [...found.values()],
    stop() {
      cancelTell?.();
    },
  };
}
