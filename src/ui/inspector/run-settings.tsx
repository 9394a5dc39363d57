// How a body is run: its time limit and what happens when it fails.

import { Select } from '@mantine/core';
import type { RetryPolicyData } from '#model/document.ts';
import { TextSetting } from './setting-fields.tsx';
import { parseNumber, tidyRetryPolicy } from './settings-rules.ts';
import css from './settings-tab.module.css';

interface RunSettingsProps {
  readonly of: { readonly retryPolicy?: RetryPolicyData; readonly timeoutSeconds?: number };
  onChange(change: {
    readonly retryPolicy?: RetryPolicyData | null;
    readonly timeoutSeconds?: number | null;
  }): void;
}

const numberRules = {
  retries: { min: 0, whole: true, what: 'The number of retries' },
  delay: { min: 0, whole: false, what: 'The delay' },
  timeout: { min: 0.001, whole: false, what: 'The timeout' },
};

export function RunSettings({ of, onChange }: RunSettingsProps) {
  const policy = of.retryPolicy;
  const setPolicy = (change: {
    readonly maxRetries?: number | null;
    readonly delay?: number | null;
    readonly backoff?: RetryPolicyData['backoff'] | null;
    readonly jitter?: RetryPolicyData['jitter'] | null;
  }) =>
    onChange({
      retryPolicy: tidyRetryPolicy({
        maxRetries: policy?.maxRetries ?? null,
        delay: policy?.delay ?? null,
        backoff: policy?.backoff ?? null,
        jitter: policy?.jitter ?? null,
        ...change,
      }),
    });
  const number = (
    label: string,
    value: number | undefined,
    rule: (typeof numberRules)[keyof typeof numberRules],
    commit: (value: number | null) => void,
    placeholder: string,
  ) => (
    <TextSetting
      label={label}
      value={value === undefined ? '' : String(value)}
      placeholder={placeholder}
      problemOf={(text) => {
        const parsed = parseNumber(text, rule);
        return parsed.ok ? undefined : parsed.problem;
      }}
      onCommit={(text) => {
        const parsed = parseNumber(text, rule);
        if (parsed.ok) commit(parsed.value);
      }}
    />
  );
  const hasDelay = policy?.delay !== undefined;
  return (
    <div className={css.pair}>
      {number(
        'Timeout, s',
        of.timeoutSeconds,
        numberRules.timeout,
        (timeoutSeconds) => onChange({ timeoutSeconds }),
        'None',
      )}
      {number(
        'Retries',
        policy?.maxRetries,
        numberRules.retries,
        (maxRetries) => setPolicy({ maxRetries }),
        'None',
      )}
      {policy === undefined ? null : (
        <>
          {number('Delay, s', policy.delay, numberRules.delay, (delay) => setPolicy({ delay }), 'At once')}
          <Select
            label="Back-off"
            disabled={!hasDelay}
            value={policy.backoff ?? 'NONE'}
            data={[
              { value: 'NONE', label: 'Same delay' },
              { value: 'LINEAR', label: 'Linear' },
              { value: 'EXPONENTIAL', label: 'Exponential' },
            ]}
            allowDeselect={false}
            onChange={(backoff) =>
              setPolicy({ backoff: backoff === 'LINEAR' || backoff === 'EXPONENTIAL' ? backoff : null })
            }
          />
          <Select
            label="Jitter"
            disabled={!hasDelay}
            value={policy.jitter ?? 'NONE'}
            data={[
              { value: 'NONE', label: 'None' },
              { value: 'FULL', label: 'Full' },
              { value: 'PLUS_MINUS', label: 'Plus or minus' },
            ]}
            allowDeselect={false}
            onChange={(jitter) =>
              setPolicy({ jitter: jitter === 'FULL' || jitter === 'PLUS_MINUS' ? jitter : null })
            }
          />
        </>
      )}
    </div>
  );
}
