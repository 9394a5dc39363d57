// The resources of a run in this process: launched and set up once before the first step, torn down after the last.
// IO managers among them keep the values of the assets that name them.

import { launchResources, setupOrder } from '#sdk/launch-resources.ts';
import type { InitResourceContext, Resource } from '#sdk/resource.ts';
import type { ResourceHost } from '#workers/bodies/step-resources.ts';
import { createStepResources } from '#workers/bodies/step-resources.ts';
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
      open: async (step, host) =>
        createStepResources(step, host, { resources, runId: options.runId, files: options.files }),
    },
  };
}
