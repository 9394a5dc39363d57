// "Configure this run": the config of each body that has one, as a form that starts with its default.

import { Button } from '@mantine/core';
import { IconChevronRight } from '@tabler/icons-react';
import type { PlanProblem } from '#engine/plan-types.ts';
import type { Json } from '#model/document.ts';
import { SchemaForm } from '#ui/kit/schema-form.tsx';
import type { ConfigurableStep } from './configurable-steps.ts';
import css from './run-config.module.css';

export type GivenConfig = Readonly<Record<string, Json>>;

interface RunConfigProps {
  readonly steps: readonly ConfigurableStep[];
  readonly given: GivenConfig;
  readonly problems: readonly PlanProblem[];
  onChange(given: GivenConfig): void;
}

export function RunConfig({ steps, given, problems, onChange }: RunConfigProps) {
  if (steps.length === 0) return null;
  const wrong = new Set(
    problems.flatMap((problem) => (problem.type === 'ConfigInvalid' ? [problem.key] : [])),
  );
  const without = (name: string) =>
    Object.fromEntries(Object.entries(given).filter(([other]) => other !== name));
  return (
    <section className={css.steps} aria-label="Configure this run">
      <h3 className={css.title}>Configure this run</h3>
      {steps.map(({ name, config, configSchema }) => {
        const isGiven = Object.hasOwn(given, name);
        return (
          <details key={name} className={css.step} open={steps.length === 1 || wrong.has(name)}>
            <summary className={css.summary}>
              <IconChevronRight className={css.chevron} size={14} stroke={1.75} aria-hidden />
              <span className={`hw-mono ${css.name}`}>{name}</span>
              <span className={css.state} data-wrong={wrong.has(name) || undefined}>
                {wrong.has(name) ? 'has problems' : isGiven ? 'for this run only' : 'as by default'}
              </span>
            </summary>
            <div className={css.form}>
              <SchemaForm
                label={`Config of ${name}`}
                schema={configSchema}
                value={isGiven ? given[name] : config}
                onChange={(next) =>
                  onChange(
                    JSON.stringify(next) === JSON.stringify(config)
                      ? without(name)
                      : { ...given, [name]: next ?? {} },
                  )
                }
              />
              {isGiven ? (
                <Button variant="subtle" size="xs" onClick={() => onChange(without(name))}>
                  Back to the default
                </Button>
              ) : null}
            </div>
          </details>
        );
      })}
    </section>
  );
}
