// Code and edges are one thing, seen twice: whichever of them is edited, both agree; and all of it can be undone.

import fc from 'fast-check';
import ts from 'typescript';
import { expect, test } from 'vitest';
import { isPlainName, keyName } from './asset-key.ts';
import type { Command } from './commands/command.ts';
import type { Asset, CodeAsset, ProjectDocument } from './document.ts';
import { formatDocument } from './format-document.ts';
import { type AssetGraph, buildGraph } from './graph.ts';
import { graph as builder, idOf } from './graph-builder.ts';
import {
  appendEntry,
  entryFor,
  type History,
  type LogEntry,
  restoreHistory,
  startHistory,
} from './history.ts';
import { type AssetId, asAssetId, asTabId } from './ids.ts';
import { parseDocument } from './parse-document.ts';
import { editBetween } from './text-edit.ts';

const edits = 5_000;
const author = { by: asTabId('tab'), at: 0 };

const names = [
  'orders',
  'customers',
  'raw/orders',
  'report',
  'totals',
  'a',
  'b',
  'stock/levels',
  'f',
  '数据',
];
const bodies = [
  '() => 1',
  'function f({ }, context) {\n  return 1;\n}',
  'async ({ /* none yet */ }) => 1',
  'function* named(_unused) { yield 1; }',
];

/** The inputs as TypeScript's own parser reads them, which shares nothing with the model's. */
const inputsByBody = new Map<string, readonly string[]>();
function inputsInCode(body: string): readonly string[] {
  const known = inputsByBody.get(body);
  if (known) return known;
  const file = ts.createSourceFile('/body.ts', body, ts.ScriptTarget.ESNext, true);
  const found: string[] = [];
  for (const statement of file.statements) {
    const fn = ts.isExportAssignment(statement) ? statement.expression : statement;
    if (!ts.isArrowFunction(fn) && !ts.isFunctionDeclaration(fn) && !ts.isFunctionExpression(fn)) continue;
    const pattern = fn.parameters[0]?.name;
    if (!pattern || !ts.isObjectBindingPattern(pattern)) continue;
    for (const { propertyName, name } of pattern.elements) {
      const key = propertyName ?? name;
      if (ts.isIdentifier(key) || ts.isStringLiteral(key)) found.push(key.text);
    }
  }
  inputsByBody.set(body, found);
  return found;
}

function expectAgreement(graph: AssetGraph): void {
  for (const asset of graph.document.assets.values()) {
    if (asset.kind !== 'asset') continue;
    const drawn = (graph.upstream.get(asset.id) ?? []).flatMap(({ kind, input, from }) =>
      kind === 'value' ? [{ input: input!, key: graph.document.assets.get(from)!.key }] : [],
    );
    const missing = graph.unresolved.filter(({ assetId }) => assetId === asset.id);
    const shown = [...drawn, ...missing].map(({ input }) => input);
    expect(shown.sort()).toEqual([...inputsInCode(asset.body)].sort());
    // An edge leads to the asset that the name means, through `ins` or as it stands: that key, or else the one
    // asset of the group with that name (reference §1.12).
    for (const { input, key } of drawn) expect([key, keyName(key)]).toContain(asset.ins?.[input] ?? input);
    for (const { input, key } of missing) expect(key).toBe(asset.ins?.[input] ?? input);
  }
}

/** Edges whose names are whole keys: nothing that another asset is called can lead them elsewhere. */
const wholeKeyEdges = ({ edges, document }: AssetGraph) =>
  edges.filter(({ from, to, input }) => {
    const { key } = document.assets.get(from)!;
    const reader = document.assets.get(to)!;
    if (input === undefined) return reader.deps?.includes(key);
    return key === ((reader.kind === 'asset' ? reader.ins?.[input] : undefined) ?? input);
  });
const pairs = (edges: AssetGraph['edges']) => edges.map(({ from, to }) => `${from} ${to}`).sort();

type Step = readonly [kind: number, a: number, b: number, c: number];

/** One random edit of this document; undefined when there is nothing to do it with. */
function commandOf(document: ProjectDocument, [kind, a, b, c]: Step, number: number): Command | undefined {
  const assets = [...document.assets.values()];
  const code = assets.filter((asset): asset is CodeAsset => asset.kind === 'asset');
  const one = assets[a % Math.max(1, assets.length)];
  const two = assets[b % Math.max(1, assets.length)];
  const typed = code[a % Math.max(1, code.length)];
  const name = `${names[c % names.length]}${c % 3 === 0 ? '' : `_${c % 7}`}`;
  if (assets.length < 6 || (kind < 4 && assets.length < 30)) {
    const asset: Asset = {
      kind: 'asset',
      id: asAssetId(`id-${number}`),
      key: name,
      position: { x: a, y: b },
      body: `export default ${bodies[b % bodies.length]}\n`,
    };
    return { type: 'AddAssets', assets: [asset] };
  }
  if (!one || !two || !typed) return undefined;
  if (kind < 30) {
    const order = kind % 5 === 0 ? 'order' : 'value';
    return { type: 'ConnectAssets', from: one.id, to: two.id, kind: order };
  }
  if (kind < 45) return { type: 'DisconnectAssets', from: one.id, to: two.id };
  if (kind < 60) return { type: 'RenameAsset', id: one.id, key: name };
  if (kind < 64) return { type: 'DeleteItems', assets: [one.id] };
  const body = typedOver(typed.body, name, kind, b);
  const edit = editBetween(typed.body, body);
  if (!edit) return undefined;
  return kind % 2 === 0
    ? { type: 'EditBody', id: typed.id, edit }
    : { type: 'Compose', label: 'Edit', commands: [{ type: 'EditBody', id: typed.id, edit }] };
}

/** The body after someone typed a name into its pattern, or took one out, by hand. */
function typedOver(body: string, name: string, kind: number, which: number): string {
  const inputs = inputsInCode(body);
  if (kind < 85) {
    if (inputs.includes(name)) return body;
    const element = isPlainName(name) ? name : `${JSON.stringify(name)}: in_${which % 50}`;
    if (/\(\{/.test(body)) return body.replace(/\(\{\s*/, `({ ${element}${inputs.length > 0 ? ', ' : ' '}`);
    return body.replace(/\((\s*_unused)?/, `({ ${element} }`);
  }
  const gone = inputs[which % Math.max(1, inputs.length)];
  if (gone === undefined) return body;
  const rest = inputs.filter((input) => input !== gone);
  const pattern = rest.map((input, i) => (isPlainName(input) ? input : `${JSON.stringify(input)}: in_${i}`));
  return body.replace(/\(\{[^}]*\}/, `({ ${pattern.join(', ')} }`);
}

const step: fc.Arbitrary<Step> = fc.tuple(fc.nat(99), fc.nat(1_000), fc.nat(1_000), fc.nat(1_000));

/** What storage and another start of the app do to a log. */
function reloaded({ document, entries }: History): History {
  const log = JSON.parse(JSON.stringify(entries)) as LogEntry[];
  const parsed = parseDocument(formatDocument(document));
  if (!parsed.ok) throw new Error(parsed.error[0]?.type);
  return restoreHistory(parsed.value, log);
}

function follow(history: History, command: Command): History {
  const before = buildGraph(history.document);
  const entry = entryFor(history, { type: 'do', command }, author);
  if (!entry.ok || !entry.value) return history;
  const next = appendEntry(history, entry.value);
  if (!next.ok) throw new Error('an own diff does not apply');
  const after = buildGraph(next.value.document);
  expectAgreement(after);
  const between = (graph: AssetGraph, from: AssetId, to: AssetId) =>
    graph.edges.filter((edge) => edge.from === from && edge.to === to);
  if (command.type === 'ConnectAssets')
    expect(between(after, command.from, command.to)).toMatchObject([{ kind: command.kind }]);
  if (command.type === 'DisconnectAssets') expect(between(after, command.from, command.to)).toEqual([]);
  // A name that nothing had yet may be what an input has waited for: edges may come, none goes.
  if (command.type === 'RenameAsset')
    expect(pairs(after.edges)).toEqual(expect.arrayContaining(pairs(wholeKeyEdges(before))));
  return next.value;
}

function expectAll(steps: readonly Step[]): void {
  const first = builder().asset('orders').asset('report', '({ orders }) => orders').document();
  const text = formatDocument(first);
  let history = startHistory(first);
  let number = 0;
  for (const each of steps) {
    number += 1;
    if (number === Math.floor(steps.length / 2)) history = reloaded(history);
    const command = commandOf(history.document, each, number);
    if (command) history = follow(history, command);
  }
  history = reloaded(history);
  // Some find nothing to change, or are refused; most are carried out.
  if (steps.length >= 1_000) expect(history.entries.length).toBeGreaterThan(steps.length / 2);
  while (history.done.length > 0) {
    const entry = entryFor(history, { type: 'undo' }, author);
    if (!entry.ok || !entry.value) throw new Error('a command cannot be undone');
    const next = appendEntry(history, entry.value);
    if (!next.ok) throw new Error('an inverse does not apply');
    history = next.value;
    if (history.done.length % 50 === 0) expectAgreement(buildGraph(history.document));
    if (history.done.length === Math.floor(number / 4)) history = reloaded(history);
  }
  expect(formatDocument(history.document)).toBe(text);
  expect(history.document.assets.has(idOf('orders'))).toBe(true);
}

test(`code and edges agree after each of ${edits} random edits, and undoing them all gives the first document`, () => {
  const seed = Number(process.env.HEADWATER_SEED ?? 20_261_121);
  const all = fc.array(step, { minLength: edits, maxLength: edits, size: 'max' });
  fc.assert(fc.property(all, expectAll), { numRuns: 1, endOnFailure: true, seed });
}, 60_000);

test('short histories agree too, and shrink when they do not', () => {
  const some = fc.array(step, { minLength: 1, maxLength: 40 });
  fc.assert(fc.property(some, expectAll), { numRuns: 50 });
}, 60_000);
