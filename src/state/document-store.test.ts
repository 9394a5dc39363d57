import fc from 'fast-check';
import { expect, test } from 'vitest';
import { err, ok, type Result } from '#base/result.ts';
import type { WorkspacePort } from '#engine/workspace-port.ts';
import type { Command } from '#model/commands/command.ts';
import type { ProjectDocument } from '#model/document.ts';
import { formatDocument } from '#model/format-document.ts';
import { graph, idOf } from '#model/graph-builder.ts';
import type { LogEntry } from '#model/history.ts';
import { asTabId } from '#model/ids.ts';
import { editBetween } from '#model/text-edit.ts';
import { P1, projectRow } from '#storage/store-builders.ts';
import { createDocumentStore, type DocumentStore } from './document-store.ts';
import type { RejectedIntent } from './synced-history.ts';

type AppendAnswer = Awaited<ReturnType<WorkspacePort['appendEntry']>>;

/** One stored log and several tabs on it; `delay` decides when calls arrive and answers come back. */
function browser(document: ProjectDocument, delay: (what: string) => Promise<void>) {
  const log: string[] = [];
  const tabs: Tab[] = [];
  let clock = 0;
  let fault: Result<never, { type: 'QuotaExceeded'; detail: string }> | undefined;

  interface Tab {
    readonly documents: DocumentStore;
    readonly rejected: RejectedIntent[];
    known: number;
  }

  const parse = (from: number) => log.slice(from).map((text) => JSON.parse(text) as LogEntry);

  function tab(): Tab {
    const tabId = asTabId(`tab-${tabs.length + 1}`);
    const documents = createDocumentStore({
      tabId,
      clock: { now: () => ++clock, after: () => () => undefined },
      workspace: {
        async appendEntry(_, expectedSeq, entry): Promise<AppendAnswer> {
          await delay(`${tabId} asks`);
          if (fault) return fault;
          let answer: AppendAnswer;
          if (expectedSeq === log.length) {
            log.push(JSON.stringify(entry));
            answer = ok(log.length);
            for (const other of tabs) if (other !== self) void tell(other);
          } else answer = err({ type: 'Behind', missed: parse(expectedSeq) });
          await delay(`${tabId} hears`);
          return answer;
        },
      },
    });
    const rejected: RejectedIntent[] = [];
    documents.store.subscribe((state, before) => {
      if (state.rejected !== before.rejected) rejected.push(...state.rejected);
    });
    const self: Tab = { documents, rejected, known: log.length };
    documents.open({
      row: projectRow(P1),
      document,
      entries: parse(0),
      states: [],
      checks: [],
      problems: [],
      runs: [],
      leading: false,
    });
    tabs.push(self);
    return self;
  }

  // A tab is told of the log's growth in order, late, and with no regard to what it knows by then.
  const telling = new WeakMap<Tab, Promise<void>>();
  function tell(other: Tab): Promise<void> {
    const next = (telling.get(other) ?? Promise.resolve()).then(async () => {
      await delay('log grew');
      const after = other.known;
      if (after === log.length) return;
      other.known = log.length;
      other.documents.takeEntries(P1, after, parse(after));
    });
    telling.set(other, next);
    return next;
  }

  return {
    log: () => parse(0),
    tab,
    tabs,
    failWith(next: typeof fault) {
      fault = next;
    },
  };
}

const textOf = ({ documents }: { documents: DocumentStore }) =>
  formatDocument(documents.store.getState().document);
const noDelay = () => Promise.resolve();
const start = () =>
  graph()
    .asset('a', '() => {\n  return 1;\n}')
    .asset('b', '({ a }) => {\n  return a;\n}')
    .asset('c', '() => {\n  return 3;\n}')
    .document();

/** What a user does; `fresh` is a number that no other act has, so that no act changes nothing. */
type Act =
  | { readonly type: 'undo' | 'redo' }
  | {
      readonly type: 'add' | 'rename' | 'move' | 'body' | 'connect' | 'disconnect' | 'delete';
      readonly at: number;
    };

function commandOf(act: Act, document: ProjectDocument, fresh: number): Command | undefined {
  if (!('at' in act)) return undefined;
  const assets = [...document.assets.values()];
  const asset = assets[act.at % Math.max(1, assets.length)];
  if (act.type === 'add' || !asset) {
    const [added] = graph().asset(`n${fresh}`, `() => ${fresh}`).document().assets.values();
    // Several tabs use the same few names for what is new.
    return { type: 'AddAssets', assets: [{ ...added!, key: `new_${fresh % 3}` }] };
  }
  const other = assets[(act.at + 1) % assets.length]!;
  switch (act.type) {
    case 'rename':
      return { type: 'RenameAsset', id: asset.id, key: `k${fresh}` };
    case 'move':
      return { type: 'MoveItems', assets: [[asset.id, { x: fresh, y: -0 }]] };
    case 'connect':
      return { type: 'ConnectAssets', from: asset.id, to: other.id, kind: 'value' };
    case 'disconnect':
      return { type: 'DisconnectAssets', from: asset.id, to: other.id };
    case 'delete':
      return { type: 'DeleteItems', assets: [asset.id] };
    case 'body': {
      if (asset.kind !== 'asset') return undefined;
      const lines = asset.body.split('\n');
      lines.splice(1 + (act.at % lines.length), 0, `  // line ${fresh}`);
      return { type: 'EditBody', id: asset.id, edit: editBetween(asset.body, lines.join('\n'))! };
    }
  }
}

const anyAct: fc.Arbitrary<Act> = fc.oneof(
  { weight: 1, arbitrary: fc.constantFrom<Act>({ type: 'undo' }, { type: 'redo' }) },
  {
    weight: 6,
    arbitrary: fc.record({
      type: fc.constantFrom('add', 'rename', 'move', 'body', 'connect', 'disconnect', 'delete'),
      at: fc.nat(20),
    }),
  },
);
const anyScript = fc.array(fc.record({ tab: fc.nat(2), act: anyAct }), { minLength: 1, maxLength: 30 });

/** Carries acts out on the tabs between the deliveries that the scheduler picks. */
async function play(script: readonly { tab: number; act: Act }[], tabCount: number, s: fc.Scheduler) {
  const shared = browser(start(), (what) => s.schedule(Promise.resolve(), what));
  const tabs = Array.from({ length: tabCount }, () => shared.tab());
  const accepted: { readonly label: string; readonly tab: number; readonly canVanish: boolean }[] = [];
  const acts = script.map(({ tab, act }, index) => ({
    label: `act ${index}`,
    builder: async () => {
      const number = tab % tabCount;
      const { documents } = tabs[number]!;
      const { document, undo, redo } = documents.store.getState();
      const command = commandOf(act, document, 100 + index);
      const label = act.type === 'undo' ? undo?.label : act.type === 'redo' ? redo?.label : undefined;
      if (act.type !== 'undo' && act.type !== 'redo' && !command) return;
      const problem = command
        ? documents.run(command)
        : act.type === 'undo'
          ? documents.undo()
          : documents.redo();
      if (problem) return;
      const { undo: now } = documents.store.getState();
      // Deleting or moving what another tab has deleted is a wish fulfilled: no entry, and nothing to tell.
      const canVanish = command?.type === 'DeleteItems' || command?.type === 'MoveItems';
      accepted.push({ label: label ?? now?.label ?? '', tab: number, canVanish });
    },
  }));
  s.scheduleSequence(acts);
  await s.waitAll();
  while (s.count() > 0) await s.waitAll();
  return { shared, tabs, accepted };
}

test('edits of several tabs in any order of delivery: all converge, and nothing is lost in silence', async () => {
  await fc.assert(
    fc.asyncProperty(
      anyScript,
      fc.integer({ min: 2, max: 3 }),
      fc.scheduler(),
      async (script, tabCount, s) => {
        const { shared, tabs, accepted } = await play(script, tabCount, s);
        const log = shared.log();
        for (const tab of tabs) {
          expect(tab.documents.store.getState().save).toEqual({ type: 'saved' });
          expect(tab.documents.store.getState().seq).toBe(log.length);
          expect(textOf(tab)).toBe(textOf(tabs[0]!));
        }
        // A tab that opens now sees the same, from the log alone.
        expect(textOf(replayed(shared.log()))).toBe(textOf(tabs[0]!));
        for (const [number, tab] of tabs.entries()) {
          const mine = accepted.filter((act) => act.tab === number);
          const stored = log.filter((entry) => entry.by === asTabId(`tab-${number + 1}`)).length;
          const vanished = mine.length - stored - tab.rejected.length;
          expect(vanished).toBeGreaterThanOrEqual(0);
          expect(vanished).toBeLessThanOrEqual(mine.filter((act) => act.canVanish).length);
        }
      },
    ),
    { numRuns: 600 },
  );
}, 120_000);

function replayed(entries: readonly LogEntry[]) {
  const fresh = browser(start(), noDelay).tab();
  fresh.documents.takeEntries(P1, 0, entries);
  return fresh;
}

test('a command shows at once and is saved when the log has it', async () => {
  let answer: () => void = () => undefined;
  const shared = browser(
    start(),
    () =>
      new Promise((resolve) => {
        answer = resolve;
      }),
  );
  const { documents } = shared.tab();
  expect(documents.run({ type: 'RenameAsset', id: idOf('a'), key: 'x' })).toBeUndefined();
  expect(documents.store.getState().document.assets.get(idOf('a'))?.key).toBe('x');
  expect(documents.store.getState().save).toEqual({ type: 'saving' });
  answer();
  await Promise.resolve();
  expect(documents.store.getState().save).toEqual({ type: 'saving' });
  await new Promise((resolve) => setImmediate(resolve));
  answer();
  expect(await documents.settled()).toBe(true);
  expect(documents.store.getState().save).toEqual({ type: 'saved' });
});

test('assets that two tabs add under one name at the same time are both kept', async () => {
  let gate: Promise<void> = Promise.resolve();
  const shared = browser(start(), () => gate);
  const [one, two] = [shared.tab(), shared.tab()];
  let open: () => void = () => undefined;
  gate = new Promise((resolve) => {
    open = resolve;
  });
  const [first] = graph().asset('new_asset').document().assets.values();
  const second = { ...first!, id: idOf('other') };
  one.documents.run({ type: 'AddAssets', assets: [first!] });
  one.documents.run({ type: 'MoveItems', assets: [[first!.id, { x: 8, y: 8 }]] });
  gate = Promise.resolve();
  two.documents.run({ type: 'AddAssets', assets: [second] });
  await two.documents.settled();
  open();
  await one.documents.settled();
  await new Promise((resolve) => setImmediate(resolve));
  expect(one.rejected).toEqual([]);
  const { document } = two.documents.store.getState();
  expect(document.assets.get(second.id)?.key).toBe('new_asset');
  expect(document.assets.get(first!.id)).toMatchObject({ key: 'new_asset_2', position: { x: 8, y: 8 } });
});

test('text that is being typed is not called saved', async () => {
  const { documents } = browser(start(), noDelay).tab();
  const save = () => documents.store.getState().save.type;
  const end = documents.beginEditing();
  expect(save()).toBe('saving');
  documents.run({ type: 'RenameAsset', id: idOf('a'), key: 'x' });
  await documents.settled();
  expect(save()).toBe('saving');
  end();
  end();
  expect(save()).toBe('saved');
});

test('every edit that no longer applies is reported, not only the first', async () => {
  let gate: Promise<void> = Promise.resolve();
  const shared = browser(start(), () => gate);
  const [one, two] = [shared.tab(), shared.tab()];
  let open: () => void = () => undefined;
  gate = new Promise((resolve) => {
    open = resolve;
  });
  one.documents.run({ type: 'RenameAsset', id: idOf('a'), key: 'x' });
  one.documents.run({ type: 'RenameAsset', id: idOf('b'), key: 'y' });
  gate = Promise.resolve();
  two.documents.run({ type: 'DeleteItems', assets: [idOf('a'), idOf('b')] });
  await two.documents.settled();
  open();
  await one.documents.settled();
  expect(one.rejected.map(({ label, error }) => [label, error.type])).toEqual([
    ['Rename to x', 'AssetNotFound'],
    ['Rename to y', 'AssetNotFound'],
  ]);
  expect(textOf(two)).toBe(textOf(one));
});

test('an undo never takes back what its user has not seen', async () => {
  let gate: Promise<void> = Promise.resolve();
  const shared = browser(start(), () => gate);
  const [one, two] = [shared.tab(), shared.tab()];
  one.documents.run({ type: 'RenameAsset', id: idOf('a'), key: 'x' });
  await one.documents.settled();
  await new Promise((resolve) => setImmediate(resolve));
  // Both act at once: the first tab's command lands before the second tab's undo.
  let open: () => void = () => undefined;
  gate = new Promise((resolve) => {
    open = resolve;
  });
  expect(two.documents.store.getState().undo).toEqual({ label: 'Rename to x', byOther: true });
  two.documents.undo();
  gate = Promise.resolve();
  one.documents.run({ type: 'RenameAsset', id: idOf('c'), key: 'z' });
  await one.documents.settled();
  open();
  await two.documents.settled();
  const { document } = two.documents.store.getState();
  expect(document.assets.get(idOf('c'))?.key).toBe('z');
  expect(document.assets.get(idOf('a'))?.key).toBe('x');
  expect(two.rejected.map(({ label, error }) => [label, error.type])).toEqual([
    ['Rename to x', 'NotTheLatest'],
  ]);
});

test('undo in one tab of the other’s command says whose it was', async () => {
  const shared = browser(start(), noDelay);
  const [one, two] = [shared.tab(), shared.tab()];
  one.documents.run({ type: 'RenameAsset', id: idOf('a'), key: 'x' });
  await one.documents.settled();
  await new Promise((resolve) => setImmediate(resolve));
  expect(one.documents.store.getState().undo).toEqual({ label: 'Rename to x', byOther: false });
  expect(two.documents.store.getState().undo).toEqual({ label: 'Rename to x', byOther: true });
});

test('an edit that could not be stored stays, is said, and is stored when that works again', async () => {
  const shared = browser(start(), noDelay);
  const { documents } = shared.tab();
  shared.failWith(err({ type: 'QuotaExceeded', detail: 'full' }));
  documents.run({ type: 'RenameAsset', id: idOf('a'), key: 'x' });
  expect(await documents.settled()).toBe(false);
  expect(documents.store.getState().save).toEqual({ type: 'unsaved', reason: 'QuotaExceeded' });
  documents.run({ type: 'RenameAsset', id: idOf('a'), key: 'y' });
  expect(documents.store.getState().document.assets.get(idOf('a'))?.key).toBe('y');
  shared.failWith(undefined);
  expect(await documents.settled()).toBe(true);
  expect(shared.log().map(({ label }) => label)).toEqual(['Rename to x', 'Rename to y']);
});
