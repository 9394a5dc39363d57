// How much room this site uses in the browser, and how much there is.

import { useCallback, useEffect, useState } from 'react';

export interface StorageUse {
  readonly usedBytes: number;
  readonly quotaBytes: number;
}

export function useStorageEstimate(): { readonly use: StorageUse | undefined; refresh(): void } {
  const [use, setUse] = useState<StorageUse>();
  const refresh = useCallback(() => {
    navigator.storage?.estimate?.().then(
      ({ usage, quota }) =>
        setUse(usage === undefined || !quota ? undefined : { usedBytes: usage, quotaBytes: quota }),
      () => setUse(undefined),
    );
  }, []);
  useEffect(refresh, [refresh]);
  return { use, refresh };
}
