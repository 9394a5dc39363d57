// What a schema's form is given, and what its fields share.

import { createContext, use } from 'react';
import type { ConfigPath, ConfigProblem } from '#model/config/config-path.ts';
import type { Json } from '#model/document.ts';

export interface SchemaFormProps {
  /** JSON Schema of an object. Without one there is the JSON view alone. */
  readonly schema?: Json | undefined;
  readonly value: Json | undefined;
  /** Names the form for those who cannot see what is around it. */
  readonly label: string;
  /** May a field be `{ "env": "NAME" }`, read when a run launches? */
  readonly allowsEnvironment?: boolean;
  /** Called when a field is left, Enter is pressed or a switch is turned; a value with problems is given too. */
  onChange(value: Json | undefined): void;
  /** Everything that is wrong with what the form shows, whenever that changes. */
  onProblems?(problems: readonly ConfigProblem[]): void;
}

export interface SchemaFormState {
  readonly label: string;
  readonly draft: Json | undefined;
  readonly problems: readonly ConfigProblem[];
  readonly allowsEnvironment: boolean;
  /** While typing; `commit` says when it is done. Undefined takes the value away. */
  edit(path: ConfigPath, next: Json | undefined): void;
  commit(): void;
  /** At once: switches, choices, entries added and taken away. */
  set(path: ConfigPath, next: Json | undefined): void;
  /** Takes back what was typed and not committed. */
  revert(): void;
}

export const SchemaFormContext = createContext<SchemaFormState | undefined>(undefined);

export function useSchemaForm(): SchemaFormState {
  const form = use(SchemaFormContext);
  if (!form) throw new Error('Internal error: a field outside of its form.');
  return form;
}
