// The checks of an asset with what is known of each.

import { useMemo } from 'react';
import { type CheckState, checkPlace } from '#model/checks/check-state.ts';
import { checksOfAsset } from '#model/checks/checks-by-asset.ts';
import type { AssetId } from '#model/ids.ts';
import type { KnownCheck } from '#model/validate-units.ts';
import { useDocument, useRuns } from '#ui/kit/services.tsx';
import { type CheckLook, checkLook } from './check-looks.ts';

export interface ShownCheck {
  readonly check: KnownCheck;
  readonly state: CheckState | undefined;
  readonly look: CheckLook;
}

export function useAssetChecks(assetId: AssetId): readonly ShownCheck[] {
  const known = useDocument((state) => checksOfAsset(state.graph, assetId));
  const states = useRuns((state) => state.checks);
  return useMemo(
    () =>
      known.map((check) => {
        const state = states.get(checkPlace(assetId, check.spec.name));
        return { check, state, look: checkLook(state) };
      }),
    [known, states, assetId],
  );
}

/** The looks of an asset's checks as one text, so that a node renders again only when one of them changes. */
export function useCheckLooks(assetId: AssetId): readonly CheckLook[] {
  const names = useDocument((state) =>
    checksOfAsset(state.graph, assetId)
      .map(({ spec }) => spec.name)
      .join(' '),
  );
  const looks = useRuns((state) =>
    names === ''
      ? ''
      : names
          .split(' ')
          .map((name) => checkLook(state.checks.get(checkPlace(assetId, name))))
          .join(' '),
  );
  return useMemo(() => (looks === '' ? [] : (looks.split(' ') as CheckLook[])), [looks]);
}
