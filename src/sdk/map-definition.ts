// A definition as another: with other keys, or in a group. What it runs stays the same.

import { keyToStepKey } from '#model/asset-key.ts';
import { AssetIn, type AssetSpec } from './asset-spec.ts';
import {
  type AnyBody,
  type AssetsDefinition,
  type BodyRecord,
  createDefinition,
  type DefinedOutput,
  type DefinitionRecord,
} from './assets-definition.ts';
import { inputsOf } from './body-text.ts';
import { AssetCheckSpec } from './check-spec.ts';

export interface DefinitionChange {
  /** The new user string of any key, its own or one that it reads. */
  keyOf(key: string): string;
  readonly groupName?: string;
}

/** A copy with its keys, and those that it reads, mapped. */
export function mapDefinition(definition: AssetsDefinition, change: DefinitionChange): AssetsDefinition {
  return createDefinition(mapRecord(definition.record, change), definition as unknown as AnyBody);
}

/** A spec with its key and dependencies mapped. */
export function mapSpec(spec: AssetSpec, { keyOf, groupName }: DefinitionChange): AssetSpec {
  return spec.replaceAttributes({
    key: keyOf(spec.key.toString()),
    deps: spec.deps.map(keyOf),
    ...(groupName === undefined ? {} : { groupName }),
  });
}

function mapRecord(record: DefinitionRecord, change: DefinitionChange): DefinitionRecord {
  const one = (output: DefinedOutput): DefinedOutput => ({ ...output, spec: mapSpec(output.spec, change) });
  const { keyOf } = change;
  switch (record.kind) {
    case 'file':
      return { ...record, outputs: [one(record.outputs[0])] };
    case 'asset':
    case 'observable':
      return { ...record, outputs: [one(record.outputs[0])], body: mapBody(record.body, change) };
    case 'multi':
    case 'multi-observable': {
      const { internalDeps } = record;
      return {
        ...record,
        outputs: record.outputs.map(one),
        body: mapBody(record.body, change),
        ...(internalDeps === undefined
          ? {}
          : {
              internalDeps: Object.fromEntries(
                Object.entries(internalDeps).map(([name, keys]) => [name, keys.map(keyOf)]),
              ),
            }),
      };
    }
    case 'graph': {
      const outputs = record.outputs.map(one);
      const [only] = record.outputs;
      // A graph asset is called after its key; a graph of several has a name of its own.
      const isNamedByKey = outputs.length === 1 && record.name === keyToStepKey(only!.spec.key.toString());
      return {
        ...record,
        outputs,
        name: isNamedByKey ? keyToStepKey(outputs[0]!.spec.key.toString()) : record.name,
        ins: mapIns(Object.keys(record.ins), record.ins, change),
        options: { ...record.options, ...mapChecks(record.options.checkSpecs, change) },
      };
    }
  }
}

const mapBody = (body: BodyRecord, change: DefinitionChange): BodyRecord => ({
  ...body,
  ins: mapIns(
    inputsOf(body.text, 'the body').map(({ name }) => name),
    body.ins,
    change,
  ),
  options: { ...body.options, ...mapChecks(body.options.checkSpecs, change) },
});

// An input finds its asset by its name; under a new key it has to be said.
function mapIns(
  names: readonly string[],
  ins: Readonly<Record<string, AssetIn>>,
  { keyOf }: DefinitionChange,
): Record<string, AssetIn> {
  const mapped: Record<string, AssetIn> = {};
  for (const name of names) {
    const before = ins[name];
    const key = keyOf(AssetIn.keyFor(before, name));
    if (before === undefined && key === name) continue;
    mapped[name] = new AssetIn({
      key,
      ...(before?.metadata === undefined ? {} : { metadata: before.metadata }),
      ...(before?.inputManagerKey === undefined ? {} : { inputManagerKey: before.inputManagerKey }),
    });
  }
  return mapped;
}

function mapChecks(
  checkSpecs: readonly AssetCheckSpec[] | undefined,
  { keyOf }: DefinitionChange,
): { readonly checkSpecs?: readonly AssetCheckSpec[] } {
  if (!checkSpecs) return {};
  return {
    checkSpecs: checkSpecs.map(
      ({ assetKey, additionalDeps, ...spec }) =>
        new AssetCheckSpec({
          ...spec,
          asset: keyOf(assetKey.toString()),
          additionalDeps: additionalDeps.map(keyOf),
        }),
    ),
  };
}
