// `AssetSelection`: a question to a set of definitions, put together by methods. As text it is the selection
// language (model/selection), wherever that can say it.

import { AssetKey } from '#model/asset-key.ts';
import { buildGraph } from '#model/graph.ts';
import {
  evaluateSelection,
  outermost,
  reach,
  type SelectionGraph,
  unknownKeys,
} from '#model/selection/evaluate-selection.ts';
import { parseSelectionOrKeys } from '#model/selection/parse-selection-or-keys.ts';
import { selectionGraphOf } from '#model/selection/selection-graph.ts';
import { printSelection, type SelectionNode } from '#model/selection/selection-node.ts';
import { similarKeys } from '#model/similar-keys.ts';
import { type AssetSpec, type CoercibleToAssetKey, keyTextOf } from './asset-spec.ts';
import type { AssetsDefinition } from './assets-definition.ts';
import { toDocument } from './definitions-document.ts';

/** Whether external assets can be found too. False by default. */
export interface SourcesOption {
  readonly includeSources?: boolean;
}

/** How far a selection reaches up or down. */
export interface ReachOptions {
  /** Layers; all of them by default. */
  readonly depth?: number;
  /** Whether what the reach starts from is part of the result. True by default. */
  readonly includeSelf?: boolean;
}

/** A check as selections see it. */
export interface SelectableCheck {
  /** The user string of the asset that it checks. */
  readonly assetKey: string;
  readonly name: string;
}

/** Anything that stands for a selection: itself, its text, or assets. */
export type CoercibleToAssetSelection = AssetSelection | string | readonly CoercibleToAssetKey[];

interface Parts {
  find(graph: SelectionGraph): Set<string>;
  /** By default the checks of what is found. */
  findChecks?(graph: SelectionGraph, checks: readonly SelectableCheck[]): Set<SelectableCheck>;
  /** In the selection language; undefined where that cannot say it. */
  readonly text?: string | undefined;
  /** How the text is put together, when it needs parentheses inside another. */
  readonly shape?: 'and' | 'or' | 'other';
  /** As an expression, where there may be no text. */
  readonly code?: string;
}

/**
 * Which assets, and which of their checks: all of a group, what lies upstream of an asset, and so on. Immutable;
 * each method gives a new selection. The checks of selected assets are selected too. External assets are found
 * by key, by owner and downstream only, unless `includeSources` says otherwise. Dagster: AssetSelection.
 */
export class AssetSelection {
  readonly #parts: Parts;

  private constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** Every asset, and every check. */
  static all({ includeSources = false }: SourcesOption = {}): AssetSelection {
    return AssetSelection.#ofNode({ type: 'all' }, includeSources);
  }

  /** Every check, and no asset. */
  static allAssetChecks(): AssetSelection {
    return new AssetSelection({
      find: () => new Set(),
      findChecks: (_graph, checks) => new Set(checks),
      code: 'AssetSelection.allAssetChecks()',
    });
  }

  /** These assets. Resolving throws a TypeError when the definitions lack one of them. */
  static assets(...keys: readonly CoercibleToAssetKey[]): AssetSelection {
    const texts = [...new Set(keys.map(keyTextOf))];
    return new AssetSelection({
      find(graph) {
        refuseUnknown(texts, graph);
        return new Set(texts);
      },
      ...listed(texts.map((key) => `key:"${key}"`)),
    });
  }

  /** The older name of `assets`. */
  static keys(...keys: readonly CoercibleToAssetKey[]): AssetSelection {
    return AssetSelection.assets(...keys);
  }

  /** Assets whose first parts are those of one of the prefixes: `"raw"`, `"raw/eu"`, `["raw", "eu"]`. */
  static keyPrefixes(...prefixes: readonly (string | readonly string[])[]): AssetSelection {
    const hasPrefix = (key: string) =>
      prefixes.some((prefix) => AssetKey.fromUserString(key).hasPrefix(prefix));
    return new AssetSelection({
      find: (graph) => filter(new Set(graph.keys), (key) => !graph.of(key).isExternal && hasPrefix(key)),
      code: `AssetSelection.keyPrefixes(${prefixes.map((prefix) => JSON.stringify(prefix)).join(', ')})`,
    });
  }

  /** Assets of one of these groups; an asset without one belongs to `default`. */
  static groups(...groups: readonly string[]): AssetSelection {
    return new AssetSelection({
      find: (graph) =>
        filter(new Set(graph.keys), (key) => {
          const asset = graph.of(key);
          return !asset.isExternal && groups.includes(asset.group);
        }),
      ...(groups.length === 0 ? { text: 'group:<null>' } : listed(groups.map((group) => `group:"${group}"`))),
    });
  }

  /** Assets with this tag and exactly this value; by default the empty one. */
  static tag(name: string, value = '', { includeSources = false }: SourcesOption = {}): AssetSelection {
    return AssetSelection.#ofNode({ type: 'tag', name, value }, includeSources);
  }

  /** Assets of this kind; null finds those of no kind. */
  static kind(kind: string | null, { includeSources = false }: SourcesOption = {}): AssetSelection {
    return AssetSelection.#ofNode({ type: 'kind', kind }, includeSources);
  }

  /** Assets of this owner, an e-mail address or `team:name`; null finds those of nobody. */
  static owner(owner: string | null): AssetSelection {
    return AssetSelection.#ofNode({ type: 'owner', owner }, false);
  }

  /** The checks of these assets, and no asset. */
  static checksForAssets(...keys: readonly CoercibleToAssetKey[]): AssetSelection {
    const texts = keys.map(keyTextOf);
    return new AssetSelection({
      find: () => new Set(),
      findChecks: (_graph, checks) => new Set(checks.filter(({ assetKey }) => texts.includes(assetKey))),
      code: `AssetSelection.checksForAssets(${texts.map((key) => JSON.stringify(key)).join(', ')})`,
    });
  }

  /** These checks, and no asset: each written `asset:check`, the asset as a user string. */
  static checks(...names: readonly string[]): AssetSelection {
    return new AssetSelection({
      find: () => new Set(),
      findChecks: (_graph, checks) =>
        new Set(checks.filter(({ assetKey, name }) => names.includes(`${assetKey}:${name}`))),
      code: `AssetSelection.checks(${names.map((name) => JSON.stringify(name)).join(', ')})`,
    });
  }

  /**
   * What a text says: the selection language, plain keys, or several of them with commas between. Throws a
   * TypeError that names the place of a mistake; resolving throws one for a plain key that no asset has.
   */
  static fromString(text: string, { includeSources = false }: SourcesOption = {}): AssetSelection {
    const node = parseSelectionOrKeys(text);
    if (!node.ok)
      throw new TypeError(
        `The selection “${text}” cannot be read at character ${node.error.offset + 1}: ${node.error.message}`,
      );
    return AssetSelection.#ofNode(node.value, includeSources);
  }

  /** A selection from its text, from assets or their keys, or as it is. Dagster: `from_coercible`. */
  static fromCoercible(selection: CoercibleToAssetSelection): AssetSelection {
    if (selection instanceof AssetSelection) return selection;
    return typeof selection === 'string'
      ? AssetSelection.fromString(selection)
      : AssetSelection.assets(...selection);
  }

  /** This and what lies upstream of it, without external assets. */
  upstream(options: ReachOptions = {}): AssetSelection {
    return this.#reach('upstream', options);
  }

  /** This and what lies downstream of it. */
  downstream(options: ReachOptions = {}): AssetSelection {
    return this.#reach('downstream', options);
  }

  /** Those of this that nothing of this depends on, not even by way of others. */
  sinks(): AssetSelection {
    return this.#outermost('sinks', 'downstream');
  }

  /** Those of this that depend on nothing of this, not even by way of others. */
  roots(): AssetSelection {
    return this.#outermost('roots', 'upstream');
  }

  /** Those of this that can be materialized. */
  materializable(): AssetSelection {
    return new AssetSelection({
      find: (graph) => filter(this.resolveIn(graph), (key) => !graph.of(key).isExternal),
      code: `${this.#code}.materializable()`,
    });
  }

  /** The external assets upstream of this, or of this itself. */
  upstreamSourceAssets(): AssetSelection {
    return new AssetSelection({
      find: (graph) =>
        filter(reach(this.resolveIn(graph), graph, 'upstream', 'all'), (key) => graph.of(key).isExternal),
      code: `${this.#code}.upstreamSourceAssets()`,
    });
  }

  /** This and what is always materialized with it: the other assets of a multi-asset without `canSubset`. */
  requiredMultiAssetNeighbors(): AssetSelection {
    return new AssetSelection({
      find: (graph) =>
        new Set([...this.resolveIn(graph)].flatMap((key) => [key, ...(graph.executionSet?.(key) ?? [])])),
      code: `${this.#code}.requiredMultiAssetNeighbors()`,
    });
  }

  /** The assets of this, and no check. */
  withoutChecks(): AssetSelection {
    return this.minus(AssetSelection.allAssetChecks());
  }

  /** What is in both. Dagster: `&`. */
  and(other: AssetSelection): AssetSelection {
    return this.#joined('and', other, (left, right) => filter(left, (item) => right.has(item)));
  }

  /** What is in either. Dagster: `|`. */
  or(other: AssetSelection): AssetSelection {
    return this.#joined('or', other, (left, right) => new Set([...left, ...right]));
  }

  /** What is in this and not in the other. Dagster: `-`. */
  minus(other: AssetSelection): AssetSelection {
    const [left, right] = [this.#operand(), other.#operand()];
    const before = left === '*' ? 'not' : `${left} and not`;
    return this.#combined(other, (mine, theirs) => filter(mine, (item) => !theirs.has(item)), {
      text: left === undefined || right === undefined ? undefined : `${before} ${right}`,
      shape: 'other',
      code: `${this.#code}.minus(${other.#code})`,
    });
  }

  /**
   * The user strings of the assets found among definitions. Throws a TypeError when the selection names an
   * asset that they lack.
   */
  resolve(
    definitions:
      | { readonly assets: readonly (AssetsDefinition | AssetSpec)[] }
      | readonly (AssetsDefinition | AssetSpec)[],
  ): Set<string> {
    const assets = 'assets' in definitions ? definitions.assets : definitions;
    return this.resolveIn(selectionGraphOf(buildGraph(toDocument(assets).document)));
  }

  /** As `resolve`, of a graph that stands already. */
  resolveIn(graph: SelectionGraph): Set<string> {
    return this.#parts.find(graph);
  }

  /** Those of `checks` that are selected: the checks of selected assets, unless the selection says otherwise. */
  resolveChecksIn(graph: SelectionGraph, checks: readonly SelectableCheck[]): Set<SelectableCheck> {
    if (this.#parts.findChecks) return this.#parts.findChecks(graph, checks);
    const found = this.#parts.find(graph);
    return new Set(checks.filter(({ assetKey }) => found.has(assetKey)));
  }

  /**
   * In the selection language where that can say it, and `fromString` reads it back (except that its `not` leaves
   * out external assets); else as an expression.
   */
  toString(): string {
    return this.#parts.text ?? this.#code;
  }

  static #ofNode(node: SelectionNode, includeSources: boolean): AssetSelection {
    return new AssetSelection({
      find(graph) {
        refuseUnknown(unknownKeys(node, graph), graph);
        return evaluateSelection(node, graph, {
          includeExternal: includeSources,
          includeExternalUpstream: false,
        });
      },
      text: printSelection(node),
      ...(node.type === 'and' || node.type === 'or' ? { shape: node.type } : {}),
      ...(node.type === 'not' ? { shape: 'other' } : {}),
    });
  }

  get #code(): string {
    return this.#parts.code ?? `AssetSelection.fromString(${JSON.stringify(this.#parts.text)})`;
  }

  // The text as a part of a longer one.
  #operand(within?: 'and' | 'or'): string | undefined {
    const { text, shape } = this.#parts;
    return text === undefined || shape === undefined || shape === within ? text : `(${text})`;
  }

  #joined(
    type: 'and' | 'or',
    other: AssetSelection,
    combine: <Item>(left: ReadonlySet<Item>, right: ReadonlySet<Item>) => Set<Item>,
  ): AssetSelection {
    const [left, right] = [this.#operand(type), other.#operand(type)];
    return this.#combined(other, combine, {
      text: left === undefined || right === undefined ? undefined : `${left} ${type} ${right}`,
      shape: type,
      code: `${this.#code}.${type}(${other.#code})`,
    });
  }

  #combined(
    other: AssetSelection,
    combine: <Item>(left: ReadonlySet<Item>, right: ReadonlySet<Item>) => Set<Item>,
    said: Pick<Parts, 'text' | 'shape' | 'code'>,
  ): AssetSelection {
    return new AssetSelection({
      find: (graph) => combine(this.resolveIn(graph), other.resolveIn(graph)),
      findChecks: (graph, checks) =>
        combine(this.resolveChecksIn(graph, checks), other.resolveChecksIn(graph, checks)),
      ...said,
    });
  }

  #reach(direction: 'upstream' | 'downstream', { depth, includeSelf = true }: ReachOptions): AssetSelection {
    const operand = this.#operand();
    // The language has no neighbours of a bare `*`.
    const of = operand === '*' ? '(*)' : operand;
    const layers = depth ?? '';
    const reached = direction === 'upstream' ? `${layers}+${of}` : `${of}+${layers}`;
    const text = includeSelf ? reached : `${reached} and not ${of}`;
    return new AssetSelection({
      find: (graph) => {
        const start = this.resolveIn(graph);
        const isPart = (key: string) =>
          (includeSelf || !start.has(key)) && (direction === 'downstream' || !graph.of(key).isExternal);
        return filter(reach(start, graph, direction, depth ?? 'all'), isPart);
      },
      text: of === undefined ? undefined : text,
      shape: 'other',
      code: `${this.#code}.${direction}(${JSON.stringify({ depth, includeSelf })})`,
    });
  }

  #outermost(name: 'sinks' | 'roots', direction: 'upstream' | 'downstream'): AssetSelection {
    const { text } = this.#parts;
    return new AssetSelection({
      find: (graph) => outermost(this.resolveIn(graph), graph, direction),
      text: text === undefined ? undefined : `${name}(${text})`,
      code: `${this.#code}.${name}()`,
    });
  }
}

function refuseUnknown(keys: readonly string[], graph: SelectionGraph): void {
  const all = new Set(graph.keys);
  const unknown = keys.filter((key) => !all.has(key));
  if (unknown.length === 0) return;
  const sentences = unknown.map((key) => {
    const similar = similarKeys(key, all);
    const hint =
      similar.length === 0 ? '' : ` Did you mean ${similar.map((other) => `“${other}”`).join(', ')}?`;
    return `There is no asset “${key}”.${hint}`;
  });
  throw new TypeError(sentences.join(' '));
}

// Alternatives as one text: in parentheses inside another, when they are several.
function listed(texts: readonly string[]): Pick<Parts, 'text' | 'shape' | 'code'> {
  if (texts.length === 0) return { code: 'AssetSelection.assets()' };
  return { text: texts.join(' or '), ...(texts.length > 1 ? { shape: 'other' } : {}) };
}

function filter<Item>(items: ReadonlySet<Item>, test: (item: Item) => boolean): Set<Item> {
  return new Set([...items].filter(test));
}
