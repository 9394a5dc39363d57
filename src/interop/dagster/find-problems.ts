// What a Dagster project cannot say of a document, found before anything is written.

import type { Json, ProjectDocument } from '#model/document.ts';
import { type AssetGraph, cycleClosedBy } from '#model/graph.ts';
import { opOrder } from '#model/op-graph.ts';
import { resourceKeysOf } from '#model/resource-names.ts';
import { pythonName } from './python-names.ts';
import { fieldNames } from './write-config.ts';
import { schemaOf } from './write-resource.ts';

export interface ExportProblem {
  /** Of what: the key of an asset, the name of a unit, a check or a resource. */
  readonly subject: string;
  readonly message: string;
  /** True: that thing, and what hangs on it, cannot be exported. False: it can, with this difference. */
  readonly isFatal: boolean;
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

const fatal = (subject: string, message: string): ExportProblem => ({ subject, message, isFatal: true });
const different = (subject: string, message: string): ExportProblem => ({ subject, message, isFatal: false });

const inputProblems = ({ unresolved, document }: AssetGraph): ExportProblem[] =>
  unresolved.map(({ assetId, input, key }) =>
    fatal(
      document.assets.get(assetId)?.key ?? assetId,
      `Its input “${input}” reads “${key}”, which no asset has.`,
    ),
  );

function cycleProblems(graph: AssetGraph): ExportProblem[] {
  for (const { from, to, isInternal } of graph.edges) {
    if (isInternal) continue;
    const cycle = cycleClosedBy(graph, from, to);
    if (cycle) {
      const keys = cycle.map((id) => graph.document.assets.get(id)?.key ?? id);
      return [fatal(keys[0] ?? '', `It waits for itself: ${keys.join(' → ')}.`)];
    }
  }
  return [];
}

function unitProblems(document: ProjectDocument): ExportProblem[] {
  const problems: ExportProblem[] = [];
  for (const unit of document.units.values()) {
    if (unit.kind === 'graph') {
      const ordered = opOrder(unit);
      if (!ordered.ok) problems.push(fatal(unit.name, `Its ops cannot run: ${ordered.error.message}.`));
      if (unit.canSubset)
        problems.push(
          different(
            unit.name,
            'Dagster runs all ops of the graph, also when some of its assets are asked for.',
          ),
        );
    }
  }
  for (const asset of document.assets.values())
    if (asset.kind === 'observable' && asset.retryPolicy)
      problems.push(different(asset.key, 'Dagster has no retry policy for what is observed.'));
  return problems;
}

type Holder = readonly [subject: string, { readonly config?: Json; readonly configSchema?: Json }];

/** A check needs an asset, and a name of its own there. */
function checkProblems({ document, outputsByUnit }: AssetGraph): ExportProblem[] {
  const places = [
    ...[...document.assets.values()].flatMap((asset) =>
      'checks' in asset
        ? (asset.checks ?? []).map((spec) => ({ name: spec.name, asset: spec.asset ?? asset.key }))
        : [],
    ),
    ...[...document.units.values()].flatMap((unit) => {
      const outputs = outputsByUnit.get(unit.id) ?? [];
      const only = outputs.length === 1 ? document.assets.get(outputs[0]!)?.key : undefined;
      return (unit.checks ?? []).map((spec) => ({ name: spec.name, asset: spec.asset ?? only }));
    }),
    ...[...document.checks.values()].flatMap(({ specs }) =>
      specs.map(({ name, asset }) => ({ name, asset })),
    ),
  ];
  const seen = new Set<string>();
  return places.flatMap(({ name, asset }) => {
    if (asset === undefined) return [fatal(name, 'This check names no asset.')];
    const place = `${asset}\u0000${name}`;
    if (seen.has(place)) return [fatal(asset, `It has two checks called “${name}”.`)];
    seen.add(place);
    return [];
  });
}

interface Asker {
  readonly subject: string;
  readonly asker: { readonly body: string; readonly resources?: readonly string[] };
}

function resourceProblems({ assets, units, checks, resources }: ProjectDocument): ExportProblem[] {
  const askers: readonly Asker[] = [
    ...[...assets.values()].flatMap((asset) =>
      'body' in asset ? [{ subject: asset.key, asker: asset }] : [],
    ),
    ...[...units.values()].flatMap((unit) =>
      unit.kind === 'graph'
        ? unit.ops.map((op): Asker => ({ subject: `${unit.name}.${op.name}`, asker: op }))
        : [{ subject: unit.name, asker: unit } as Asker],
    ),
    ...[...checks.values()].map((check) => ({ subject: check.name, asker: check })),
  ];
  return askers.flatMap(({ subject, asker }) =>
    resourceKeysOf(asker)
      .filter((key) => !resources.has(key))
      .map((key) => fatal(subject, `It asks for the resource “${key}”, which the project does not have.`)),
  );
}

// Pydantic has no field by these names, and Node is given the names of the TypeScript class.
function fieldProblems({ assets, units, checks, resources }: ProjectDocument): ExportProblem[] {
  const holders: readonly Holder[] = [
    ...[...assets.values()].flatMap((asset) =>
      asset.kind === 'asset' || asset.kind === 'observable' ? [[asset.key, asset] as const] : [],
    ),
    ...[...units.values()].flatMap((unit) =>
      unit.kind === 'graph'
        ? unit.ops.map((op): Holder => [`${unit.name}.${op.name}`, op])
        : [[unit.name, unit] as Holder],
    ),
    ...[...checks.values()].map((check) => [check.name, check] as const),
    ...[...resources.values()].map((resource) => [resource.key, schemaOf(resource)] as const),
  ];
  return holders.flatMap(([subject, { config, configSchema }]) =>
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
      .map((name) => fatal(subject, `Python has no field called “${name}”; give the field another name.`)),
  );
}

function managerProblems({ assets, resources }: ProjectDocument): ExportProblem[] {
  const problems: ExportProblem[] = [];
  for (const { key, kind } of resources.values())
    if (kind === 'ioManager')
      problems.push(
        different(
          key,
          'Its code runs around each step; the files that it writes stay in that step, and the value lies in the storage of the project.',
        ),
      );
  for (const { key, ioManager } of assets.values())
    if (ioManager === 'memory' && !resources.has('memory'))
      problems.push(
        different(key, 'It is kept in the storage of the project: steps of Dagster share no memory.'),
      );
  return problems;
}
