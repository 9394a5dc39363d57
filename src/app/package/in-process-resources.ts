// The resources of a run in this process: launched and set up once before the first step, torn down after the last.
// IO managers among them keep the values of the assets that name them.

import type { LaneOutput, ManagedInput, SegmentStep } from '#engine/lane-protocol.ts';
import { AssetKey, keyToStepKey } from '#model/asset-key.ts';
import type { Json } from '#model/document.ts';
import type { ContextHost, ContextLog } from '#sdk/context.ts';
import { type IOManager, isIOManager, type ManagerStore, type OutputContext } from '#sdk/io-manager.ts';
import { launchResources, setupOrder } from '#sdk/launch-resources.ts';
import { coerceMetadata, type RawMetadata } from '#sdk/metadata.ts';
import { type InitResourceContext, isResource, type Resource } from '#sdk/resource.ts';
import { onlyOffered, type ResourceHost, type StepResources } from '#workers/bodies/lane-resources.ts';
import type { ManagedFiles } from './managed-files.ts';

export interface RunResources {
  readonly host: ResourceHost;
  /** Must not be shown in logs. */
  readonly secrets: readonly string[];
  /** Sets up the resources with these keys, nested ones first. What one throws is thrown. */
  setUp(keys: Iterable<string>, context: InitResourceContext): Promise<void>;
  /** Tears down what was set up, last first. What goes wrong is given back, so that the run's end stands. */
  tearDown(context: InitResourceContext): Promise<readonly unknown[]>;
}

export interface RunResourcesOptions {
  readonly resources: Readonly<Record<string, unknown>>;
  readonly config?: Readonly<Record<string, unknown>> | undefined;
  readonly runId: string;
  readonly files: ManagedFiles;
}

/** Launches resources: reads the environment and parses them again. Throws naming the resource and the field. */
export function createRunResources(options: RunResourcesOptions): RunResources {
  const { resources, secrets } = launchResources(options.resources, {
    env: (name) => process.env[name],
    config: options.config,
  });
  const ready: Resource[] = [];

  return {
    secrets,
    async setUp(keys, context) {
      const wanted = [...new Set(keys)].map((key) => resources[key]);
      for (const resource of setupOrder(wanted)) {
        await resource.setupForExecution?.(context);
        ready.push(resource);
      }
    },
    async tearDown(context) {
      const problems: unknown[] = [];
      for (const resource of ready.toReversed()) {
        try {
          await resource.teardownAfterExecution?.(context);
        } catch (thrown) {
          problems.push(thrown);
        }
      }
      return problems;
    },
    host: {
      open: async (step, host) => stepResources(step, host, resources, options),
    },
  };
}

function stepResources(
  step: SegmentStep,
  host: ContextHost,
  resources: Readonly<Record<string, unknown>>,
  { runId, files }: RunResourcesOptions,
): StepResources {
  const wanted = new Set(step.resources);
  const offered: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(resources)) if (wanted.has(key)) offered[key] = value;
  const log = contextLog(host);

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
      const context = outputContext(
        key,
        { ...output, assetKey: output.assetKey ?? step.assetKey },
        staged.store,
        (metadata) => {
          added = { ...added, ...metadata };
        },
      );
      await managerOf(key).handleOutput(context, value);
      staged.commit();
      files.remember(output.assetKey ?? step.assetKey, context);
      return coerceMetadata(added);
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

const definitionOf = (metadata: Readonly<Record<string, Json>> | undefined): RawMetadata => metadata ?? {};

const fieldsOf = (resource: unknown): Readonly<Record<string, unknown>> =>
  isResource(resource) ? { ...resource } : {};

const contextLog = (host: ContextHost): ContextLog => ({
  debug: (...message) => host.onLog('DEBUG', message.map(String).join(' ')),
  info: (...message) => host.onLog('INFO', message.map(String).join(' ')),
  warn: (...message) => host.onLog('WARNING', message.map(String).join(' ')),
  error: (...message) => host.onLog('ERROR', message.map(String).join(' ')),
});
