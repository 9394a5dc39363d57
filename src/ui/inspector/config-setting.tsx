// What a body reads as `context.config` when a launch says nothing else, and the schema that says what it may be.

import { Button } from '@mantine/core';
import { lazy, Suspense, useId, useState } from 'react';
import { inferConfigSchema } from '#model/config/infer-schema.ts';
import type { Json } from '#model/document.ts';
import { SchemaForm } from '#ui/kit/schema-form.tsx';
import css from './settings-tab.module.css';

interface ConfigSettingProps {
  readonly of: { readonly config?: Json; readonly configSchema?: Json };
  onChange(change: { readonly config?: Json | null; readonly configSchema?: Json | null }): void;
}

const SchemaText = lazy(async () => ({ default: (await import('./schema-text.tsx')).SchemaText }));

const startSchema: Json = {
  type: 'object',
  properties: { limit: { type: 'integer', minimum: 1, default: 100, description: 'How many rows at most' } },
  additionalProperties: false,
};

export function ConfigSetting({ of, onChange }: ConfigSettingProps) {
  const [isOpen, setIsOpen] = useState(false);
  const id = useId();
  const { config, configSchema } = of;
  const start = () => {
    onChange({ configSchema: config === undefined ? startSchema : inferConfigSchema(config) });
    setIsOpen(true);
  };
  return (
    <section className={css.part} aria-labelledby={id}>
      <div className={css.partHead}>
        <h3 id={id}>Config</h3>
        {configSchema === undefined ? (
          <Button variant="subtle" size="xs" onClick={start}>
            Describe it by a schema
          </Button>
        ) : (
          <Button variant="subtle" size="xs" aria-expanded={isOpen} onClick={() => setIsOpen(!isOpen)}>
            {isOpen ? 'Close the schema' : 'Edit the schema'}
          </Button>
        )}
      </div>
      <p className={css.partText}>
        The body reads it as <code>context.config</code>. A launch may give another one.
      </p>
      {isOpen && configSchema !== undefined ? (
        <Suspense fallback={null}>
          <SchemaText schema={configSchema} onChange={(next) => onChange({ configSchema: next })} />
        </Suspense>
      ) : null}
      <SchemaForm
        label="Default config"
        schema={configSchema}
        value={config}
        onChange={(next) => onChange({ config: isNothing(next) ? null : (next ?? null) })}
      />
    </section>
  );
}

// A form whose last field was emptied is as good as none.
const isNothing = (value: Json | undefined): boolean =>
  value === undefined ||
  (typeof value === 'object' && value !== null && !Array.isArray(value) && Object.keys(value).length === 0);
