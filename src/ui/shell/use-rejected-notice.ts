// Says when edits of this tab were dropped because another tab's change made them impossible.

import { useEffect } from 'react';
import { noticeError } from '#ui/kit/notices.ts';
import { useDocument } from '#ui/kit/services.tsx';

export function useRejectedNotice(): void {
  const rejected = useDocument((state) => state.rejected);
  useEffect(() => {
    for (const { label, error } of rejected)
      noticeError(error, `“${label}” was dropped: another tab was first`);
  }, [rejected]);
}
