// What is set of a unit as a whole. Each change is one command.

import type { UnitChange } from '#model/commands/unit-command.ts';
import { definitionNameProblem } from '#model/commands/unit-commands.ts';
import type { Unit } from '#model/document.ts';
import { noticeError } from '#ui/kit/notices.ts';
import { useDocument, useServices } from '#ui/kit/services.tsx';
import { ConfigSetting } from './config-setting.tsx';
import { RunSettings } from './run-settings.tsx';
import { TextSetting } from './setting-fields.tsx';

export function UnitSettings({ unit }: { readonly unit: Unit }) {
  const { documents } = useServices();
  const units = useDocument((state) => state.document.units);
  const update = (change: UnitChange) => {
    const error = documents.run({ type: 'UpdateUnit', id: unit.id, change });
    if (error) noticeError(error);
  };
  const isTaken = (name: string) =>
    [...units.values()].some((other) => other !== unit && other.name === name);
  return (
    <>
      <TextSetting
        label="Name"
        description="Names its step in runs"
        value={unit.name}
        isCode
        problemOf={(name) =>
          definitionNameProblem(name) ?? (isTaken(name) ? 'Another step has this name.' : undefined)
        }
        onCommit={(name) => update({ name })}
      />
      <TextSetting
        label="Description"
        value={unit.description ?? ''}
        rows={2}
        placeholder="What these belong together for"
        problemOf={() => undefined}
        onCommit={(text) => update({ description: text.trim() === '' ? null : text.trim() })}
      />
      {unit.kind === 'graph' ? null : (
        <>
          <RunSettings of={unit} onChange={update} />
          <ConfigSetting of={unit} onChange={update} />
        </>
      )}
    </>
  );
}
