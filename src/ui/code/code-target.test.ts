import { expect, it } from 'vitest';
import { asProjectId } from '#model/ids.ts';
import {
  readCodeSearch,
  readTarget,
  rememberTarget,
  searchOf,
  targetOf,
  writeTarget,
} from './code-target.ts';

const id = asProjectId('p');

function services() {
  const stored = new Map<string, string>();
  return {
    preferences: {
      read: (name: string) => stored.get(name),
      write: (name: string, value: string) => void stored.set(name, value),
    },
  };
}

it('an address says the target; one with a file alone means TypeScript, an empty one what was shown last', () => {
  const all = services();
  const celery = { type: 'dagster', executor: 'celery' } as const;
  expect(targetOf(all, id, {}, false)).toEqual({ type: 'typescript' });
  expect(targetOf(all, id, { target: 'dagster' }, true)).toEqual({
    type: 'dagster',
    executor: 'multiprocess',
  });
  rememberTarget(all, id, celery);
  expect(targetOf(all, id, {}, false)).toEqual(celery);
  expect(targetOf(all, id, {}, true)).toEqual({ type: 'typescript' });
  expect(targetOf(all, id, { target: 'typescript' }, false)).toEqual({ type: 'typescript' });
  expect(targetOf(all, id, { target: 'dagster' }, false)).toEqual(celery);
  expect(targetOf(all, id, readCodeSearch({ ...searchOf(celery) }), true)).toEqual(celery);
  const rest = { ...celery, isPartial: true } as const;
  expect(targetOf(all, id, readCodeSearch({ ...searchOf(rest) }), true)).toEqual(rest);
  expect(readTarget(writeTarget(rest))).toEqual(rest);
  rememberTarget(all, id, rest);
  expect(targetOf(all, id, {}, false)).toEqual(celery);
});

it('what an address cannot mean is left out of it', () => {
  expect(readCodeSearch({ target: 'rust', executor: 'dask' })).toEqual({});
  expect(readCodeSearch({ target: 'dagster', executor: '__proto__', more: 1 })).toEqual({
    target: 'dagster',
  });
  expect(readCodeSearch({ target: 'typescript', executor: 'dask' })).toEqual({ target: 'typescript' });
});
