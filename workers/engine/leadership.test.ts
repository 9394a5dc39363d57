import { expect, test } from 'vitest';
import type { Lease } from '#engine/ports.ts';
import { asProjectId, asRunId, asTabId } from '#model/ids.ts';
import { createMemoryBacking, createMemoryStore } from '#storage/memory-store.ts';
import { P1, runCommit } from '#storage/store-builders.ts';
import { error, value } from '#storage/store-under-test.ts';
import { startLeading } from './leadership.ts';
import {
  clockOf,
  createLockTable,
  createManualClock,
  createTabLife,
  settle,
  storeOf,
} from './tab-harness.ts';

/** Tabs that want to lead one project; `word` says what each has been told. */
function browser({ withLocks = true } = {}) {
  const clock = createManualClock();
  const locks = createLockTable();
  const backing = createMemoryBacking();
  let tabs = 0;
  return {
    clock,
    tab() {
      tabs += 1;
      const life = createTabLife();
      const told: string[] = [];
      const leases: Lease[] = [];
      const store = storeOf(life, createMemoryStore(backing));
      const leadership = startLeading(
        {
          store,
          locks: withLocks ? locks.portOf(life) : undefined,
          clock: clockOf(life, clock),
          tabId: asTabId(`tab-${tabs}`),
        },
        P1,
        (lease) => {
          leases.push(lease);
          told.push(`leads ${lease.fencing}`);
        },
        () => told.push('lost'),
      );
      return { life, told, leases, leadership, store };
    },
  };
}

test('the first tab leads and the second waits', async () => {
  const { clock, tab } = browser();
  const a = tab();
  await settle();
  const b = tab();
  await clock.advance(60_000);
  expect([a.told, b.told]).toEqual([['leads 1'], []]);
});

test('when the leading tab is killed the next one leads at once', async () => {
  const { tab } = browser();
  const a = tab();
  await settle();
  const b = tab();
  await settle();
  a.life.kill();
  await settle();
  expect(b.told).toEqual(['leads 2']);
});

test('a tab that stops leading lets the next one lead at once, and is told nothing more', async () => {
  const { tab } = browser();
  const a = tab();
  await settle();
  const b = tab();
  await settle();
  a.leadership.stop();
  await settle();
  expect([a.told, b.told]).toEqual([['leads 1'], ['leads 2']]);
});

test('a frozen leader is replaced within five seconds, whenever it freezes', async () => {
  for (let freezeAtMs = 0; freezeAtMs < 1_000; freezeAtMs += 90) {
    const { clock, tab } = browser();
    const a = tab();
    await settle();
    await clock.advance(137);
    const b = tab();
    await clock.advance(10_000 + freezeAtMs);
    a.life.freeze();
    await clock.advance(2_400);
    expect(b.told).toEqual([]);
    await clock.advance(2_600);
    expect(b.told).toEqual(['leads 2']);
  }
});

test('a thawed leader is told that it has lost, and follows', async () => {
  const { clock, tab } = browser();
  const a = tab();
  await settle();
  const b = tab();
  await settle();
  a.life.freeze();
  await clock.advance(20_000);
  a.life.thaw();
  await clock.advance(20_000);
  expect([a.told, b.told]).toEqual([['leads 1', 'lost'], ['leads 2']]);
  b.life.kill();
  await clock.advance(1_000);
  expect(a.told).toEqual(['leads 1', 'lost', 'leads 3']);
});

test('what a thawed leader writes is refused', async () => {
  const { clock, tab } = browser();
  const a = tab();
  await settle();
  tab();
  await settle();
  a.life.freeze();
  const late = a.store.commit(runCommit({ fencing: a.leases[0]!.fencing, runId: asRunId('late') }));
  await clock.advance(20_000);
  a.life.thaw();
  expect(error(await late)).toEqual({ type: 'Fenced', current: 2 });
});

test('a tab that was itself frozen does not take that time for silence of the leader', async () => {
  const { clock, tab } = browser();
  const a = tab();
  await settle();
  const b = tab();
  await clock.advance(5_000);
  // The computer sleeps: both stand still, and the clock goes on.
  a.life.freeze();
  b.life.freeze();
  await clock.advance(3_600_000);
  b.life.thaw();
  await clock.advance(500);
  a.life.thaw();
  await clock.advance(10_000);
  expect([a.told, b.told]).toEqual([['leads 1'], []]);
});

test('the clocks of two tabs may differ', async () => {
  for (const skewMs of [-3_600_000, 3_600_000]) {
    const clock = createManualClock();
    const locks = createLockTable();
    const backing = createMemoryBacking();
    const told: string[] = [];
    const lives = [0, skewMs].map((ms, number) => {
      const life = createTabLife();
      const own = clockOf(life, clock);
      startLeading(
        {
          store: storeOf(life, createMemoryStore(backing)),
          locks: locks.portOf(life),
          clock: { ...own, now: () => clock.now() + ms },
          tabId: asTabId(`tab-${number}`),
        },
        P1,
        () => told.push(`${number} leads`),
        () => told.push(`${number} lost`),
      );
      return life;
    });
    await clock.advance(30_000);
    expect(told).toEqual(['0 leads']);
    lives[0]!.freeze();
    await clock.advance(5_000);
    expect(told).toEqual(['0 leads', '1 leads']);
  }
});

test('of several tabs that see a frozen leader one leads in the end', async () => {
  const { clock, tab } = browser();
  const a = tab();
  await settle();
  const others = [tab(), tab(), tab()];
  await clock.advance(3_000);
  a.life.freeze();
  await clock.advance(30_000);
  a.life.thaw();
  await clock.advance(30_000);
  const leading = [a, ...others].filter(({ leadership }) => leadership.lease !== undefined);
  expect(leading).toHaveLength(1);
  expect(value(await leading[0]!.store.take(asProjectId('other'), asTabId('x'), 0)).fencing).toBe(1);
  expect((await leading[0]!.store.read(P1))?.fencing).toBe(leading[0]!.leadership.lease?.fencing);
  for (const { told, leadership } of [a, ...others])
    expect(told.at(-1)).toBe(leadership.lease ? `leads ${leadership.lease.fencing}` : told.at(-1) && 'lost');
});

test('a lease that could not be taken is tried for again', async () => {
  const clock = createManualClock();
  const locks = createLockTable();
  const life = createTabLife();
  const store = createMemoryStore();
  let isFull = true;
  const told: string[] = [];
  startLeading(
    {
      store: {
        read: store.read,
        heartbeat: store.heartbeat,
        take: async (...args) =>
          isFull ? { ok: false, error: { type: 'QuotaExceeded', detail: 'full' } } : store.take(...args),
      },
      locks: locks.portOf(life),
      clock,
      tabId: asTabId('tab'),
    },
    P1,
    () => told.push('leads'),
    () => told.push('lost'),
    (error) => told.push(error.type),
  );
  await clock.advance(5_000);
  expect(new Set(told)).toEqual(new Set(['QuotaExceeded']));
  told.length = 0;
  isFull = false;
  await clock.advance(1_000);
  expect(told).toEqual(['leads']);
});

test('without Web Locks the heartbeat decides', async () => {
  const { clock, tab } = browser({ withLocks: false });
  const a = tab();
  await settle();
  expect(a.told).toEqual(['leads 1']);
  const b = tab();
  await clock.advance(30_000);
  expect(b.told).toEqual([]);
  a.life.kill();
  await clock.advance(5_000);
  expect(b.told).toEqual(['leads 2']);
});
