// `Definitions`: everything a code location offers, checked as a whole.

import type { GraphProblem } from '#model/graph-problem.ts';
import { AssetSpec, type CoercibleToAssetKey } from '#sdk/asset-spec.ts';
import { isAssetsDefinition } from '#sdk/assets-definition.ts';
import { type AssetChecksDefinition, isChecksDefinition } from '#sdk/check.ts';
import { type Definable, type DefinitionsDocument, toDocument } from '#sdk/definitions-document.ts';
import { SourceAsset } from '#sdk/external-assets.ts';
import { isIOManager } from '#sdk/io-manager.ts';
import { messageText } from '#ui/kit/messages.ts';
import { describeFile } from './file-data.ts';
import type { Instance } from './instance.ts';
import { AssetValueLoader, type LoadOptions } from './value-loader.ts';

/** Thrown for definitions that cannot stand; lists every problem. */
export class DefinitionsError extends Error {
  readonly problems: readonly GraphProblem[];

  constructor(problems: readonly GraphProblem[]) {
    super(problems.map(messageText).join('\n'));
    this.name = 'DefinitionsError';
    this.problems = problems;
  }
}

/** What `Definitions` takes. */
export interface DefinitionsFields {
  /** Assets, external assets (AssetSpec, SourceAsset), and checks. */
  assets?: readonly Definable[];
  assetChecks?: readonly AssetChecksDefinition[];
  /** By key: ConfigurableResources, IO managers, or any objects. `io_manager` keeps the values that name no other. */
  resources?: Readonly<Record<string, unknown>>;
}

/** A code location. Dagster: Definitions. */
export class Definitions {
  readonly assets: readonly Definable[];
  readonly assetChecks: readonly AssetChecksDefinition[];
  readonly resources: Readonly<Record<string, unknown>>;

  constructor(fields: DefinitionsFields = {}) {
    this.assets = [...(fields.assets ?? [])];
    this.assetChecks = [...(fields.assetChecks ?? [])];
    this.resources = { ...fields.resources };
    const stranger = this.assets.findIndex((item) => !isDefinable(item));
    if (stranger >= 0)
      throw new TypeError(
        `Definitions: assets[${stranger}] is neither an asset nor an AssetSpec nor a check.`,
      );
    const noCheck = this.assetChecks.findIndex((item) => !isChecksDefinition(item));
    if (noCheck >= 0) throw new TypeError(`Definitions: assetChecks[${noCheck}] is no check.`);
  }

  /** Throws one DefinitionsError that lists every problem. */
  validate(): void {
    const { problems } = documentOf(this);
    if (problems.length > 0) throw new DefinitionsError(problems);
  }

  /** One location of several. Throws where they contradict each other: two assets of one key, two resources of one key. */
  static merge(...definitions: readonly Definitions[]): Definitions {
    const resources = new Map<string, { readonly value: unknown; readonly from: number }>();
    for (const [from, item] of definitions.entries())
      for (const [key, value] of Object.entries(item.resources)) {
        const known = resources.get(key);
        if (known && known.value !== value)
          throw new TypeError(
            `Definitions ${known.from} and ${from} have different resources under the key “${key}”.`,
          );
        resources.set(key, known ?? { value, from });
      }
    const merged = new Definitions({
      assets: [...new Set(definitions.flatMap((item) => item.assets))],
      assetChecks: [...new Set(definitions.flatMap((item) => item.assetChecks))],
      resources: Object.fromEntries([...resources].map(([key, { value }]) => [key, value])),
    });
    const conflicts = documentOf(merged).problems.filter(
      (problem) => problem.type === 'DuplicateKey' || problem.type === 'DuplicateCheck',
    );
    if (conflicts.length > 0) throw new DefinitionsError(conflicts);
    return merged;
  }

  /** The stored value of an asset, loaded as a body would load it. Dagster: Definitions.load_asset_value. */
  async loadAssetValue<T = unknown>(key: CoercibleToAssetKey, options: LoadOptions = {}): Promise<T> {
    const loader = this.getAssetValueLoader(options);
    try {
      return await loader.loadAssetValue<T>(key, options);
    } finally {
      await loader.close();
    }
  }

  /** Loads values one after another with the same resources; `close` it in the end. Dagster: AssetValueLoader. */
  getAssetValueLoader(options: { readonly instance?: Instance } = {}): AssetValueLoader {
    return new AssetValueLoader(this, options.instance);
  }
}

/** The document of definitions, and every problem: of assets, checks, and resources that are named and not there. */
export function documentOf({
  assets,
  assetChecks,
  resources,
}: Pick<Definitions, 'assets' | 'assetChecks' | 'resources'>): DefinitionsDocument {
  const written = toDocument([...assets, ...assetChecks], resources, describeFile);
  const problems: GraphProblem[] = [...written.problems];
  for (const asset of written.document.assets.values())
    if (
      asset.ioManager !== undefined &&
      Object.hasOwn(resources, asset.ioManager) &&
      !isIOManager(resources[asset.ioManager])
    )
      problems.push({
        type: 'FieldInvalid',
        assetId: asset.id,
        key: asset.key,
        field: 'ioManagerKey',
        reason: `the resource “${asset.ioManager}” is no IO manager`,
      });
  return { ...written, problems };
}

const isDefinable = (item: unknown): item is Definable =>
  item instanceof AssetSpec ||
  item instanceof SourceAsset ||
  isAssetsDefinition(item) ||
  isChecksDefinition(item);
