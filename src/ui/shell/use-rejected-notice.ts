// Says when an edit of this tab was dropped because another tab's change made it impossible.

import { useEffect } from 'react';
import { noticeError } from '#ui/kit/notices.ts';
import { useDocument } from '#ui/kit/services.tsx';

export function useRejectedNotice(): void {
  const rejected = useDocument((state) => state.rejected);
  useEffect(() => {
    if (rejected) noticeError(rejected.error, `“${rejected.label}” was dropped: another tab was first`);
  }, [rejected]);
}
