// The past of assets, for checks that look back.

import type { Plan } from '#engine/plan-types.ts';
import type { RunStore } from '#engine/ports.ts';
import type { RunEvent } from '#model/events.ts';
import type { ProjectId } from '#model/ids.ts';
import type { AssetHistory, AssetRecord } from '#sdk/context.ts';

/** During a run of `plan`: what the run has made of an asset is waited for until it stands in the store. */
export function historyOf(
  store: Pick<RunStore, 'readSegments'>,
  projectId: ProjectId,
  plan: Plan,
  recorded: RecordedSteps,
): AssetHistory {
  return {
    async records(assetKey, limit) {
      const step = plan.steps.find(({ outputs }) =>
        outputs.some((output) => output.type === 'asset' && output.assetKey === assetKey),
      );
      if (step) await recorded.ended(step.stepKey);
      const records: AssetRecord[] = [];
      for await (const { events } of store.readSegments(projectId, 0))
        for (const event of events) {
          if (event.assetKey !== assetKey) continue;
          if (event.type === 'ASSET_WIPED') records.length = 0;
          else if (isRecord(event)) records.push(recordOf(event));
        }
      return records.toReversed().slice(0, limit);
    },
  };
}

const isRecord = ({ type }: RunEvent): boolean =>
  type === 'ASSET_MATERIALIZATION' || type === 'ASSET_OBSERVATION';

const recordOf = (event: RunEvent): AssetRecord => ({
  type: event.type === 'ASSET_MATERIALIZATION' ? 'materialization' : 'observation',
  runId: event.runId,
  timestamp: event.timestamp,
  metadata: event.metadata ?? {},
  tags: event.tags ?? {},
});

/** Steps of a run whose events are in the store. A body may run before those of the step before it are. */
export class RecordedSteps {
  readonly #ended = new Set<string>();
  readonly #waiting = new Map<string, (() => void)[]>();

  note(events: readonly RunEvent[]): void {
    for (const { type, stepKey } of events) {
      if (type !== 'STEP_SUCCESS' || stepKey === undefined) continue;
      this.#ended.add(stepKey);
      for (const resolve of this.#waiting.get(stepKey) ?? []) resolve();
      this.#waiting.delete(stepKey);
    }
  }

  /** Resolves when the step has ended and is recorded. */
  ended(stepKey: string): Promise<void> {
    if (this.#ended.has(stepKey)) return Promise.resolve();
    return new Promise((resolve) => {
      this.#waiting.set(stepKey, [...(this.#waiting.get(stepKey) ?? []), resolve]);
    });
  }
}
