// What a Dagster project cannot say of a document, found before anything is written.

import { orderOwners } from '#engine/plan-owners.ts';
import type { Asset, Check, Json, OpNode, ProjectDocument, Resource, Unit } from '#model/document.ts';
import { type AssetGraph, topologicalOrder } from '#model/graph.ts';
import type { AssetId, CheckId, UnitId } from '#model/ids.ts';
import { ioManagerOf } from '#model/io-manager-of.ts';
import { opOrder } from '#model/op-graph.ts';
import { resourceKeysOf } from '#model/resource-names.ts';
import { pythonName } from './python-names.ts';
import { fieldNames } from './write-config.ts';
import { schemaOf } from './write-resource.ts';

/** What a problem is about, in the document. */
export type ExportPlace =
  | { readonly kind: 'asset'; readonly id: AssetId }
  | { readonly kind: 'unit'; readonly id: UnitId }
  | { readonly kind: 'check'; readonly id: CheckId }
  | { readonly kind: 'resource'; readonly key: string };

export interface ExportProblem {
  /** Of what: the key of an asset, the name of a unit, a check or a resource. */
  readonly subject: string;
  readonly message: string;
  /** True: that thing, and what hangs on it, cannot be exported. False: it can, with this difference. */
  readonly isFatal: boolean;
  readonly place: ExportPlace;
}

export function findProblems(graph: AssetGraph): readonly ExportProblem[] {
  const { document } = graph;
  return [
    ...inputProblems(graph),
    ...cycleProblems(graph),
    ...unitProblems(document),
    ...fieldProblems(document),
    ...managerProblems(document),
    ...resourceProblems(document),
    ...checkProblems(graph),
  ];
}

type Told = Pick<ExportProblem, 'subject' | 'place'>;

const fatal = ({ subject, place }: Told, message: string): ExportProblem => ({
  subject,
  message,
  isFatal: true,
  place,
});
const different = ({ subject, place }: Told, message: string): ExportProblem => ({
  subject,
  message,
  isFatal: false,
  place,
});

const ofAsset = ({ key, id }: Pick<Asset, 'key' | 'id'>): Told => ({
  subject: key,
  place: { kind: 'asset', id },
});
const ofUnit = ({ name, id }: Pick<Unit, 'name' | 'id'>): Told => ({
  subject: name,
  place: { kind: 'unit', id },
});
const ofOp = (unit: Unit, { name }: Pick<OpNode, 'name'>): Told => ({
  ...ofUnit(unit),
  subject: `${unit.name}.${name}`,
});
const ofCheck = ({ name, id }: Pick<Check, 'name' | 'id'>): Told => ({
  subject: name,
  place: { kind: 'check', id },
});
const ofResource = ({ key }: Pick<Resource, 'key'>): Told => ({
  subject: key,
  place: { kind: 'resource', key },
});

const inputProblems = ({ unresolved, document }: AssetGraph): ExportProblem[] =>
  unresolved.map(({ assetId, input, key }) =>
    fatal(ofAsset(document.assets.get(assetId)!), `Its input “${input}” reads “${key}”, which no asset has.`),
  );

function cycleProblems(graph: AssetGraph): ExportProblem[] {
  const { document } = graph;
  const sorted = topologicalOrder(graph);
  if (sorted.type === 'CycleFound') {
    const cycle = sorted.path.map((id) => document.assets.get(id)!);
    const [first, ...others] = cycle;
    const path = [first, ...others, first].map((asset) => asset?.key);
    return first ? [fatal(ofAsset(first), `It waits for itself: ${path.join(' → ')}.`)] : [];
  }
  // Assets in order may still be made by steps that wait for each other.
  const { problem } = orderOwners({
    graph,
    assets: sorted.order.filter((id) => document.assets.get(id)?.kind !== 'external'),
    checks: new Set(document.checks.keys()),
    unitsToCheck: new Set(),
  });
  if (problem?.type !== 'CycleFound') return [];
  const steps = problem.path.join(', ');
  return [
    fatal(
      ofAsset(document.assets.get(problem.assetId)!),
      `It waits for itself: of ${steps}, some are made by one body that reads what is made from others of them.`,
    ),
  ];
}

function unitProblems(document: ProjectDocument): ExportProblem[] {
  const problems: ExportProblem[] = [];
  for (const unit of document.units.values()) {
    if (unit.kind === 'graph') {
      const ordered = opOrder(unit);
      if (!ordered.ok) problems.push(fatal(ofUnit(unit), `Its ops cannot run: ${ordered.error.message}.`));
      if (unit.canSubset)
        problems.push(
          different(
            ofUnit(unit),
            'Dagster runs all ops of the graph, also when some of its assets are asked for.',
          ),
        );
    }
  }
  for (const asset of document.assets.values())
    if (asset.kind === 'observable' && asset.retryPolicy)
      problems.push(different(ofAsset(asset), 'Dagster has no retry policy for what is observed.'));
  return problems;
}

/** A check needs an asset, and a name of its own there. */
function checkProblems({ document, outputsByUnit }: AssetGraph): ExportProblem[] {
  const places = [
    ...[...document.assets.values()].flatMap((asset) =>
      'checks' in asset
        ? (asset.checks ?? []).map((spec) => ({
            name: spec.name,
            asset: spec.asset ?? asset.key,
            holder: ofAsset(asset),
          }))
        : [],
    ),
    ...[...document.units.values()].flatMap((unit) => {
      const outputs = outputsByUnit.get(unit.id) ?? [];
      const only = outputs.length === 1 ? document.assets.get(outputs[0]!)?.key : undefined;
      return (unit.checks ?? []).map((spec) => ({
        name: spec.name,
        asset: spec.asset ?? only,
        holder: ofUnit(unit),
      }));
    }),
    ...[...document.checks.values()].flatMap((check) =>
      check.specs.map(({ name, asset }) => ({ name, asset, holder: ofCheck(check) })),
    ),
  ];
  const seen = new Set<string>();
  return places.flatMap(({ name, asset, holder: { place } }) => {
    if (asset === undefined) return [fatal({ subject: name, place }, 'This check names no asset.')];
    const known = `${asset}\u0000${name}`;
    if (seen.has(known)) return [fatal({ subject: asset, place }, `It has two checks called “${name}”.`)];
    seen.add(known);
    return [];
  });
}

type Asker = readonly [Told, { readonly body: string; readonly resources?: readonly string[] }];

/** Everything with a body that may ask for resources. */
export const resourceAskers = ({ assets, units, checks }: ProjectDocument): readonly Asker[] => [
  ...[...assets.values()].flatMap((asset): Asker[] => ('body' in asset ? [[ofAsset(asset), asset]] : [])),
  ...[...units.values()].flatMap((unit): Asker[] =>
    unit.kind === 'graph' ? unit.ops.map((op): Asker => [ofOp(unit, op), op]) : [[ofUnit(unit), unit]],
  ),
  ...[...checks.values()].map((check): Asker => [ofCheck(check), check]),
];

const resourceProblems = (document: ProjectDocument): ExportProblem[] =>
  resourceAskers(document).flatMap(([told, asker]) =>
    resourceKeysOf(asker)
      .filter((key) => !document.resources.has(key))
      .map((key) => fatal(told, `It asks for the resource “${key}”, which the project does not have.`)),
  );

type Holder = readonly [Told, { readonly config?: Json; readonly configSchema?: Json }];

// Pydantic has no field by these names, and Node is given the names of the TypeScript class.
function fieldProblems({ assets, units, checks, resources, modules }: ProjectDocument): ExportProblem[] {
  const holders: readonly Holder[] = [
    ...[...assets.values()].flatMap((asset): Holder[] =>
      asset.kind === 'asset' || asset.kind === 'observable' ? [[ofAsset(asset), asset]] : [],
    ),
    ...[...units.values()].flatMap((unit): Holder[] =>
      unit.kind === 'graph' ? unit.ops.map((op): Holder => [ofOp(unit, op), op]) : [[ofUnit(unit), unit]],
    ),
    ...[...checks.values()].map((check): Holder => [ofCheck(check), check]),
    ...[...resources.values()].map((resource): Holder => [ofResource(resource), schemaOf(resource, modules)]),
  ];
  return holders.flatMap(([told, { config, configSchema }]) =>
    fieldNames({
      ...(config === undefined ? {} : { config }),
      ...(configSchema === undefined ? {} : { configSchema }),
    })
      .filter(
        (name) =>
          pythonName(name) !== name ||
          name.startsWith('_') ||
          /^(model_|schema$|copy$|json$|dict$)/.test(name),
      )
      .map((name) => fatal(told, `Python has no field called “${name}”; give the field another name.`)),
  );
}

function managerProblems(document: ProjectDocument): ExportProblem[] {
  const { assets, units, resources } = document;
  const problems: ExportProblem[] = [];
  for (const resource of resources.values())
    if (resource.kind === 'ioManager')
      problems.push(
        different(
          ofResource(resource),
          'Its code runs around each step; the files that it writes stay in that step, and the value lies in the storage of the project.',
        ),
      );
  for (const asset of assets.values()) {
    const isOfGraph = asset.kind === 'output' && units.get(asset.unit)?.kind === 'graph';
    const manager = isOfGraph ? ioManagerOf(asset, document) : undefined;
    if (manager !== undefined && resources.has(manager))
      problems.push(
        different(
          ofAsset(asset),
          `A graph of ops makes it, so the IO manager “${manager}” does not run there: it is kept in the storage of the project.`,
        ),
      );
    if (asset.ioManager === 'memory' && !resources.has('memory'))
      problems.push(
        different(
          ofAsset(asset),
          'It is kept in the storage of the project: steps of Dagster share no memory.',
        ),
      );
  }
  return problems;
}
