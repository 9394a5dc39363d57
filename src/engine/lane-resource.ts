// Resources as lanes are given them: each class as a module of its own, with its fields and the environment
// values that the fields name. A lane makes its own instance and keeps it until the run ends.

import { err, ok, type Result } from '#base/result.ts';
import type { ProjectDocument } from '#model/document.ts';
import { envNamesOf } from '#model/env-reference.ts';
import type { ProjectId } from '#model/ids.ts';
import { ioManagerOf, isForgetful } from '#model/io-manager-of.ts';
import { type AssetIndex, managedPlace } from './asset-index.ts';
import type { Compiler } from './compiler.ts';
import type { LaneResource } from './lane-protocol.ts';
import { assetOutputs, type CodeStep, mainAsset, type Plan, type PlanError } from './plan-types.ts';
import type { RunStore } from './ports.ts';
import type { RunSpec } from './run-types.ts';
import { buildSegmentModule } from './segment-module.ts';

type ManagerOf = NonNullable<RunSpec['managerOf']>;

/** The resources that lanes of a plan may need, by key; or why one of them has no class to be made of. */
export function planResources(
  { steps }: Plan,
  document: ProjectDocument,
  compiler: Compiler,
): Result<ReadonlyMap<string, LaneResource>, PlanError> {
  const found = new Map<string, LaneResource>();
  for (const step of steps) {
    if (step.kind !== 'code') continue;
    for (const key of resourcesOf(step, document)) {
      if (found.has(key)) continue;
      const made = compileLaneResource(key, document, compiler);
      if (!made) continue;
      if (made.ok) found.set(key, made.value);
      else {
        const about = mainAsset(step);
        if (!about) continue;
        const { message, line, column } = made.error;
        return err({
          type: 'DefinitionsInvalid',
          problems: [
            {
              type: 'BodyInvalid',
              assetId: about.assetId,
              key: about.assetKey,
              message: `In the resource “${key}”: ${message}`,
              line,
              column,
            },
          ],
        });
      }
    }
  }
  return ok(found);
}

/** A resource of the document as lanes are given it, without environment values; undefined when there is none. */
export function compileLaneResource(key: string, document: ProjectDocument, compiler: Compiler) {
  const resource = document.resources.get(key);
  if (!resource) return undefined;
  const compiled = compiler.compileResource(resource, document);
  if (!compiled.ok) return compiled;
  const { code, shared } = compiled.value;
  const name = `#resource/${key}`;
  const { text, libraries, places } = buildSegmentModule([], [...shared, { name, code }]);
  const firstLine = places.find((place) => place.name === name)?.firstLine ?? 1;
  const { config } = resource;
  return ok<LaneResource>({
    key,
    module: text,
    specifier: name,
    libraries,
    firstLine,
    ...(config === undefined ? {} : { config }),
    env: {},
  });
}

/** How inputs are loaded whose assets an IO manager of the project keeps. */
export function managedInputs(plan: Plan, { resources, assets }: ProjectDocument): ManagerOf {
  return ({ source }) => {
    if (source.type === 'list') return undefined;
    const assetId =
      source.type === 'stored'
        ? source.assetId
        : assetOutputs(plan.steps[source.step]!).find(({ value }) => value === source.value)?.assetId;
    const asset = assetId === undefined ? undefined : assets.get(assetId);
    const manager = asset && ioManagerOf(asset, { resources });
    if (!asset || manager === undefined || isForgetful(manager, { resources })) return undefined;
    return {
      manager,
      assetKey: asset.key,
      ...(asset.metadata === undefined ? {} : { metadata: asset.metadata }),
    };
  };
}

/** What an IO manager of a project keeps under a path, as of an index of its log. */
export const managedReader =
  (projectId: ProjectId, index: Pick<AssetIndex, 'managed'>, store: Pick<RunStore, 'readPack'>) =>
  async (manager: string, path: string): Promise<Uint8Array | undefined> => {
    const ref = index.managed.get(managedPlace(manager, path));
    const pack = ref && (await store.readPack(projectId, ref.pack));
    return pack?.slice(ref!.offset, ref!.offset + ref!.length);
  };

/** The resources with the environment values that they name, and those values, which no log may show. */
export async function withEnvironment(
  resources: ReadonlyMap<string, LaneResource>,
  read: (name: string) => Promise<string | undefined>,
): Promise<{ readonly resources: ReadonlyMap<string, LaneResource>; readonly secrets: readonly string[] }> {
  const secrets = new Set<string>();
  const ready = new Map<string, LaneResource>();
  for (const [key, resource] of resources) {
    const env: Record<string, string> = { __proto__: null } as never;
    for (const name of envNamesOf(resource.config)) {
      const value = await read(name);
      if (value === undefined) continue;
      env[name] = value;
      if (value !== '') secrets.add(value);
    }
    ready.set(key, { ...resource, env });
  }
  return { resources: ready, secrets: [...secrets] };
}

/** Every resource and manager that a step uses. */
function* resourcesOf(step: CodeStep, document: ProjectDocument): Generator<string> {
  yield* step.resources;
  for (const { ioManager } of assetOutputs(step)) if (ioManager !== undefined) yield ioManager;
  for (const { source } of step.inputs) {
    if (source.type !== 'stored') continue;
    const manager = ioManagerOf(document.assets.get(source.assetId)!, document);
    if (manager !== undefined) yield manager;
  }
}
