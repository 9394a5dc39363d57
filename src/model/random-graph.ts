// Random projects for property tests: acyclic, with inputs, aliases, `ins` entries and deps. Test code only.

import fc from 'fast-check';
import { isPlainName } from './asset-key.ts';
import { type CodeAsset, emptyDocument, type ProjectDocument } from './document.ts';
import { asAssetId } from './ids.ts';

const keys = ['a', 'b', 'c', 'raw/x', 'raw/d-1', 'e', 'f.g'];

/** A document of up to seven code assets; each reads only assets that come before it. */
export const randomDocument: fc.Arbitrary<ProjectDocument> = fc
  .array(fc.array(fc.constantFrom('none', 'plain', 'alias', 'ins', 'dep'), { minLength: 7, maxLength: 7 }), {
    minLength: 1,
    maxLength: 7,
  })
  .map((rows) => {
    const assets = rows.map((row, i): CodeAsset => {
      const elements: string[] = [];
      const ins: Record<string, string> = {};
      const deps: string[] = [];
      keys.slice(0, i).forEach((key, j) => {
        const how = row[j]!;
        if (how === 'dep') deps.push(key);
        else if (how === 'plain' && isPlainName(key)) elements.push(key);
        else if (how === 'alias') elements.push(isPlainName(key) ? `${key}: v${j}` : `"${key}": v${j}`);
        else if (how === 'ins' || how === 'plain') {
          elements.push(`in${j}`);
          ins[`in${j}`] = key;
        }
      });
      return {
        id: asAssetId(`id${i}`),
        kind: 'asset',
        key: keys[i]!,
        position: { x: i * 300, y: 0 },
        body: `export default function ({ ${elements.join(', ')} }) {\n  return 1;\n}\n`,
        ...(Object.keys(ins).length > 0 ? { ins } : {}),
        ...(deps.length > 0 ? { deps } : {}),
      };
    });
    return { ...emptyDocument('random'), assets: new Map(assets.map((asset) => [asset.id, asset])) };
  });
