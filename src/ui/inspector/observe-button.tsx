// Takes a look at observable assets now.

import { Button } from '@mantine/core';
import { IconEye } from '@tabler/icons-react';
import type { AssetId } from '#model/ids.ts';
import { useServices } from '#ui/kit/services.tsx';
import { useLauncher } from '#ui/kit/use-launch.ts';
import { flushDrafts } from './open-drafts.ts';

export function ObserveButton({ assetIds }: { readonly assetIds: readonly AssetId[] }) {
  const { documents, session } = useServices();
  const { observe } = useLauncher();
  const look = async () => {
    flushDrafts(documents);
    const runId = await observe(assetIds);
    if (runId !== undefined) session.setState({ watchedRun: runId, dockTab: 'logs', dockOpen: true });
  };
  return (
    <Button variant="default" leftSection={<IconEye size={14} stroke={1.75} />} onClick={() => void look()}>
      Observe
    </Button>
  );
}
