// How long to wait before a step is tried again (reference §1.8).

import type { RetryPolicyData } from '#model/document.ts';
import type { RandomSource } from './ports.ts';

/** Seconds before try number `attempt` (the first retry is 1). */
export function retryDelaySeconds(policy: RetryPolicyData, attempt: number, random: RandomSource): number {
  const base = policy.delay ?? 0;
  const grown =
    policy.backoff === 'LINEAR'
      ? base * attempt
      : policy.backoff === 'EXPONENTIAL'
        ? (2 ** attempt - 1) * base
        : base;
  if (policy.jitter === 'FULL') return random() * grown;
  if (policy.jitter === 'PLUS_MINUS') return Math.max(0, grown + 2 * random() * base - base);
  return grown;
}
