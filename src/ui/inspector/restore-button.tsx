// Makes an earlier value the latest one again. The one it replaces stays in the history.

import { ActionIcon, Tooltip } from '@mantine/core';
import { IconRestore } from '@tabler/icons-react';
import { useState } from 'react';
import type { Materialization } from '#model/asset-state.ts';
import type { AssetId } from '#model/ids.ts';
import { noticeDone, noticeError, noticeFault } from '#ui/kit/notices.ts';
import { useDocument, useServices } from '#ui/kit/services.tsx';

interface RestoreButtonProps {
  readonly assetId: AssetId;
  readonly from: Materialization;
}

export function RestoreButton({ assetId, from }: RestoreButtonProps) {
  const { workspace } = useServices();
  const projectId = useDocument((state) => state.projectId);
  const [isBusy, setIsBusy] = useState(false);
  const restore = async () => {
    if (projectId === undefined) return;
    setIsBusy(true);
    try {
      const restored = await workspace.restore(projectId, assetId, from);
      if (restored.ok) noticeDone('Restored. What it replaced is still in the history.', 'restored');
      else noticeError(restored.error, 'The value was not restored');
    } catch (thrown) {
      noticeFault('The value was not restored', thrown);
    } finally {
      setIsBusy(false);
    }
  };
  return (
    <Tooltip label="Restore this value: make it the latest again" position="left">
      <ActionIcon aria-label="Restore this value" loading={isBusy} onClick={() => void restore()}>
        <IconRestore size={16} stroke={1.5} />
      </ActionIcon>
    </Tooltip>
  );
}
