// What the engine reads off encoded values, over the value codec.

import { canonicalRange } from '#model/values/canonical-range.ts';
import { describeValue } from '#model/values/describe-value.ts';
import type { ValueFacts } from './step-results.ts';

export const valueFacts: ValueFacts = {
  canonical(bytes) {
    try {
      const [start, end] = canonicalRange(bytes);
      return bytes.subarray(start, end);
    } catch {
      // Bytes that are no value: the step that sent them fails in words.
      return undefined;
    }
  },
  summarize: describeValue,
};
