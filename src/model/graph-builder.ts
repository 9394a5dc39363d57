// Builds documents for tests: graph().asset('a').asset('b', '({ a }) => a + 1').document(). Test code only.

import { type Asset, type CodeAsset, emptyDocument, type ProjectDocument } from './document.ts';
import { type AssetId, asAssetId } from './ids.ts';

export interface GraphBuilder {
  /** `body` is what follows `export default`. The id of an asset is `id-<key>`. */
  asset(key: string, body?: string, fields?: Partial<CodeAsset>): GraphBuilder;
  external(key: string): GraphBuilder;
  module(name: string, body: string): GraphBuilder;
  document(): ProjectDocument;
}

export const idOf = (key: string): AssetId => asAssetId(`id-${key.replaceAll('/', '-')}`);

export function graph(from: ProjectDocument = emptyDocument('test')): GraphBuilder {
  const add = (asset: Asset) => graph({ ...from, assets: new Map(from.assets).set(asset.id, asset) });
  return {
    asset: (key, body = '() => 1', fields = {}) =>
      add({
        kind: 'asset',
        id: idOf(key),
        key,
        position: { x: 0, y: 0 },
        body: `export default ${body}`,
        ...fields,
      }),
    external: (key) => add({ kind: 'external', id: idOf(key), key, position: { x: 0, y: 0 } }),
    module: (name, body) => graph({ ...from, modules: new Map(from.modules).set(name, { name, body }) }),
    document: () => from,
  };
}
