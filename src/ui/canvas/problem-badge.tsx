// How many problems an asset has; a click shows them.

import { UnstyledButton } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import type { AssetId } from '#model/ids.ts';
import { selectAssets } from '#state/session-store.ts';
import css from '#ui/inspector/badges.module.css';
import { formatPlural } from '#ui/kit/format.ts';
import { useServices } from '#ui/kit/services.tsx';

export function ProblemBadge({ assetId, count }: { readonly assetId: AssetId; readonly count: number }) {
  const { session } = useServices();
  const show = () => {
    selectAssets(session, [assetId]);
    session.setState({ dockTab: 'problems', dockOpen: true });
  };
  return (
    <UnstyledButton
      className={`nodrag nopan ${css.problems}`}
      onClick={show}
      aria-label={`${formatPlural(count, 'problem')}: show`}
      title={formatPlural(count, 'problem')}
      tabIndex={-1}
    >
      <IconAlertTriangle size={12} stroke={2} />
      {count}
    </UnstyledButton>
  );
}
