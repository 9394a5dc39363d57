// Definitions as a project document, so that one model, one planner and one engine serve both. Ids are keys.

import type {
  Asset,
  Check,
  CheckSpecData,
  DataFile,
  Json,
  ProjectDocument,
  RetryPolicyData,
  Unit,
} from '#model/document.ts';
import { emptyDocument } from '#model/document.ts';
import { buildGraph } from '#model/graph.ts';
import type { GraphProblem } from '#model/graph-problem.ts';
import { asAssetId, asCheckId, asUnitId } from '#model/ids.ts';
import { validateDocument } from '#model/validate.ts';
import { AssetIn, type AssetSpec, ioManagerMetadata } from './asset-spec.ts';
import {
  type AssetsDefinition,
  type BodyRecord,
  type DefinedOutput,
  isAssetsDefinition,
} from './assets-definition.ts';
import { type AssetChecksDefinition, isChecksDefinition } from './check.ts';
import type { AssetCheckSpec } from './check-spec.ts';
import { SourceAsset } from './external-assets.ts';
import { isIOManager } from './io-manager.ts';
import { coerceMetadata, type RawMetadata } from './metadata.ts';

/** What `assets` and `assetChecks` of definitions may hold. */
export type Definable = AssetsDefinition | AssetSpec | SourceAsset | AssetChecksDefinition;

/** What there is under a file asset's path; undefined when there is nothing. */
export type DescribeFile = (file: Pick<DataFile, 'path' | 'format'>) => DataFile | undefined;

export interface DefinitionsDocument {
  readonly document: ProjectDocument;
  readonly problems: readonly GraphProblem[];
  /** By step key, what runs; mapped steps have the key of their op. */
  readonly bodies: ReadonlyMap<string, BodyRecord>;
}

/**
 * The document that definitions state, with every problem. The first of two equal keys stands. `resources` are there
 * by key; an `io_manager` among them keeps what names no other. Without `describeFile` file assets have no files.
 */
export function toDocument(
  definitions: readonly Definable[],
  resources: Readonly<Record<string, unknown>> = {},
  describeFile?: DescribeFile,
): DefinitionsDocument {
  const writer = new DocumentWriter(resources, describeFile);
  for (const definition of new Set(definitions)) writer.add(definition);
  const { document, duplicates, bodies } = writer;
  return { document, bodies, problems: [...duplicates, ...validateDocument(document, buildGraph(document))] };
}

class DocumentWriter {
  readonly bodies = new Map<string, BodyRecord>();
  readonly duplicates: GraphProblem[] = [];
  readonly #describe: DescribeFile | undefined;
  readonly #files = new Map<string, DataFile>();
  readonly #resources: Readonly<Record<string, unknown>>;
  readonly #assets = new Map<Asset['id'], Asset>();
  readonly #units = new Map<Unit['id'], Unit>();
  readonly #checks = new Map<Check['id'], Check>();

  constructor(resources: Readonly<Record<string, unknown>>, describe: DescribeFile | undefined) {
    this.#resources = resources;
    this.#describe = describe;
  }

  get document(): ProjectDocument {
    return {
      ...emptyDocument('definitions'),
      assets: this.#assets,
      files: this.#files,
      units: this.#units,
      checks: this.#checks,
      resources: new Map(
        Object.entries(this.#resources).map(([key, value]) => [
          key,
          { key, kind: isIOManager(value) ? ('ioManager' as const) : ('resource' as const), body: '' },
        ]),
      ),
    };
  }

  add(definition: Definable): void {
    if (isChecksDefinition(definition)) return this.#addChecks(definition);
    if (isAssetsDefinition(definition)) return this.#addAssets(definition);
    if (definition instanceof SourceAsset)
      return this.#put({
        ...baseOf(definition.spec, definition.ioManagerKey),
        kind: 'external',
      });
    this.#put({ ...baseOf(definition, undefined), kind: 'external' });
  }

  #put(asset: Asset): void {
    if (this.#assets.has(asset.id))
      this.duplicates.push({ type: 'DuplicateKey', assetId: asset.id, key: asset.key });
    else this.#assets.set(asset.id, asset);
  }

  #body(stepKey: string, body: BodyRecord): void {
    this.bodies.set(stepKey, body);
  }

  #addAssets({ record }: AssetsDefinition): void {
    if (!('name' in record) && 'body' in record) {
      const [output] = record.outputs;
      const base = baseOf(output.spec, output.ioManagerKey);
      this.#body(`asset:${base.key}`, record.body);
      const { isRequired } = output;
      return this.#put(
        record.kind === 'observable'
          ? { ...base, ...bodyFields(record.body), kind: 'observable' }
          : { ...base, ...bodyFields(record.body), kind: 'asset', ...(isRequired ? {} : { isRequired }) },
      );
    }
    if (!('name' in record)) {
      const [output] = record.outputs;
      const file = this.#describe?.(record.file);
      if (file) this.#files.set(file.path, file);
      return this.#put({
        ...baseOf(output.spec, output.ioManagerKey),
        kind: 'file',
        path: record.file.path,
        ...(record.schema === undefined ? {} : { schema: record.schema }),
        ...(record.csv === undefined ? {} : { csv: record.csv }),
        ...(record.badRows === undefined ? {} : { badRows: record.badRows }),
      });
    }
    const id = asUnitId(freeName(record.name, this.#units));
    const common = {
      id,
      name: record.name,
      position: origin,
      ...(record.canSubset ? { canSubset: true } : {}),
    };
    if (record.kind === 'graph') {
      const checks = checkData(record.options.checkSpecs);
      this.#units.set(id, {
        ...common,
        kind: 'graph',
        ops: record.graph.ops,
        results: record.graph.results,
        ...insOf(record.ins),
        ...(checks.length > 0 ? { checks } : {}),
      });
      for (const [op, body] of record.bodies)
        this.#body(`op:${id}:${op}`, {
          ...body,
          options: { ...body.options, ...hooksOf(record.options, body) },
        });
    } else {
      this.#units.set(id, {
        ...common,
        ...bodyFields(record.body),
        kind: record.kind,
        ...(record.internalDeps === undefined ? {} : { internalDeps: record.internalDeps }),
      });
      this.#body(`unit:${id}`, record.body);
    }
    for (const output of record.outputs) this.#put(outputAsset(output, id));
  }

  #addChecks(definition: AssetChecksDefinition): void {
    const [first] = definition.specs;
    const id = asCheckId(freeName(`${first!.assetKey.toString()}:${definition.checkName}`, this.#checks));
    const { checks: _checks, ...fields } = bodyFields(definition.body);
    this.#checks.set(id, {
      ...fields,
      id,
      name: definition.checkName,
      specs: definition.specs.map((spec) => ({ ...checkSpecData(spec), asset: spec.assetKey.toString() })),
      ...(definition.canSubset ? { canSubset: true } : {}),
    });
    this.#body(`check:${id}`, definition.body);
  }
}

const origin = { x: 0, y: 0 };

const hooksOf = (of: { readonly hooks?: BodyRecord['options']['hooks'] }, body: BodyRecord) => {
  const hooks = [...(of.hooks ?? []), ...(body.options.hooks ?? [])];
  return hooks.length > 0 ? { hooks } : {};
};

/** A name that is not taken; two units may have one name, and each keeps its own id. */
function freeName(name: string, taken: ReadonlyMap<string, unknown>): string {
  let free = name;
  for (let i = 2; taken.has(free); i++) free = `${name}~${i}`;
  return free;
}

function outputAsset(
  { name, spec, isRequired, isImplicit, ioManagerKey }: DefinedOutput,
  unit: Unit['id'],
): Asset {
  return {
    ...baseOf(spec, ioManagerKey),
    kind: 'output',
    unit,
    output: name,
    ...(isRequired ? {} : { isRequired }),
    ...(isImplicit ? { isImplicit } : {}),
  };
}

function baseOf(spec: AssetSpec, ioManagerKey: string | undefined) {
  const key = spec.key.toString();
  const metadata = plainMetadata(spec.metadata);
  const stated = spec.metadata?.[ioManagerMetadata];
  const ioManager = ioManagerKey ?? (typeof stated === 'string' ? stated : undefined);
  return {
    id: asAssetId(key),
    key,
    position: origin,
    ...(spec.deps.length > 0 ? { deps: spec.deps } : {}),
    ...(spec.groupName === undefined ? {} : { group: spec.groupName }),
    ...(spec.description === undefined ? {} : { description: spec.description }),
    ...(spec.codeVersion === undefined ? {} : { codeVersion: spec.codeVersion }),
    ...(spec.owners.length > 0 ? { owners: spec.owners } : {}),
    ...(spec.kinds.length > 0 ? { kinds: spec.kinds } : {}),
    ...(Object.keys(spec.tags).length > 0 ? { tags: spec.tags } : {}),
    ...(metadata === undefined ? {} : { metadata }),
    ...(ioManager === undefined ? {} : { ioManager }),
  };
}

function plainMetadata(raw: RawMetadata | undefined): Readonly<Record<string, Json>> | undefined {
  const metadata = coerceMetadata(raw);
  return (
    metadata &&
    (Object.fromEntries(Object.entries(metadata).map(([name, { value }]) => [name, value])) as Record<
      string,
      Json
    >)
  );
}

function insOf(ins: Readonly<Record<string, AssetIn>>): { readonly ins?: Readonly<Record<string, string>> } {
  const entries = Object.entries(ins).map(([name, input]) => [name, AssetIn.keyFor(input, name)] as const);
  return entries.length > 0 ? { ins: Object.fromEntries(entries) } : {};
}

function bodyFields(body: BodyRecord) {
  const { retryPolicy, timeoutSeconds, checkSpecs, requiredResourceKeys } = body.options;
  const checks = checkData(checkSpecs);
  return {
    body: body.text,
    ...insOf(body.ins),
    ...(retryPolicy === undefined ? {} : { retryPolicy: { ...retryPolicy } satisfies RetryPolicyData }),
    ...(timeoutSeconds === undefined ? {} : { timeoutSeconds }),
    // Always: a function's text does not say what it is given.
    resources: requiredResourceKeys ?? [],
    ...(checks.length > 0 ? { checks } : {}),
  };
}

const checkData = (specs: readonly AssetCheckSpec[] | undefined): CheckSpecData[] =>
  (specs ?? []).map((spec) => ({ ...checkSpecData(spec), asset: spec.assetKey.toString() }));

function checkSpecData(spec: AssetCheckSpec): CheckSpecData {
  const metadata = plainMetadata(spec.metadata);
  return {
    name: spec.name,
    ...(spec.description === undefined ? {} : { description: spec.description }),
    ...(spec.blocking ? { blocking: true } : {}),
    ...(spec.additionalDeps.length > 0 ? { additionalDeps: spec.additionalDeps } : {}),
    ...(metadata === undefined ? {} : { metadata }),
  };
}
