import { expect, test } from 'vitest';
import {
  AssetCheckResult,
  AssetCheckSpec,
  AssetMaterialization,
  AssetOut,
  asset,
  Instance,
  MaterializeResult,
  materialize,
  multiAsset,
  Output,
} from './index.ts';
import type { MadeEvent } from './made-events.ts';

const source = asset({ key: 'source', codeVersion: '1' }, () => [{ n: 1 }, { n: 2 }]);

function pair(between: () => void) {
  return multiAsset(
    {
      outs: { left: new AssetOut({ codeVersion: 'a' }), right: new AssetOut() },
      checkSpecs: [new AssetCheckSpec({ name: 'fine', asset: 'left' })],
    },
    function* pair({ source }: { source: readonly object[] }) {
      yield new Output(source, { outputName: 'left', metadata: { rows: 2 } });
      yield new AssetCheckResult({ checkName: 'fine', passed: true });
      yield new AssetMaterialization({ assetKey: 'elsewhere', description: 'said' });
      between();
      yield new Output('b', { outputName: 'right' });
    },
  );
}

test('what a body gives is told before the body goes on, as the run then records it', async () => {
  const made: MadeEvent[] = [];
  let before = 0;
  const both = pair(() => {
    before = made.length;
  });
  const result = await materialize([source, both], {
    onMade: async (item) => {
      // A body waits for this, however long it takes.
      await new Promise((resolve) => setImmediate(resolve));
      made.push(item);
    },
  });
  expect(before).toBe(4);
  const plain = (event: MadeEvent['event']) => ({ ...event, timestamp: 0, durationMs: 0 });
  const recorded = result.allEvents.filter(({ type }) =>
    ['ASSET_MATERIALIZATION', 'ASSET_CHECK_EVALUATION'].includes(type),
  );
  expect(made.map(({ event }) => plain(event))).toEqual(recorded.map(plain));
  expect(made.map(({ value }) => value)).toEqual([
    [{ n: 1 }, { n: 2 }],
    [{ n: 1 }, { n: 2 }],
    undefined,
    undefined,
    'b',
  ]);
  expect(made.map(({ hasValue }) => hasValue)).toEqual([true, true, false, false, true]);
});

test('data versions that are told take in what was made before', async () => {
  const instance = Instance.ephemeral();
  await materialize([source], { instance });
  const versions: (string | undefined)[] = [];
  const result = await materialize([source, pair(() => undefined)], {
    instance,
    selection: ['left', 'right'],
    onMade: ({ event }) => {
      if (event.type === 'ASSET_MATERIALIZATION') versions.push(event.tags?.['dagster/data_version']);
    },
  });
  expect(versions).toEqual(
    result.getAssetMaterializationEvents().map(({ tags }) => tags?.['dagster/data_version']),
  );
});

test('an error while something is told is the error of the body', async () => {
  const told = materialize([asset({ key: 'a' }, () => new MaterializeResult({ value: 1 }))], {
    onMade: () => {
      throw new Error('no room');
    },
  });
  await expect(told).rejects.toThrow('no room');
});
