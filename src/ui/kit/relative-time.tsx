// "2 min ago", with the exact time on hover; keeps itself up to date.

import { formatExact, formatRelative } from './format.ts';
import { useNow } from './use-now.ts';

/** `at` in milliseconds since the epoch. */
export function RelativeTime({ at }: { readonly at: number }) {
  const now = useNow();
  return (
    <time dateTime={new Date(at).toISOString()} title={formatExact(at)}>
      {formatRelative(at, Math.max(now, at))}
    </time>
  );
}
