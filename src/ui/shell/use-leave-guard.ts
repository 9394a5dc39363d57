// Asks before the tab is closed while edits are not in the log yet.

import { useEffect } from 'react';
import { flushDrafts } from '#ui/inspector/open-drafts.ts';
import { useServices } from '#ui/kit/services.tsx';

export function useLeaveGuard(): void {
  const { documents } = useServices();
  useEffect(() => {
    const onBeforeUnload = (event: BeforeUnloadEvent) => {
      flushDrafts(documents);
      if (documents.store.getState().save.type !== 'saved') event.preventDefault();
    };
    window.addEventListener('beforeunload', onBeforeUnload);
    return () => window.removeEventListener('beforeunload', onBeforeUnload);
  }, [documents]);
}
