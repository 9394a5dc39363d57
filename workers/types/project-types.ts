// The types of a project: which asset is to be checked next, what is known of each, and who has to be looked
// at again when a printed type changes. An edit costs its own body, and consumers only as far as types changed.

import type {
  TypedAsset,
  TypedId,
  TypedInput,
  TypeProblem,
  TypesChange,
  TypesOfAsset,
} from '#engine/types-port.ts';
import { asAssetId } from '#model/ids.ts';
import type { BodyChecker, BodyFinding, BodyToCheck, BodyTypes } from './body-checker.ts';
import { formFindings } from './form-findings.ts';
import { fieldsOfType, followFields, type LostFields } from './type-fields.ts';

export interface ProjectTypes {
  change(change: TypesChange): void;
  focus(id: TypedId | undefined): void;
  /** Checks some of what is left; undefined when nothing is. */
  checkSome(): readonly TypesOfAsset[] | undefined;
  /** How many assets are still to be checked. */
  left(): number;
  asset(id: TypedId): TypedAsset | undefined;
  output(id: TypedId): string;
  made(id: TypedId): Made;
  /** The type of what has no body, by what is known of the body that makes it. */
  bodilessType(asset: TypedAsset, madeBy: (id: TypedId) => Made | undefined): string;
  /** Uses of missing fields in the asset's body, each with the asset that lacks it. */
  lostFields(id: TypedId): LostFields | undefined;
  consumersOf(id: TypedId): readonly TypedId[];
  /** Checks one body as if it and its inputs were otherwise. */
  checkAs(asset: TypedAsset, body: string, outputOf: (id: TypedId) => string): BodyTypes;
  /** Length of the longest way from a source to this asset. */
  levelOf(id: TypedId): number;
}

/** What a body gives: the type of all of it, and those of its parts by their names. */
export interface Made {
  readonly output: string;
  readonly parts: Readonly<Record<string, string>>;
}

interface Known {
  output: string;
  parts: Readonly<Record<string, string>>;
  fields: LostFields;
  findings: BodyTypes['findings'];
  /** What was told last, to tell only what is new. */
  told: string | undefined;
}

/** Above this, a cycle: its members are checked last, with what is known then. */
const cycleLevel = Number.MAX_SAFE_INTEGER;

export function createProjectTypes(checker: BodyChecker): ProjectTypes {
  const assets = new Map<TypedId, TypedAsset>();
  const known = new Map<TypedId, Known>();
  const consumers = new Map<TypedId, Set<TypedId>>();
  const dirty = new Set<TypedId>();
  /** Assets that must be told again although their bodies need no check: an input's name for a field is known. */
  const toTell = new Set<TypedId>();
  let levels = new Map<TypedId, number>();
  let queue: TypedId[] = [];
  let focused: TypedId | undefined;

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
    const waiting = new Map<TypedId, number>();
    let wave: TypedId[] = [];
    for (const asset of assets.values()) {
      const count = new Set(
        asset.inputs.flatMap(({ from }) => (from !== undefined && assets.has(from) ? [from] : [])),
      ).size;
      waiting.set(asset.id, count);
      if (count === 0) wave.push(asset.id);
    }
    queue = [];
    for (let level = 0; wave.length > 0; level++) {
      const next: TypedId[] = [];
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

  /** Has those checked again whose bodies hold a word. */
  function markThose(word: string): void {
    for (const asset of assets.values()) if (asset.body?.includes(word)) dirty.add(asset.id);
  }

  const levelOf = (id: TypedId) => levels.get(id) ?? cycleLevel;
  const output = (id: TypedId) => known.get(id)?.output ?? 'any';

  /** Up to `slots` dirty assets of one level: none of them reads another. */
  function nextBatch(): TypedId[] {
    const wanted = focused !== undefined ? dirtyBehind(focused) : undefined;
    const batch: TypedId[] = [];
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

  function dirtyBehind(id: TypedId): Set<TypedId> {
    const seen = new Set<TypedId>([id]);
    for (const each of seen)
      for (const { from } of assets.get(each)?.inputs ?? []) if (from !== undefined) seen.add(from);
    return new Set([...seen].filter((each) => dirty.has(each)));
  }

  const toCheck = (asset: TypedAsset, body: string, outputOf: (id: TypedId) => string): BodyToCheck => ({
    key: asset.key,
    body,
    inputs: asset.inputs.map((input) => ({ name: input.name, type: inputType(input, outputOf) })),
    ...(asset.isOp ? { isOp: true } : {}),
    ...(asset.config === undefined ? {} : { config: asset.config }),
    ...(asset.parts ? { parts: asset.parts } : {}),
  });

  function learn(id: TypedId, types: BodyTypes): void {
    const before = known.get(id);
    const next = types.output ?? before?.output ?? 'any';
    const parts = types.parts ?? before?.parts ?? {};
    if (!before) {
      known.set(id, {
        output: next,
        parts,
        fields: followFields(fieldsOfType(next)),
        findings: types.findings,
        told: undefined,
      });
      if (next !== 'any') spread(id);
      return;
    }
    before.findings = types.findings;
    const isSame = sameMade(before, { output: next, parts });
    before.parts = parts;
    if (isSame) return;
    before.output = next;
    before.fields.update(fieldsOfType(next));
    spread(id);
  }

  function bodilessType(asset: TypedAsset, madeBy: (id: TypedId) => Made | undefined): string {
    const { of, name } = asset.part ?? {};
    const whole = of === undefined ? undefined : madeBy(of);
    const type = name === undefined ? whole?.output : whole?.parts[name];
    return type === undefined || type === 'any' ? columnsType(asset) : type;
  }

  function spread(id: TypedId): void {
    for (const consumer of consumers.get(id) ?? []) {
      toTell.add(consumer);
      // Round a cycle it would never end.
      if (levelOf(consumer) > levelOf(id)) dirty.add(consumer);
    }
  }

  function tell(ids: Iterable<TypedId>): TypesOfAsset[] {
    const results: TypesOfAsset[] = [];
    for (const id of ids) {
      const asset = assets.get(id);
      const about = known.get(id);
      if (!asset || !about) continue;
      const result: TypesOfAsset = {
        id,
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

  function problemOf(asset: TypedAsset, finding: BodyFinding): TypeProblem {
    const { message, line, column, input } = finding;
    const { from, missing } = behindFinding(asset, finding);
    return {
      ...(asset.place ?? { assetId: asAssetId(asset.id) }),
      message,
      line,
      column,
      ...(input === undefined || from === undefined ? {} : { input: { name: input, from } }),
      ...(missing === undefined || from === undefined ? {} : { missing: missingField(missing, from) }),
    };
  }

  function missingField({ field, path }: MissingAt, from: TypedId) {
    const renamedTo = known.get(from)?.fields.renamedTo(path, field);
    return { field, path, ...(renamedTo === undefined ? {} : { renamedTo }) };
  }

  return {
    change({ reset, assets: changed, gone, modules, resources }) {
      if (reset) for (const all of [assets, known, consumers, dirty, toTell]) all.clear();
      if (modules) {
        checker.setModules(modules);
        markThose('#lib/');
      }
      if (resources) {
        checker.setResources(resources);
        markThose('resources');
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
        if (asset.body === undefined)
          learn(id, { output: bodilessType(asset, (of) => known.get(of)), findings: [] });
        else withCode.push(asset);
      }
      if (withCode.length > 0) {
        const types = checker.check(withCode.map((asset) => toCheck(asset, asset.body!, output)));
        for (const [i, asset] of withCode.entries()) {
          const missed = formFindings(asset, output, (of) => assets.get(of)?.key ?? '');
          const seen = asValue(asset, types[i]!);
          learn(asset.id, { ...seen, findings: [...seen.findings, ...missed] });
        }
      }
      const results = tell([...batch, ...[...toTell].filter((id) => !dirty.has(id))]);
      toTell.clear();
      return results;
    },
    left: () => dirty.size,
    asset: (id) => assets.get(id),
    output,
    made: (id) => known.get(id) ?? { output: 'any', parts: {} },
    bodilessType,
    lostFields: (id) => known.get(id)?.fields,
    consumersOf: (id) => [...(consumers.get(id) ?? [])],
    checkAs: (asset, body, outputOf) => asValue(asset, checker.check([toCheck(asset, body, outputOf)])[0]!),
    levelOf,
  };
}

/** What is observed has the value that is known of it, whatever the body says of its version. */
const asValue = (asset: TypedAsset, types: BodyTypes): BodyTypes =>
  asset.isObserving ? { output: columnsType(asset), findings: types.findings } : types;

export const sameMade = (a: Made, b: Made): boolean =>
  a.output === b.output &&
  Object.keys(a.parts).length === Object.keys(b.parts).length &&
  Object.entries(a.parts).every(([name, type]) => b.parts[name] === type);

interface MissingAt {
  readonly field: string;
  readonly path: string;
}

/** What is behind the input that a finding is about, and where in its type a field is missing. */
export function behindFinding(
  asset: TypedAsset,
  { input, missing }: BodyFinding,
): { readonly from?: TypedId; readonly missing?: MissingAt } {
  const behind = asset.inputs.find(({ name }) => name === input);
  if (behind?.from === undefined) return {};
  const { from, isAll } = behind;
  if (!missing) return { from };
  const { field, path } = missing;
  if (!isAll) return { from, missing: { field, path } };
  // All values of a dynamic result: the field is one of a single value.
  return path.startsWith('[]') ? { from, missing: { field, path: path.slice(2) } } : { from };
}

/** The type of an input, from the types of what is made. */
function inputType({ from, isAll }: TypedInput, outputOf: (id: TypedId) => string): string {
  if (from === undefined) return 'any';
  return isAll ? `readonly (${outputOf(from)})[]` : outputOf(from);
}

function columnsType({ columns }: TypedAsset): string {
  if (!columns || columns.length === 0) return 'any';
  const fields = columns.map(({ name, type }) => `readonly ${JSON.stringify(name)}: ${type}`);
  return `readonly { ${fields.join('; ')} }[]`;
}
