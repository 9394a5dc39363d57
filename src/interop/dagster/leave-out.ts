// A document without what a Dagster project cannot say, and without what hangs on it.

import { checkInputs } from '#engine/check-inputs.ts';
import type { Asset, ProjectDocument } from '#model/document.ts';
import { type AssetGraph, buildGraph, type Edge } from '#model/graph.ts';
import type { AssetId, CheckId, UnitId } from '#model/ids.ts';
import { ioManagerOf } from '#model/io-manager-of.ts';
import { resourceKeysOf } from '#model/resource-names.ts';
import { type ExportPlace, type ExportProblem, findProblems, resourceAskers } from './find-problems.ts';
import { checkedAsset } from './write-check.ts';

export interface PartialDocument {
  /** Without fatal problems. The one that came in, where it had none. */
  readonly document: ProjectDocument;
  /** What was left out, and why; first what has a problem of its own. */
  readonly leftOut: readonly ExportProblem[];
}

export function leaveOutProblems(document: ProjectDocument): PartialDocument {
  const leftOut: ExportProblem[] = [];
  for (let rest = document; ; ) {
    const graph = buildGraph(rest);
    const fatal = findProblems(graph).filter(({ isFatal }) => isFatal);
    if (fatal.length === 0) return { document: rest, leftOut };
    const removal = new Removal(graph);
    for (const problem of fatal) removal.add(problem);
    leftOut.push(...removal.spread());
    rest = removal.rest();
  }
}

/** What goes, and what goes with it. Edges are those of the whole graph: what remains may not read something else. */
class Removal {
  readonly #graph: AssetGraph;
  readonly #assets = new Set<AssetId>();
  readonly #units = new Set<UnitId>();
  readonly #checks = new Set<CheckId>();
  readonly #resources = new Set<string>();
  readonly #problems: ExportProblem[] = [];

  constructor(graph: AssetGraph) {
    this.#graph = graph;
  }

  add(problem: ExportProblem): void {
    this.#problems.push(problem);
    this.#mark(problem.place);
  }

  /** Everything that goes, to the last thing that hangs on it. */
  spread(): readonly ExportProblem[] {
    this.#spreadFromResources();
    for (let before = -1; before !== this.#assets.size; ) {
      before = this.#assets.size;
      this.#spreadInUnits();
      for (const id of this.#assets)
        for (const edge of this.#graph.downstream.get(id) ?? []) this.#spreadAlong(edge);
    }
    this.#spreadToChecks();
    return this.#problems;
  }

  rest(): ProjectDocument {
    const { document } = this.#graph;
    const assets = without(document.assets, this.#assets);
    const fileOf = (asset: Asset): string[] => (asset.kind === 'file' ? [asset.path] : []);
    const kept = new Set([...assets.values()].flatMap(fileOf));
    const gone = [...this.#assets].flatMap((id) => fileOf(document.assets.get(id)!));
    return {
      ...document,
      assets,
      units: without(document.units, this.#units),
      checks: without(document.checks, this.#checks),
      resources: without(document.resources, this.#resources),
      files: without(document.files, new Set(gone.filter((path) => !kept.has(path)))),
    };
  }

  /** False: it goes already. */
  #mark(place: ExportPlace): boolean {
    if (place.kind === 'asset') return addTo(this.#assets, place.id);
    if (place.kind === 'unit') return addTo(this.#units, place.id);
    if (place.kind === 'check') return addTo(this.#checks, place.id);
    return addTo(this.#resources, place.key);
  }

  #follow(subject: string, place: ExportPlace, message: string): void {
    if (this.#mark(place)) this.#problems.push({ subject, message, isFatal: true, place });
  }

  #followAsset(id: AssetId, message: string): void {
    this.#follow(this.#keyOf(id), { kind: 'asset', id }, message);
  }

  readonly #keyOf = (id: AssetId): string => this.#graph.document.assets.get(id)?.key ?? id;

  #spreadFromResources(): void {
    const { document } = this.#graph;
    for (const [{ subject, place }, asker] of resourceAskers(document))
      for (const key of resourceKeysOf(asker))
        if (this.#resources.has(key))
          this.#follow(subject, place, `It asks for the resource “${key}”, which is left out.`);
    for (const asset of document.assets.values()) {
      const manager = ioManagerOf(asset, document);
      if (manager !== undefined && this.#resources.has(manager))
        this.#followAsset(asset.id, `The IO manager “${manager}” keeps it, which is left out.`);
    }
  }

  /** One body makes all outputs of a unit: they go together. */
  #spreadInUnits(): void {
    const { document, outputsByUnit } = this.#graph;
    for (const id of this.#assets) {
      const asset = document.assets.get(id);
      const unit = asset?.kind === 'output' ? document.units.get(asset.unit) : undefined;
      if (unit)
        this.#follow(
          unit.name,
          { kind: 'unit', id: unit.id },
          `It makes “${this.#keyOf(id)}”, which is left out.`,
        );
    }
    for (const id of this.#units)
      for (const output of outputsByUnit.get(id) ?? [])
        this.#followAsset(output, `“${document.units.get(id)?.name ?? id}” makes it, which is left out.`);
  }

  #spreadAlong({ from, to, kind }: Edge): void {
    const verb = kind === 'value' ? 'reads' : 'waits for';
    this.#followAsset(to, `It ${verb} “${this.#keyOf(from)}”, which is left out.`);
  }

  #spreadToChecks(): void {
    const { document, idByKey } = this.#graph;
    for (const check of document.checks.values()) {
      const reader = checkedAsset(check, this.#graph);
      const needed = [
        ...check.specs.flatMap(({ asset, additionalDeps = [] }) => [asset, ...additionalDeps]),
        ...checkInputs(check).map(({ key }) => key),
      ];
      for (const key of needed) {
        if (key === undefined) continue;
        const id = reader ? this.#graph.resolve(key, reader) : idByKey.get(key);
        if (id !== undefined && this.#assets.has(id))
          this.#follow(
            check.name,
            { kind: 'check', id: check.id },
            `It checks or reads “${this.#keyOf(id)}”, which is left out.`,
          );
      }
    }
  }
}

function addTo<T>(set: Set<T>, item: T): boolean {
  if (set.has(item)) return false;
  set.add(item);
  return true;
}

const without = <K, V>(map: ReadonlyMap<K, V>, gone: ReadonlySet<K>): ReadonlyMap<K, V> =>
  gone.size === 0 ? map : new Map([...map].filter(([key]) => !gone.has(key)));
