// Makes a case's definitions with `headwater`. The counterpart of case_definitions.py.

import {
  AssetCheckSpec,
  AssetIn,
  AssetOut,
  AssetSpec,
  asset,
  assetCheck,
  ConfigurableIOManager,
  ConfigurableResource,
  EnvVar,
  failureHook,
  graphAsset,
  graphMultiAsset,
  type InputContext,
  multiAsset,
  multiAssetCheck,
  multiObservableSourceAsset,
  type OutputContext,
  observableSourceAsset,
  op,
  RetryPolicy,
  SourceAsset,
  successHook,
} from 'headwater';
import { z } from 'zod';
import type {
  CaseOf,
  CheckSpecCase,
  DefinitionCase,
  Fields,
  Ins,
  OpCase,
  OutCase,
  ResourceCase,
  SpecCase,
} from './case-format.ts';
import { bodyFunction, CaseError, given, metadataOf, type World } from './run-program.ts';

type Hooks = Readonly<Record<string, { on: 'success' | 'failure'; raise?: string | undefined }>>;

/** Makes definitions for one run of a case. */
export function createMaker(world: World, hooks: Hooks) {
  const madeHooks = new Map(
    Object.entries(hooks).map(([name, { on, raise }]) => [
      name,
      (on === 'success' ? successHook : failureHook)({ name }, (context) => {
        world.note(`hook:${name}`, `${on} ${context.stepKey}`);
        if (raise !== undefined) throw new CaseError(raise);
      }),
    ]),
  );
  const hooksOf = (names: readonly string[] | undefined) => names?.map((name) => madeHooks.get(name)!);
  const body = (item: { name: string; inputs?: string[] | undefined; body?: CaseOf<'asset'>['body'] }) =>
    bodyFunction(world, item.name, item.inputs ?? [], item.body ?? [], 'destructured');

  function makeAsset(item: CaseOf<'asset'>) {
    return asset(
      given({
        ...nameOf(item),
        ...describedOf(item),
        ...codedOf(item),
        ins: insOf(item.ins),
        deps: item.deps,
        ioManagerKey: item.ioManager,
        checkSpecs: item.checkSpecs?.map(checkSpecOf),
        outputRequired: item.outputRequired,
        hooks: hooksOf(item.hooks),
        resourceDefs: item.ownResources && resourcesOf(world, item.ownResources),
      }),
      body(item),
    );
  }

  function makeMultiAsset(item: CaseOf<'multiAsset'>) {
    return multiAsset(
      given({
        name: item.name,
        outs: item.outs && outsOf(item.outs),
        specs: item.specs?.map(specOf),
        ...codedOf(item),
        ins: insOf(item.ins),
        deps: item.deps,
        canSubset: item.canSubset,
        internalAssetDeps: item.internalDeps,
        groupName: item.group,
        codeVersion: item.codeVersion,
        checkSpecs: item.checkSpecs?.map(checkSpecOf),
        hooks: hooksOf(item.hooks),
      }),
      body(item),
    );
  }

  const makeOp = (item: OpCase) =>
    op(
      given({
        name: item.name,
        ...codedOf(item),
        outs: item.dynamic
          ? { result: { isDynamic: true } }
          : item.outs &&
            mapValues(item.outs, ({ isRequired, dynamic }) => given({ isRequired, isDynamic: dynamic })),
      }),
      bodyFunction(world, item.name, item.inputs ?? [], item.body ?? [], 'positional'),
    );

  /** A composing function whose text is straight-line calls, as the app reads it. */
  function composeOf(
    item: CaseOf<'graphAsset'> | CaseOf<'graphMultiAsset'>,
  ): (inputs: Record<string, never>) => unknown {
    const ops = Object.fromEntries(item.ops.map((each) => [each.name, makeOp(each)]));
    const lines = item.compose.map((line) => {
      if ('call' in line) return `const ${line.let} = ${line.call}(${(line.args ?? []).join(', ')});`;
      if ('map' in line) return `const ${line.let} = ${line.over}.map(${line.map});`;
      return `const ${line.let} = ${line.collect}.collect();`;
    });
    const result =
      typeof item.returns === 'string'
        ? item.returns
        : `{ ${Object.entries(item.returns)
            .map(([name, text]) => `${name}: ${text}`)
            .join(', ')} }`;
    const parameters = item.inputs ? `{ ${item.inputs.join(', ')} }` : '';
    const source = `return function ${item.name}(${parameters}) { ${lines.join(' ')} return ${result}; }`;
    return new Function(...Object.keys(ops), source)(...Object.values(ops)) as (
      inputs: Record<string, never>,
    ) => unknown;
  }

  return {
    make(item: DefinitionCase) {
      switch (item.kind) {
        case 'asset':
          return makeAsset(item);
        case 'multiAsset':
          return makeMultiAsset(item);
        case 'graphAsset':
          return graphAsset(
            given({
              ...nameOf(item),
              ...describedOf(item),
              ins: insOf(item.ins),
              hooks: hooksOf(item.hooks),
            }),
            composeOf(item),
          );
        case 'graphMultiAsset':
          return graphMultiAsset(
            given({
              name: item.name,
              outs: outsOf(item.outs),
              ins: insOf(item.ins),
              groupName: item.group,
              canSubset: item.canSubset,
            }),
            composeOf(item),
          );
        case 'external':
          return specOf(item);
        case 'sourceAsset':
          return new SourceAsset(
            given({
              key: item.key,
              groupName: item.group,
              metadata: item.metadata && metadataOf(item.metadata),
              ioManagerKey: item.ioManager,
              tags: item.tags,
            }),
          );
        case 'observable':
          return observableSourceAsset(
            given({
              ...nameOf(item),
              groupName: item.group,
              metadata: item.metadata && metadataOf(item.metadata),
              requiredResourceKeys: item.resources,
              tags: item.tags,
            }),
            body(item),
          );
        case 'multiObservable':
          return multiObservableSourceAsset(
            given({
              name: item.name,
              specs: item.specs.map(specOf),
              canSubset: item.canSubset,
              checkSpecs: item.checkSpecs?.map(checkSpecOf),
              groupName: item.group,
            }),
            body(item),
          );
        case 'check':
          return assetCheck(
            given({
              asset: item.asset,
              name: item.name,
              description: item.description,
              blocking: item.blocking,
              additionalDeps: item.additionalDeps,
              additionalIns: insOf(item.additionalIns),
              ...codedOf(item),
              metadata: item.metadata && metadataOf(item.metadata),
            }),
            body(item),
          );
        case 'multiCheck':
          return multiAssetCheck(
            given({ name: item.name, specs: item.specs.map(checkSpecOf), canSubset: item.canSubset }),
            body(item),
          );
      }
    },
  };
}

const mapValues = <From, To>(record: Readonly<Record<string, From>>, change: (value: From) => To) =>
  Object.fromEntries(Object.entries(record).map(([name, value]) => [name, change(value)]));

/** The last part of the key is the name, unless the whole key is given. */
const nameOf = (item: { name: string; key?: string | undefined; keyPrefix?: string[] | undefined }) => ({
  ...(item.key === undefined && { name: item.name }),
  key: item.key,
  keyPrefix: item.keyPrefix,
});

const describedOf = (item: Omit<SpecCase, 'key' | 'deps' | 'skippable'>) => ({
  description: item.description,
  metadata: item.metadata && metadataOf(item.metadata),
  tags: item.tags,
  owners: item.owners,
  kinds: item.kinds,
  groupName: item.group,
  codeVersion: item.codeVersion,
});

const codedOf = (item: {
  resources?: string[] | undefined;
  config?: Fields | undefined;
  retry?: CaseOf<'asset'>['retry'];
}) => ({
  requiredResourceKeys: item.resources,
  config: item.config && z.strictObject(shapeOf(item.config)),
  retryPolicy: item.retry && new RetryPolicy(given(item.retry)),
});

const specOf = (spec: SpecCase) =>
  new AssetSpec(given({ key: spec.key, deps: spec.deps, skippable: spec.skippable, ...describedOf(spec) }));

const outsOf = (outs: Readonly<Record<string, OutCase>>) =>
  mapValues(
    outs,
    (out) =>
      new AssetOut(
        given({
          key: out.key,
          keyPrefix: out.keyPrefix,
          isRequired: out.isRequired,
          ioManagerKey: out.ioManager,
          ...describedOf(out),
        }),
      ),
  );

const insOf = (ins: Ins | undefined) =>
  ins &&
  mapValues(
    ins,
    ({ metadata, ...rest }) => new AssetIn(given({ ...rest, metadata: metadata && metadataOf(metadata) })),
  );

const checkSpecOf = ({ metadata, ...rest }: CheckSpecCase) =>
  new AssetCheckSpec(given({ ...rest, metadata: metadata && metadataOf(metadata) }));

const types = { int: z.int(), float: z.number(), string: z.string(), bool: z.boolean() };

const shapeOf = (fields: Fields) =>
  mapValues(fields, ({ type, default: fallback }) => {
    const schema: z.ZodType = types[type];
    return fallback === undefined ? schema : schema.default(fallback);
  });

/** Some object schema: which fields it has is known to the case alone. */
type SomeSchema = z.ZodObject<{ unknown: z.ZodOptional<z.ZodUnknown> }>;

/** The case's resources by their keys; one that is nested in another stands before it. */
export function resourcesOf(world: World, described: Readonly<Record<string, ResourceCase>>) {
  const made: Record<string, ReturnType<typeof resourceOf>> = {};
  for (const [key, spec] of Object.entries(described)) made[key] = resourceOf(world, key, spec, made);
  return made;
}

function resourceOf(
  world: World,
  key: string,
  spec: ResourceCase,
  others: Readonly<Record<string, unknown>>,
) {
  const nested = mapValues(spec.nested ?? {}, (other) => others[other]);
  const shape = { ...shapeOf(spec.fields ?? {}), ...mapValues(nested, () => z.unknown()) };
  const schema = z.object(shape) as unknown as SomeSchema;
  const values = {
    ...nested,
    ...mapValues(spec.values ?? {}, (value) =>
      typeof value === 'object' && value !== null && 'env' in value ? new EnvVar(String(value.env)) : value,
    ),
  };
  if (spec.kind === 'ioManager') return new (managerClass(world, key, spec, schema))(values);
  class Plain extends ConfigurableResource(schema) {}
  class Lively extends ConfigurableResource(schema) {
    override setupForExecution() {
      world.note(`resource:${key}`, 'setup');
      if (spec.failSetup !== undefined) throw new CaseError(spec.failSetup);
    }
    override teardownAfterExecution() {
      world.note(`resource:${key}`, 'teardown');
      if (spec.failTeardown !== undefined) throw new CaseError(spec.failTeardown);
    }
  }
  const Made = spec.lifecycle ? Lively : Plain;
  return spec.atLaunch ? Made.configureAtLaunch(values) : new Made(values);
}

function managerClass(world: World, key: string, spec: ResourceCase, schema: SomeSchema) {
  const nameIn = (context: OutputContext | InputContext) =>
    context.assetKey?.toString() ?? context.name ?? 'result';
  return class Manager extends ConfigurableIOManager(schema) {
    async handleOutput(context: OutputContext, value: unknown) {
      world.note(`io:${key}`, `handle ${nameIn(context)}`);
      if (spec.failHandle !== undefined) throw new CaseError(spec.failHandle);
      if (spec.metadata) context.addOutputMetadata(metadataOf(spec.metadata));
      await context.store.put(nameIn(context), new TextEncoder().encode(JSON.stringify(value)));
    }
    async loadInput(context: InputContext) {
      world.note(`io:${key}`, `load ${nameIn(context)}`);
      if (spec.failLoad !== undefined) throw new CaseError(spec.failLoad);
      if ('gives' in spec) return spec.gives;
      const bytes = await context.store.get(nameIn(context));
      if (!bytes) throw new CaseError(`Nothing is stored for ${nameIn(context)}.`);
      return JSON.parse(new TextDecoder().decode(bytes)) as unknown;
    }
  };
}
