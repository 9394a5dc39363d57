// What reads the values of other assets: a body of an asset, or the body or ops of a unit. Edits of its inputs.

import { isPlainName } from '../asset-key.ts';
import { applySplice, spliceAddingInput, spliceRemovingInput, spliceRenamingInput } from '../body-edit.ts';
import type { CodeAsset, GraphUnit, MultiUnit, ObservableAsset, ProjectDocument, Unit } from '../document.ts';
import { bodyInputs, cachedBodyHead, unitInputs } from '../graph.ts';
import type { AssetId, UnitId } from '../ids.ts';
import { withoutGraphInput } from './op-edits.ts';

type BodyReader = CodeAsset | ObservableAsset | MultiUnit;
export type Reader = BodyReader | GraphUnit;

/** What loads values for an asset; undefined when nothing does. */
export function readerOf(document: ProjectDocument, id: AssetId): Reader | undefined {
  const asset = document.assets.get(id);
  if (asset?.kind === 'output') return document.units.get(asset.unit);
  return asset?.kind === 'asset' || asset?.kind === 'observable' ? asset : undefined;
}

export const isUnit = (reader: Reader): reader is Unit =>
  reader.kind === 'graph' || reader.kind === 'multi' || reader.kind === 'multi-observable';

/** Why no input can be added, or undefined. */
export function readerProblem(reader: Reader): string | undefined {
  if (reader.kind === 'graph') return undefined;
  const head = cachedBodyHead(reader.body);
  return head.ok ? undefined : head.error.message;
}

/** The names that a new input must not have. */
export function takenInputNames(reader: Reader): Set<string> {
  return new Set(
    reader.kind === 'graph'
      ? unitInputs(reader).map(({ name }) => name)
      : bodyInputs(reader).flatMap((input) => [input.name, input.local]),
  );
}

/** The reader with one more input, read from `key`; undefined when its parameters cannot be edited. */
export function withNewInput(reader: Reader, name: string, key: string): Reader | undefined {
  // A graph's input stands in `ins` even when it is called like its key: no op may take it yet.
  if (reader.kind === 'graph') return withIns(reader, name, key);
  const splice = spliceAddingInput(reader.body, name);
  if (!splice) return undefined;
  return withIns({ ...reader, body: applySplice(reader.body, splice) }, name, name === key ? undefined : key);
}

export function withoutInput(reader: Reader, name: string): Reader {
  if (reader.kind === 'graph') return withIns(withoutGraphInput(reader, name), name, undefined);
  const splice = spliceRemovingInput(reader.body, name);
  const body = splice ? applySplice(reader.body, splice) : reader.body;
  return withIns({ ...reader, body }, name, undefined);
}

/**
 * The reader with its input `name` read from `key`, or from the asset that is called like it. An entry that was
 * left behind when a name was typed out of the body must not lead the same name elsewhere.
 */
export function withIns<T extends Reader>(reader: T, name: string, key: string | undefined): T {
  const { ins, ...rest } = reader;
  const entries = Object.entries(ins ?? {}).filter(([input]) => input !== name);
  if (key !== undefined) entries.push([name, key]);
  return (entries.length > 0 ? { ...rest, ins: Object.fromEntries(entries) } : rest) as T;
}

/** The reader with its input `input` reading `key`, under the variable that its code already uses. */
export function readerWithInput<T extends Reader>(given: T, input: string, key: string): T {
  const reader = withTestInput(
    given,
    given.ins && Object.hasOwn(given.ins, input) ? given.ins[input]! : input,
    key,
  );
  if (reader.kind === 'graph' || (reader.ins && Object.hasOwn(reader.ins, input)))
    return withIns(reader, input, key);
  const head = cachedBodyHead(reader.body);
  const taken = head.ok && head.value.inputs.some((other) => other.name === key);
  const splice = isPlainName(key) && !taken ? spliceRenamingInput(reader.body, input, key) : undefined;
  if (!splice) return withIns(reader, input, key);
  return withIns({ ...reader, body: applySplice(reader.body, splice) }, key, undefined);
}

/** What was captured for tests of an asset goes along with the key of the input. */
function withTestInput<T extends Reader>(reader: T, from: string, to: string): T {
  if (reader.kind !== 'asset' || !reader.testCases) return reader;
  const testCases = reader.testCases.map((each) => ({
    ...each,
    inputs: Object.fromEntries(
      Object.entries(each.inputs).map(([key, value]) => [key === from ? to : key, value]),
    ),
  }));
  return { ...reader, testCases } as T;
}

/** The records of a document that hold readers, as they are changed one after another. */
export class ReaderEdits {
  readonly #document: ProjectDocument;
  readonly #units = new Map<UnitId, Unit>();
  constructor(document: ProjectDocument) {
    this.#document = document;
  }
  unit(id: UnitId): Unit {
    return this.#units.get(id) ?? this.#document.units.get(id)!;
  }
  put(unit: Unit): void {
    this.#units.set(unit.id, unit);
  }
  *changes() {
    for (const [id, after] of this.#units) {
      const before = this.#document.units.get(id)!;
      if (before !== after) yield { table: 'units' as const, id: id as string, before, after };
    }
  }
}
