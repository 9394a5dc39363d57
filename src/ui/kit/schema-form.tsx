// Room for the form of a JSON Schema, which is loaded when it is first needed: its checker is large.

import { lazy, Suspense } from 'react';
import css from './schema-form.module.css';
import type { SchemaFormProps } from './schema-form-context.ts';

const View = lazy(async () => ({ default: (await import('./schema-form-view.tsx')).SchemaFormView }));

export function SchemaForm(props: SchemaFormProps) {
  return (
    <Suspense fallback={<div className={css.waiting} role="status" aria-label={`Loading ${props.label}`} />}>
      <View {...props} />
    </Suspense>
  );
}
