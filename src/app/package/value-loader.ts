// Loads stored values outside of a run: what the engine keeps, and what IO managers keep.

import { buildGraph } from '#model/graph.ts';
import { decodeValue } from '#model/values/decode-value.ts';
import { type CoercibleToAssetKey, keyTextOf } from '#sdk/asset-spec.ts';
import { type Definable, toDocument } from '#sdk/definitions-document.ts';
import { isIOManager } from '#sdk/io-manager.ts';
import { createRunResources, type RunResources } from './in-process-resources.ts';
import { Instance } from './instance.ts';
import { lastInstance } from './last-instance.ts';
import { effectiveManager } from './managers.ts';
import { silentHost, silentInit } from './silent-context.ts';

/** Where to load a value from. */
export interface LoadOptions {
  /** The instance whose values are meant. By default the one that `materialize` last used for these assets. */
  readonly instance?: Instance;
}

interface Source {
  readonly assets: readonly Definable[];
  readonly assetChecks: readonly Definable[];
  readonly resources: Readonly<Record<string, unknown>>;
}

/** Loads one value after another with the same resources. Dagster: AssetValueLoader. */
export class AssetValueLoader {
  readonly #source: Source;
  readonly #instance: Instance | undefined;
  #resources: RunResources | undefined;

  constructor(source: Source, instance: Instance | undefined) {
    this.#source = source;
    this.#instance = instance;
  }

  /** The stored value of an asset. Rejects when there is none. */
  async loadAssetValue<T = unknown>(key: CoercibleToAssetKey, options: LoadOptions = {}): Promise<T> {
    const text = keyTextOf(key);
    const { document } = toDocument(
      [...this.#source.assets, ...this.#source.assetChecks],
      this.#source.resources,
    );
    const graph = buildGraph(document);
    const id = graph.idByKey.get(text);
    if (id === undefined) throw new TypeError(`There is no asset “${text}” in these definitions.`);
    const definition = this.#source.assets.find(
      (item) => 'specs' in item && item.specs.some((spec) => 'key' in spec && spec.key.toString() === text),
    );
    const instance = options.instance ?? this.#instance ?? lastInstance(definition) ?? Instance.ephemeral();
    const opened = await Instance.open(instance);
    const asset = document.assets.get(id)!;
    const manager = effectiveManager(asset, this.#source.resources);
    if (manager !== undefined && isIOManager(this.#source.resources[manager])) {
      this.#resources ??= createRunResources({
        resources: this.#source.resources,
        runId: 'load',
        files: opened.files,
      });
      await this.#resources.setUp([manager], silentInit('load'));
      const loader = await this.#resources.host.open(
        {
          step: 0,
          stepKey: 'load',
          assetKey: text,
          label: text,
          shape: { form: 'asset' },
          outputs: [],
          body: 0,
          inputs: [],
          after: [],
          retryNumber: 0,
        },
        silentHost(),
      );
      return (await loader.load(text, {
        manager,
        assetKey: text,
        ...(asset.metadata === undefined ? {} : { metadata: asset.metadata }),
      })) as T;
    }
    const ref = opened.index.heads.get(id)?.latest?.value;
    const pack = ref && (await opened.store.readPack(opened.projectId, ref.pack));
    if (!ref || !pack) throw new Error(`“${text}” has no stored value: materialize it first.`);
    return decodeValue(pack.subarray(ref.offset, ref.offset + ref.length)) as T;
  }

  /** Tears down what loading has set up. */
  async close(): Promise<void> {
    await this.#resources?.tearDown(silentInit('load'));
    this.#resources = undefined;
  }
}
