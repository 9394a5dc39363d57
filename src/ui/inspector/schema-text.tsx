// The JSON Schema of a config as text.

import { schemaProblem } from '#model/config/check-config.ts';
import type { Json } from '#model/document.ts';
import { TextSetting } from './setting-fields.tsx';
import { parseJson } from './settings-rules.ts';

interface SchemaTextProps {
  readonly schema: Json;
  onChange(schema: Json | null): void;
}

export function SchemaText({ schema, onChange }: SchemaTextProps) {
  const problemOf = (text: string) => {
    const parsed = parseJson(text);
    if (!parsed.ok) return parsed.problem;
    return parsed.value === null ? undefined : schemaProblem(parsed.value);
  };
  return (
    <TextSetting
      label="Schema of the config"
      description="JSON Schema. Empty: any JSON may stand there."
      value={JSON.stringify(schema, null, 2)}
      rows={4}
      isCode
      problemOf={problemOf}
      onCommit={(text) => {
        const parsed = parseJson(text);
        if (parsed.ok) onChange(parsed.value);
      }}
    />
  );
}
