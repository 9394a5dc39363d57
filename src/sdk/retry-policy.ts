// How often and after what delay a failed step is tried again.

import type { RetryPolicyData } from '#model/document.ts';

/** Dagster: RetryPolicy. `delay` is in seconds; back-off and jitter need one. */
export class RetryPolicy {
  readonly maxRetries: number;
  readonly delay?: number;
  readonly backoff?: 'LINEAR' | 'EXPONENTIAL';
  readonly jitter?: 'FULL' | 'PLUS_MINUS';

  constructor(fields: Partial<RetryPolicyData> = {}) {
    this.maxRetries = fields.maxRetries ?? 1;
    if (fields.delay === undefined && (fields.backoff !== undefined || fields.jitter !== undefined))
      throw new TypeError('RetryPolicy: backoff and jitter need a delay.');
    if (fields.delay !== undefined) this.delay = fields.delay;
    if (fields.backoff !== undefined) this.backoff = fields.backoff;
    if (fields.jitter !== undefined) this.jitter = fields.jitter;
  }
}
