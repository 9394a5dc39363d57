// The types of a project: which asset is to be checked next, what is known of each, and who has to be looked
// at again when a printed type changes. An edit costs its own body, and consumers only as far as types changed.

import type { TypedAsset, TypeProblem, TypesChange, TypesOfAsset } from '#engine/types-port.ts';
import type { AssetId } from '#model/ids.ts';
import type { BodyChecker, BodyToCheck, BodyTypes } from './body-checker.ts';
import type { FieldUse } from './input-behind.ts';
import { fieldsOfType, followFields, type LostFields } from './type-fields.ts';

export interface ProjectTypes {
  change(change: TypesChange): void;
  focus(id: AssetId | undefined): void;
  /** Checks some of what is left; undefined when nothing is. */
  checkSome(): readonly TypesOfAsset[] | undefined;
  /** How many assets are still to be checked. */
  left(): number;
  asset(id: AssetId): TypedAsset | undefined;
  output(id: AssetId): string;
  /** Uses of missing fields in the asset's body, each with the asset that lacks it. */
  lostFields(id: AssetId): LostFields | undefined;
  consumersOf(id: AssetId): readonly AssetId[];
  /** Checks one body as if it and its inputs were otherwise. */
  checkAs(asset: TypedAsset, body: string, outputOf: (id: AssetId) => string): BodyTypes;
  /** Length of the longest way from a source to this asset. */
  levelOf(id: AssetId): number;
}

interface Known {
  output: string;
  fields: LostFields;
  findings: BodyTypes['findings'];
  /** What was told last, to tell only what is new. */
  told: string | undefined;
}

/** Above this, a cycle: its members are checked last, with what is known then. */
const cycleLevel = Number.MAX_SAFE_INTEGER;

export function createProjectTypes(checker: BodyChecker): ProjectTypes {
  const assets = new Map<AssetId, TypedAsset>();
  const known = new Map<AssetId, Known>();
  const consumers = new Map<AssetId, Set<AssetId>>();
  const dirty = new Set<AssetId>();
  /** Assets that must be told again although their bodies need no check: an input's name for a field is known. */
  const toTell = new Set<AssetId>();
  let levels = new Map<AssetId, number>();
  let queue: AssetId[] = [];
  let focused: AssetId | undefined;

  function link(asset: TypedAsset, isAdded: boolean): void {
    for (const { from } of asset.inputs) {
      if (from === undefined) continue;
      const set = consumers.get(from) ?? new Set();
      consumers.set(from, set);
      if (isAdded) set.add(asset.id);
      else set.delete(asset.id);
    }
  }

  function rank(): void {
    levels = new Map();
    const waiting = new Map<AssetId, number>();
    let wave: AssetId[] = [];
    for (const asset of assets.values()) {
      const count = new Set(
        asset.inputs.flatMap(({ from }) => (from !== undefined && assets.has(from) ? [from] : [])),
      ).size;
      waiting.set(asset.id, count);
      if (count === 0) wave.push(asset.id);
    }
    queue = [];
    for (let level = 0; wave.length > 0; level++) {
      const next: AssetId[] = [];
      for (const id of wave) {
        levels.set(id, level);
        queue.push(id);
        for (const consumer of consumers.get(id) ?? []) {
          const left = (waiting.get(consumer) ?? 0) - 1;
          waiting.set(consumer, left);
          if (left === 0) next.push(consumer);
        }
      }
      wave = next;
    }
    for (const id of assets.keys()) if (!levels.has(id)) queue.push(id);
  }

  const levelOf = (id: AssetId) => levels.get(id) ?? cycleLevel;
  const output = (id: AssetId) => known.get(id)?.output ?? 'any';

  /** Up to `slots` dirty assets of one level: none of them reads another. */
  function nextBatch(): AssetId[] {
    const wanted = focused !== undefined ? dirtyBehind(focused) : undefined;
    const batch: AssetId[] = [];
    let level: number | undefined;
    for (const id of wanted && wanted.size > 0 ? queue.filter((id) => wanted.has(id)) : queue) {
      if (!dirty.has(id)) continue;
      level ??= levelOf(id);
      if (levelOf(id) !== level || batch.length === checker.slots) break;
      batch.push(id);
      if (level === cycleLevel) break;
    }
    return batch;
  }

  function dirtyBehind(id: AssetId): Set<AssetId> {
    const seen = new Set<AssetId>([id]);
    for (const each of seen)
      for (const { from } of assets.get(each)?.inputs ?? []) if (from !== undefined) seen.add(from);
    return new Set([...seen].filter((each) => dirty.has(each)));
  }

  const toCheck = (asset: TypedAsset, body: string, outputOf: (id: AssetId) => string): BodyToCheck => ({
    key: asset.key,
    body,
    inputs: asset.inputs.map(({ name, from }) => ({
      name,
      type: from === undefined ? 'any' : outputOf(from),
    })),
  });

  function learn(id: AssetId, types: BodyTypes): void {
    const before = known.get(id);
    const next = types.output ?? before?.output ?? 'any';
    if (!before) {
      known.set(id, {
        output: next,
        fields: followFields(fieldsOfType(next)),
        findings: types.findings,
        told: undefined,
      });
      if (next !== 'any') spread(id);
      return;
    }
    before.findings = types.findings;
    if (before.output === next) return;
    before.output = next;
    before.fields.update(fieldsOfType(next));
    spread(id);
  }

  function spread(id: AssetId): void {
    for (const consumer of consumers.get(id) ?? []) {
      toTell.add(consumer);
      // Round a cycle it would never end.
      if (levelOf(consumer) > levelOf(id)) dirty.add(consumer);
    }
  }

  function tell(ids: Iterable<AssetId>): TypesOfAsset[] {
    const results: TypesOfAsset[] = [];
    for (const id of ids) {
      const asset = assets.get(id);
      const about = known.get(id);
      if (!asset || !about) continue;
      const result: TypesOfAsset = {
        assetId: id,
        output: about.output,
        problems: about.findings.map((finding) => problemOf(asset, finding)),
      };
      const text = JSON.stringify(result);
      if (about.told === text) continue;
      about.told = text;
      results.push(result);
    }
    return results;
  }

  function problemOf(asset: TypedAsset, finding: BodyTypes['findings'][number]): TypeProblem {
    const { message, line, column, input, missing } = finding;
    const from = asset.inputs.find(({ name }) => name === input)?.from;
    return {
      assetId: asset.id,
      message,
      line,
      column,
      ...(input === undefined || from === undefined ? {} : { input: { name: input, from } }),
      ...(missing === undefined || from === undefined ? {} : { missing: missingField(missing, from) }),
    };
  }

  function missingField({ field, path }: FieldUse, from: AssetId) {
    const renamedTo = known.get(from)?.fields.renamedTo(path, field);
    return { field, path, ...(renamedTo === undefined ? {} : { renamedTo }) };
  }

  return {
    change({ reset, assets: changed, gone, modules }) {
      if (reset) for (const all of [assets, known, consumers, dirty, toTell]) all.clear();
      if (modules) {
        checker.setModules(modules);
        for (const asset of assets.values()) if (asset.body?.includes('#lib/')) dirty.add(asset.id);
      }
      for (const id of gone) {
        const asset = assets.get(id);
        if (!asset) continue;
        link(asset, false);
        for (const consumer of consumers.get(id) ?? []) dirty.add(consumer);
        for (const map of [assets, known, dirty, toTell]) map.delete(id);
      }
      for (const asset of changed) {
        const before = assets.get(asset.id);
        if (before) link(before, false);
        assets.set(asset.id, asset);
        link(asset, true);
        dirty.add(asset.id);
      }
      rank();
    },
    focus(id) {
      focused = id;
    },
    checkSome() {
      const batch = nextBatch();
      if (batch.length === 0) {
        dirty.clear();
        return undefined;
      }
      const withCode: TypedAsset[] = [];
      for (const id of batch) {
        dirty.delete(id);
        const asset = assets.get(id)!;
        if (asset.body === undefined) learn(id, { output: columnsType(asset), findings: [] });
        else withCode.push(asset);
      }
      if (withCode.length > 0) {
        const types = checker.check(withCode.map((asset) => toCheck(asset, asset.body!, output)));
        for (const [i, asset] of withCode.entries()) learn(asset.id, types[i]!);
      }
      const results = tell([...batch, ...[...toTell].filter((id) => !dirty.has(id))]);
      toTell.clear();
      return results;
    },
    left: () => dirty.size,
    asset: (id) => assets.get(id),
    output,
    lostFields: (id) => known.get(id)?.fields,
    consumersOf: (id) => [...(consumers.get(id) ?? [])],
    checkAs: (asset, body, outputOf) => checker.check([toCheck(asset, body, outputOf)])[0]!,
    levelOf,
  };
}

function columnsType({ columns }: TypedAsset): string {
  if (!columns || columns.length === 0) return 'any';
  const fields = columns.map(({ name, type }) => `readonly ${JSON.stringify(name)}: ${type}`);
  return `readonly { ${fields.join('; ')} }[]`;
}
