// `Definitions`: everything a code location offers, checked as a whole.

import type { GraphProblem } from '#model/graph-problem.ts';
import { AssetSpec, type AssetsDefinition, isAssetsDefinition } from '#sdk/asset.ts';
import { toDocument } from '#sdk/definitions-document.ts';
import { messageText } from '#ui/kit/messages.ts';

/** Thrown for definitions that cannot stand; lists every problem. */
export class DefinitionsError extends Error {
  readonly problems: readonly GraphProblem[];

  constructor(problems: readonly GraphProblem[]) {
    super(problems.map(messageText).join('\n'));
    this.name = 'DefinitionsError';
    this.problems = problems;
  }
}

/** A code location. Dagster: Definitions. */
export class Definitions {
  readonly assets: readonly (AssetsDefinition | AssetSpec)[];

  constructor(fields: { assets?: readonly (AssetsDefinition | AssetSpec)[] } = {}) {
    this.assets = [...(fields.assets ?? [])];
    const stranger = this.assets.findIndex(
      (item) => !(item instanceof AssetSpec) && !isAssetsDefinition(item),
    );
    if (stranger >= 0)
      throw new TypeError(`Definitions: assets[${stranger}] is neither an asset nor an AssetSpec.`);
  }

  /** Throws one DefinitionsError that lists every problem. */
  validate(): void {
    const { problems } = toDocument(this.assets);
    if (problems.length > 0) throw new DefinitionsError(problems);
  }

  /** One location of several. Throws where they contradict each other. */
  static merge(...definitions: readonly Definitions[]): Definitions {
    const merged = new Definitions({ assets: [...new Set(definitions.flatMap((item) => item.assets))] });
    const duplicates = toDocument(merged.assets).problems.filter(
      (problem) => problem.type === 'DuplicateKey',
    );
    if (duplicates.length > 0) throw new DefinitionsError(duplicates);
    return merged;
  }
}
