// What came along with a shared project about one asset: when it was made, and its value as far as it was sent. It is
// shown from the bundle itself: nothing is stored or run for it.

import { useMemo } from 'react';
import { previewOfValue } from '#engine/preview-of-value.ts';
import type { SharedResult, SharedValue } from '#interop/share/bundle-types.ts';
import { sizeText } from '#ui/inspector/asset-facts.ts';
import { PlainValue } from '#ui/inspector/plain-value.tsx';
import { formatDuration, formatExact } from '#ui/kit/format.ts';
import css from './shared-facts.module.css';

export interface SharedFactsProps {
  readonly value: SharedValue | undefined;
  readonly result: SharedResult | undefined;
}

export function SharedFacts({ value, result }: SharedFactsProps) {
  const preview = useMemo(() => value && maybePreview(value), [value]);
  return (
    <div className={css.facts}>
      {result ? <p className={css.note}>{resultWords(result)}</p> : null}
      {value === undefined ? null : preview ? (
        <>
          <PlainValue preview={preview} />
          {value.isSample ? <p className={css.note}>Only a sample of it came along.</p> : null}
        </>
      ) : (
        <p className={css.note}>The value that came along is damaged.</p>
      )}
    </div>
  );
}

/** "Materialized Nov 21, 2026, 17:03:11 in 12 ms: 1,461 rows". */
function resultWords({ timestamp, durationMs, summary }: SharedResult): string {
  const size = sizeText(summary);
  const made = `Materialized ${formatExact(timestamp * 1000)} in ${formatDuration(durationMs)}`;
  return size === undefined ? `${made}.` : `${made}: ${size}.`;
}

/** What comes from outside may be damaged, which reading it says by throwing. */
function maybePreview({ bytes }: SharedValue) {
  try {
    return previewOfValue(bytes);
  } catch {
    return undefined;
  }
}

/** The parts of a bundle that are about the asset with a key. */
export const factsOf = (
  bundle: { readonly values?: readonly SharedValue[]; readonly results?: readonly SharedResult[] },
  key: string | undefined,
): SharedFactsProps => ({
  value: bundle.values?.find((each) => each.key === key),
  result: bundle.results?.find((each) => each.key === key),
});
