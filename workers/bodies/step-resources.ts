// The resources of one step as its body and its IO managers see them, over wherever managers keep their bytes.

import type { LaneOutput, ManagedInput, SegmentStep } from '#engine/lane-protocol.ts';
import { AssetKey, keyToStepKey } from '#model/asset-key.ts';
import type { Json } from '#model/document.ts';
import type { LogLevel, MetadataEntries } from '#model/events.ts';
import type { ContextHost, ContextLog } from '#sdk/context.ts';
import { formatLogValue } from '#sdk/format-log-value.ts';
import { type IOManager, isIOManager, type ManagerStore, type OutputContext } from '#sdk/io-manager.ts';
import { coerceMetadata, type RawMetadata } from '#sdk/metadata.ts';
import { isResource } from '#sdk/resource.ts';

/** What a step has put under paths; undefined where it has deleted something. */
export type FileChanges = ReadonlyMap<string, Uint8Array | undefined>;

/** Where the bytes of IO managers are. */
export interface ManagerFiles {
  /** A store whose changes are a step's own until `commit`. */
  stage(manager: string): { readonly store: ManagerStore; commit(): FileChanges | undefined };
  remember(assetKey: string, context: OutputContext): void;
  /** What the manager was told about the asset's newest value, if that is known here. */
  contextOf(assetKey: string): OutputContext | undefined;
}

/** The resources of one step. */
export interface StepResources {
  /** What `context.resources` offers. */
  readonly resources: Readonly<Record<string, unknown>>;
  /** Has a manager keep a value; gives the metadata that it adds, and the bytes that the engine is to keep for it. */
  store(
    manager: string,
    output: LaneOutput,
    value: unknown,
  ): Promise<{ readonly metadata?: MetadataEntries | undefined; readonly files?: FileChanges | undefined }>;
  /** Has a manager load the value of an input. */
  load(name: string, input: ManagedInput): unknown;
}

export interface ResourceHost {
  /** Rejects when a resource that the step needs cannot be set up. */
  open(step: SegmentStep, host: ContextHost): Promise<StepResources>;
}

export interface StepResourcesOptions {
  /** By key; those that the step may have, and its managers. */
  readonly resources: Readonly<Record<string, unknown>>;
  readonly runId: string;
  readonly files: ManagerFiles;
}

export function createStepResources(
  step: SegmentStep,
  host: ContextHost,
  { resources, runId, files }: StepResourcesOptions,
): StepResources {
  const wanted = new Set(step.resources);
  const offered: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(resources)) if (wanted.has(key)) offered[key] = value;
  const log = logTo((level, message) => host.onLog(level, message));

  const managerOf = (key: string): IOManager => {
    const manager = resources[key];
    if (!isIOManager(manager)) throw new TypeError(`The resource “${key}” is no IO manager.`);
    return manager;
  };

  const outputContext = (
    key: string,
    output: Pick<LaneOutput, 'name' | 'definition'> & { readonly assetKey: string },
    store: ManagerStore,
    add: (metadata: RawMetadata) => void,
  ): OutputContext => ({
    assetKey: AssetKey.fromUserString(output.assetKey),
    name: output.name,
    metadata: definitionOf(output.definition),
    resourceConfig: fieldsOf(resources[key]),
    runId,
    stepKey: step.stepKey,
    log,
    addOutputMetadata: add,
    store,
  });

  return {
    resources: onlyOffered(offered),
    async store(key, output, value) {
      const staged = files.stage(key);
      let added: RawMetadata | undefined;
      const assetKey = output.assetKey ?? step.assetKey;
      const context = outputContext(key, { ...output, assetKey }, staged.store, (metadata) => {
        added = { ...added, ...metadata };
      });
      await managerOf(key).handleOutput(context, value);
      const changes = staged.commit();
      files.remember(assetKey, context);
      return { metadata: coerceMetadata(added), files: changes };
    },
    load(name, input: ManagedInput) {
      const { store } = files.stage(input.manager);
      const stepKey = keyToStepKey(input.assetKey);
      const upstream =
        files.contextOf(input.assetKey) ??
        outputContext(
          input.manager,
          {
            name: 'result',
            assetKey: input.assetKey,
            ...(input.metadata === undefined ? {} : { definition: input.metadata }),
          },
          store,
          () => undefined,
        );
      return managerOf(input.manager).loadInput({
        assetKey: AssetKey.fromUserString(input.assetKey),
        name,
        metadata: definitionOf(input.input),
        resourceConfig: fieldsOf(resources[input.manager]),
        log,
        upstreamOutput: { ...upstream, stepKey: upstream.stepKey || stepKey, store },
        addOutputMetadata: () => undefined,
        store,
      });
    },
  };
}

/** A resource that was not asked for is not there: a body that reaches for it is told so. */
function onlyOffered(offered: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return new Proxy(Object.freeze({ ...offered }), {
    get(target, key) {
      if (typeof key === 'symbol' || Object.hasOwn(target, key)) return Reflect.get(target, key);
      if (key === 'then' || key === 'toJSON') return undefined;
      throw new TypeError(
        `Unknown resource “${key}”. Name it in \`requiredResourceKeys\` of the body that uses it.`,
      );
    },
  });
}

/** Over `read`, the changes of one step: they are seen by its manager at once, and by others when it has ended. */
export function stageFiles(
  read: (path: string) => Promise<Uint8Array | undefined> | Uint8Array | undefined,
): { readonly store: ManagerStore; readonly changes: FileChanges } {
  const changes = new Map<string, Uint8Array | undefined>();
  return {
    changes,
    store: {
      get: async (path) => (changes.has(path) ? changes.get(path)?.slice() : read(path)),
      put: async (path, given) => {
        changes.set(path, given.slice());
      },
      delete: async (path) => {
        changes.set(path, undefined);
      },
    },
  };
}

const definitionOf = (metadata: Readonly<Record<string, Json>> | undefined): RawMetadata => metadata ?? {};

const fieldsOf = (resource: unknown): Readonly<Record<string, unknown>> =>
  isResource(resource) ? { ...resource } : {};

export function logTo(tell: (level: LogLevel, message: string) => void): ContextLog {
  const line =
    (level: LogLevel) =>
    (...message: unknown[]): void =>
      tell(level, message.map(formatLogValue).join(' '));
  return Object.freeze({
    debug: line('DEBUG'),
    info: line('INFO'),
    warn: line('WARNING'),
    error: line('ERROR'),
  });
}
