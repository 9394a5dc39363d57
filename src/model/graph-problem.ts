// What can be wrong with a document's definitions, each with the asset it shows at.

import type { AssetId, CheckId } from './ids.ts';

export type GraphProblem =
  | { readonly type: 'KeyInvalid'; readonly assetId: AssetId; readonly key: string; readonly reason: string }
  | { readonly type: 'DuplicateKey'; readonly assetId: AssetId; readonly key: string }
  | {
      readonly type: 'HeadUnreadable';
      readonly assetId: AssetId;
      readonly key: string;
      readonly reason: string;
      /** 1-based. */
      readonly line: number;
      readonly column: number;
      readonly checkId?: CheckId;
    }
  | {
      readonly type: 'InputMissing';
      readonly assetId: AssetId;
      readonly key: string;
      readonly input: string;
      readonly missing: string;
      readonly didYouMean: readonly string[];
      readonly checkId?: CheckId;
    }
  | { readonly type: 'CycleFound'; readonly assetId: AssetId; readonly path: readonly string[] }
  | { readonly type: 'FileMissing'; readonly assetId: AssetId; readonly key: string; readonly path: string }
  | {
      readonly type: 'FieldInvalid';
      readonly assetId: AssetId;
      readonly key: string;
      readonly field: string;
      readonly reason: string;
      readonly checkId?: CheckId;
    }
  | {
      readonly type: 'DuplicateCheck';
      readonly assetId: AssetId;
      readonly key: string;
      readonly check: string;
    }
  | {
      readonly type: 'ResourceMissing';
      readonly assetId: AssetId;
      readonly key: string;
      readonly resource: string;
      readonly didYouMean: readonly string[];
      readonly checkId?: CheckId;
    };
