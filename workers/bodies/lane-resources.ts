// The resources that a lane makes itself, from modules that it is sent: each once, before the first step that
// needs it.

import type { LaneResource } from '#engine/lane-protocol.ts';
import { resourcesOf } from '#engine/lane-shape.ts';
import type { Json } from '#model/document.ts';
import { envNameOf } from '#model/env-reference.ts';
import type { LogLevel } from '#model/events.ts';
import type { ContextHost } from '#sdk/context.ts';
import { parseFrames } from '#sdk/describe-error.ts';
import { EnvVar } from '#sdk/env-var.ts';
import { formatLogValue } from '#sdk/format-log-value.ts';
import { launchResource, setupOrder } from '#sdk/launch-resources.ts';
import { type InitResourceContext, isResource, type Resource } from '#sdk/resource.ts';
import { createLoad, readSegmentModule } from './segment-loader.ts';
import {
  createStepResources,
  logTo,
  type ManagerFiles,
  type ResourceHost,
  stageFiles,
} from './step-resources.ts';

export interface LaneResources extends ResourceHost {
  /** Takes what a resource is made from; it is made when a step first needs it. */
  define(resource: LaneResource): void;
  /** Tears down what was set up, last first. What one throws is told and keeps no other from it. */
  tearDown(tell: (level: LogLevel, message: string) => void): Promise<void>;
}

export interface LaneResourcesDeps {
  runId(): string;
  importModule(text: string): Promise<{ readonly exports: unknown; readonly url: string }>;
  /** What an IO manager keeps under a path. */
  readFile(manager: string, path: string): Promise<Uint8Array | undefined>;
  /** Has libraries loaded and gives all that are. */
  libraries(specifiers: readonly string[]): Promise<ReadonlyMap<string, unknown>>;
}

export function createLaneResources(deps: LaneResourcesDeps): LaneResources {
  const defined = new Map<string, LaneResource>();
  const made = new Map<string, unknown>();
  const files: ManagerFiles = {
    stage(manager) {
      const { store, changes } = stageFiles((path) => deps.readFile(manager, path));
      return { store, commit: () => changes };
    },
    // Another lane may have stored the value: what its manager was told is not known here.
    remember: () => undefined,
    contextOf: () => undefined,
  };
  const ready: { readonly key: string; readonly resource: Resource }[] = [];

  async function make(key: string, host: ContextHost): Promise<unknown> {
    if (made.has(key)) return made.get(key);
    const definition = defined.get(key);
    if (!definition) throw new TypeError(`There is no resource “${key}”.`);
    const { exports, url } = await deps.importModule(definition.module);
    try {
      const load = createLoad(readSegmentModule(exports, url), await deps.libraries(definition.libraries));
      const { default: given } = load(definition.specifier) as { readonly default?: unknown };
      const resource = launched(given, definition);
      const context: InitResourceContext = {
        log: logTo((level, message) => host.onLog(level, message)),
        runId: deps.runId(),
      };
      for (const each of isResource(resource) ? setupOrder([resource]) : []) {
        await each.setupForExecution?.(context);
        ready.push({ key, resource: each });
      }
      made.set(key, resource);
      return resource;
    } catch (thrown) {
      throw setupError(thrown, definition, url);
    }
  }

  return {
    define(resource) {
      defined.set(resource.key, resource);
    },
    async open(step, host) {
      const resources: Record<string, unknown> = {};
      for (const key of resourcesOf(step)) resources[key] = await make(key, host);
      return createStepResources(step, host, { resources, runId: deps.runId(), files });
    },
    async tearDown(tell) {
      const context: InitResourceContext = { log: logTo(tell), runId: deps.runId() };
      for (const { key, resource } of ready.splice(0).toReversed()) {
        try {
          await resource.teardownAfterExecution?.(context);
        } catch (thrown) {
          tell('ERROR', `The resource “${key}” could not be torn down: ${formatLogValue(thrown)}`);
        }
      }
      made.clear();
    },
  };
}

function launched(given: unknown, { key, config, env }: LaneResource): unknown {
  if (typeof given !== 'function') throw new TypeError('the default export of its module is no class.');
  const fields = withEnvVars(config ?? {});
  const instance: unknown = Reflect.construct(given, [fields]);
  if (!isResource(instance)) {
    // A class of its own kind cannot wait for a launch: what it is given must be there.
    if (config !== undefined)
      throw new TypeError(`“${key}” has a configuration, and its class is no ConfigurableResource.`);
    return instance;
  }
  return launchResource(instance, { env: (name) => env[name] }).resource;
}

function withEnvVars(value: Json): unknown {
  const name = envNameOf(value);
  if (name !== undefined) return new EnvVar(name);
  if (Array.isArray(value)) return value.map(withEnvVars);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([field, item]) => [field, withEnvVars(item)]));
}

function setupError(thrown: unknown, { key, firstLine }: LaneResource, url: string): Error {
  const { name, message, stack } = thrown instanceof Error ? thrown : new Error(formatLogValue(thrown));
  const line = parseFrames(stack ?? '', url)
    .map((frame) => frame.line - firstLine + 1)
    .find((at) => at > 0);
  const where = line === undefined ? '' : ` (line ${line} of its class)`;
  const error = new Error(`The resource “${key}” could not be set up${where}: ${message}`);
  Object.defineProperty(error, 'name', { value: name });
  return error;
}
