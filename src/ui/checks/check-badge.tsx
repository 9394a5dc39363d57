// The checks of an asset on its node: how many passed, and how many did not. A click shows them.

import { UnstyledButton } from '@mantine/core';
import type { AssetId } from '#model/ids.ts';
import { selectAssets } from '#state/session-store.ts';
import { useServices } from '#ui/kit/services.tsx';
import { CheckIcon } from './check-icon.tsx';
import { type CheckLook, countLooks, countsText } from './check-looks.ts';
import css from './checks.module.css';
import { useCheckLooks } from './use-asset-checks.ts';

export function CheckBadge({ assetId }: { readonly assetId: AssetId }) {
  const { session } = useServices();
  const looks = useCheckLooks(assetId);
  if (looks.length === 0) return null;
  const counts = countLooks(looks);
  const words = `Checks: ${countsText(counts)}`;
  const shown: readonly (readonly [CheckLook, number])[] = [
    ['passed', counts.passed],
    ['warning', counts.warned],
    ['failed', counts.failed],
    [looks.includes('running') ? 'running' : 'never', counts.open],
  ];
  return (
    <UnstyledButton
      className={`nodrag nopan ${css.badge}`}
      onClick={() => selectAssets(session, [assetId], 'checks')}
      aria-label={`${words}. Show`}
      title={words}
      tabIndex={-1}
    >
      {shown.map(([look, count]) =>
        count === 0 ? null : (
          <span key={look} className={css.badgePart}>
            <CheckIcon look={look} size={12} />
            {count}
          </span>
        ),
      )}
    </UnstyledButton>
  );
}
