// A document as the files of a Dagster project: Python for what Dagster has to know, and the TypeScript project that
// does the work.

import { err, ok, type Result } from '#base/result.ts';
import type { DataFile, OutputAsset, ProjectDocument } from '#model/document.ts';
import { type AssetGraph, buildGraph } from '#model/graph.ts';
import { fileNames } from '../typescript/file-names.ts';
import type { FileSubject, ProjectFile } from '../typescript/project-files.ts';
import { packageFiles } from '../typescript/write-package.ts';
import { writeProject } from '../typescript/write-project.ts';
import { writeTypes } from '../typescript/write-types.ts';
import { type ExecutorName, executors } from './executors.ts';
import { type ExportProblem, findProblems } from './find-problems.ts';
import { leaveOutProblems } from './leave-out.ts';
import { Call, Dict, Name, type Python, printPython } from './python.ts';
import { keyName, packageName, uniqueNames } from './python-names.ts';
import { jsonValuesModule, pipesModule } from './runtime-node.ts';
import { runtimePython } from './runtime-python.ts';
import { stepModule } from './runtime-step.ts';
import { valuesPython } from './runtime-values.ts';
import { writeAsset, writeExternal, writeFileAsset, writeObservable } from './write-asset.ts';
import { writeCheck } from './write-check.ts';
import { writeGraph } from './write-graph.ts';
import { dagsterPackageFiles } from './write-package.ts';
import { writeResources } from './write-resource.ts';
import { writeMultiAsset } from './write-unit.ts';

export interface DagsterProject {
  /** By path. */
  readonly files: readonly ProjectFile[];
  /** Data files with the places where their bytes belong. */
  readonly data: readonly { readonly path: string; readonly file: DataFile }[];
  /** Where the SDK belongs. */
  readonly vendor: string;
  /** What will be different in Dagster. */
  readonly notes: readonly ExportProblem[];
  /** What is not in it, and why; nothing unless `isPartial` was asked for. */
  readonly leftOut: readonly ExportProblem[];
  /** Where in the Python each definition stands. */
  readonly places: readonly DagsterPlace[];
}

export interface DagsterPlace {
  readonly subject: FileSubject;
  readonly path: string;
  /** Lines, from 1, both included. */
  readonly from: number;
  readonly to: number;
  /** What `definitions.py` calls it. */
  readonly listed: string;
}

export interface DagsterOptions {
  readonly executor?: ExecutorName;
  /** Leaves out what Dagster cannot have, and what hangs on it, instead of refusing. */
  readonly isPartial?: boolean;
}

/** The files of the project, or why there can be none; nothing is written half unless that is asked for. */
export function writeDagsterProject(
  whole: ProjectDocument,
  { executor = 'multiprocess', isPartial = false }: DagsterOptions = {},
): Result<DagsterProject, readonly ExportProblem[]> {
  const { document, leftOut } = isPartial ? leaveOutProblems(whole) : { document: whole, leftOut: [] };
  const graph = buildGraph(document);
  const problems = findProblems(graph);
  if (problems.some(({ isFatal }) => isFatal)) return err(problems);
  const name = packageName(document.info.name);
  const inner = `${name}/typescript`;
  const typescript = writeProject(document);
  const carried = [...packageFiles(document), ...writeTypes(document, graph)].filter(
    ({ path }) => path !== '.gitignore' && path !== 'README.md',
  );
  const modules = groupModules(graph, executor);
  const resources = writeResources(document);
  const files: ProjectFile[] = [
    ...dagsterPackageFiles(document, name, executor),
    { path: `${name}/__init__.py`, text: '' },
    { path: `${name}/headwater.py`, text: runtimePython },
    { path: `${name}/values.py`, text: valuesPython },
    ...(resources.classes === ''
      ? []
      : [{ path: `${name}/resources.py`, text: `${moduleHead(resources.classes)}\n\n${resources.classes}` }]),
    { path: `${name}/assets/__init__.py`, text: '' },
    ...modules.map(({ module, text }) => ({ path: `${name}/assets/${module}.py`, text })),
    { path: `${name}/definitions.py`, text: definitionsText(graph, modules, resources, executor) },
    ...[
      ...typescript.files,
      ...carried,
      { path: 'run-step.mjs', text: stepModule },
      { path: 'pipes.mjs', text: pipesModule },
      { path: 'json-values.mjs', text: jsonValuesModule },
    ].map((file) => ({ ...file, path: `${inner}/${file.path}` })),
  ];
  return ok({
    files: files.sort((a, b) => (a.path < b.path ? -1 : 1)),
    data: typescript.data.map(({ path, file }) => ({ path: `${inner}/${path}`, file })),
    vendor: `${inner}/vendor/headwater`,
    notes: problems,
    leftOut,
    places: modules.flatMap(({ module, places }) =>
      places.map((place) => ({ ...place, path: `${name}/assets/${module}.py` })),
    ),
  });
}

interface GroupModule {
  readonly module: string;
  /** What `definitions.py` calls it. */
  readonly alias: string;
  readonly text: string;
  readonly assets: readonly string[];
  readonly checks: readonly string[];
  readonly places: readonly Omit<DagsterPlace, 'path'>[];
}

interface Definition {
  readonly subject: FileSubject;
  readonly group: string;
  readonly name: string;
  readonly text: string;
  readonly isCheck?: true;
}

// Everything of one group in one module: its assets, what makes them, and their checks.
function groupModules(graph: AssetGraph, executor: ExecutorName): readonly GroupModule[] {
  const moduleName = uniqueNames();
  const aliasName = uniqueNames(['dg', 'storage', 'defs', ...(executors[executor].setup?.names ?? [])]);
  const byGroup = new Map<string, Definition[]>();
  for (const definition of definitionsOf(graph)) {
    const list = byGroup.get(definition.group);
    if (list) list.push(definition);
    else byGroup.set(definition.group, [definition]);
  }
  return [...byGroup]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([group, definitions]) => {
      const body = definitions.map(({ text }) => text).join('\n\n');
      const head = `${moduleHead(body)}\n\n`;
      const module = moduleName(group);
      const alias = aliasName(module);
      let line = linesIn(head) + 1;
      return {
        module,
        alias,
        text: `${head}${body}`,
        assets: definitions.flatMap(({ name, isCheck }) => (isCheck ? [] : [name])),
        checks: definitions.flatMap(({ name, isCheck }) => (isCheck ? [name] : [])),
        places: definitions.map(({ subject, name, text }) => {
          const from = line;
          line += linesIn(text) + 2;
          return { subject, from, to: line - 3, listed: `${alias}.${name}` };
        }),
      };
    });
}

const linesIn = (text: string): number => text.split('\n').length - 1;

function definitionsOf(graph: AssetGraph): readonly Definition[] {
  const { document } = graph;
  const names = fileNames(document);
  // Ops are called "graph__op", which no asset may take from them.
  const nameOf = uniqueNames([
    ...[...document.units.values()].flatMap((unit) =>
      unit.kind === 'graph' ? unit.ops.map((op) => `${unit.name}__${op.name}`) : [],
    ),
    ...importable.flatMap(([, found]) => found),
    'dg',
    'Any',
    'Optional',
    'Field',
  ]);
  const groupOf = (key: string | undefined): string => {
    const id = key === undefined ? undefined : graph.idByKey.get(key);
    return (id === undefined ? undefined : document.assets.get(id)?.group) ?? 'default';
  };
  const assets = names.order.assets.map((asset): Definition => {
    const name = nameOf(keyName(asset.key));
    const own = {
      subject: { type: 'asset', id: asset.id },
      group: asset.group ?? 'default',
      name,
    } as const;
    if (asset.kind === 'asset') return { ...own, text: writeAsset(asset, graph, name) };
    if (asset.kind === 'observable') return { ...own, text: writeObservable(asset, graph, name) };
    if (asset.kind === 'file') return { ...own, text: writeFileAsset(asset, graph, name) };
    return {
      ...own,
      text: `${name} = ${printPython(writeExternal(asset, graph), 0, name.length + 3)}\n`,
    };
  });
  const units = names.order.units.map((unit): Definition => {
    const outputs: readonly OutputAsset[] = names.outputs.get(unit.id) ?? [];
    const name = nameOf(unit.name);
    const text =
      unit.kind === 'graph'
        ? writeGraph(unit, outputs, graph, name, (op) => names.opPath(unit, op))
        : writeMultiAsset(unit, outputs, graph, name);
    return { subject: { type: 'unit', id: unit.id }, group: outputs[0]?.group ?? 'default', name, text };
  });
  const checks = names.order.checks.map((check): Definition => {
    const asset = check.specs[0]?.asset;
    const name = nameOf(asset === undefined ? check.name : `${keyName(asset)}__${check.name}`);
    return {
      subject: { type: 'check', id: check.id },
      group: groupOf(asset),
      name,
      text: writeCheck(check, graph, name),
      isCheck: true,
    };
  });
  return [...assets, ...units, ...checks];
}

const importable: readonly (readonly [from: string, names: readonly string[]])[] = [
  ['typing', ['Any', 'Optional']],
  ['pydantic', ['Field']],
];
const runtimeNames = [
  'HeadwaterStorage',
  'Input',
  'TypeScriptValue',
  'check_typescript',
  'observe_typescript',
  'run_typescript',
  'run_typescript_op',
];

/** The imports of what a module's text names. */
function moduleHead(body: string): string {
  const used = (names: readonly string[]) => names.filter((name) => new RegExp(`\\b${name}\\b`).test(body));
  const line = (from: string, names: readonly string[]) =>
    names.length === 0 ? '' : `from ${from} import ${names.join(', ')}\n`;
  const [typing, pydantic] = importable.map(([from, names]) => line(from, used(names)));
  const runtime = used(runtimeNames);
  const dots = /\(HeadwaterStorage\):/.test(body) ? '.headwater' : '..headwater';
  return `${typing ? `${typing}\n` : ''}import dagster as dg\n${pydantic ?? ''}${runtime.length > 0 ? `\n${line(dots, runtime)}` : ''}`;
}

function definitionsText(
  { document }: AssetGraph,
  modules: readonly GroupModule[],
  resources: ReturnType<typeof writeResources>,
  executor: ExecutorName,
): string {
  const chosen = executors[executor];
  const list = (pick: (module: GroupModule) => readonly string[]): Python[] =>
    modules.flatMap((module) => pick(module).map((name) => new Name(`${module.alias}.${name}`)));
  const instances: (readonly [string, Python])[] = [...resources.instances];
  if (!document.resources.has('io_manager'))
    instances.unshift(['io_manager', new Call('HeadwaterStorage', { base_path: new Name('storage') })]);
  const checks = list(({ checks: own }) => own);
  const made = new Call('dg.Definitions', {
    assets: list(({ assets }) => assets),
    asset_checks: checks.length > 0 ? checks : undefined,
    resources: new Dict(instances),
    executor: chosen.code,
  });
  const imports = modules.map(({ module, alias }) => (module === alias ? module : `${module} as ${alias}`));
  const own = [
    ...(imports.length === 0 ? [] : [`from .assets import ${imports.join(', ')}\n`]),
    'from .headwater import HeadwaterStorage, storage_path\n',
    ...(resources.imports.length === 0 ? [] : [`from .resources import ${resources.imports.join(', ')}\n`]),
  ];
  const body = own.join('');
  const text = document.resources.has('io_manager')
    ? body.replace('import HeadwaterStorage, storage_path', 'import storage_path')
    : body;
  return `${chosen.setup ? `import ${chosen.setup.imports}\n\n` : ''}import dagster as dg
${chosen.module === undefined ? '' : `import ${chosen.module}\n`}
${text}
storage = storage_path()
${chosen.setup ? `\n${chosen.setup.text}` : ''}
defs = ${printPython(made, 0, 7)}
`;
}
