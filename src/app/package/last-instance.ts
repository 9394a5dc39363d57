// Where an asset was materialized last in this process, so that its value can be loaded without saying where.

import type { Instance } from './instance.ts';

const lastInstances = new WeakMap<object, Instance>();

export function rememberInstance(definitions: Iterable<object>, instance: Instance): void {
  for (const definition of definitions) lastInstances.set(definition, instance);
}

export const lastInstance = (definition: object | undefined): Instance | undefined =>
  definition && lastInstances.get(definition);
