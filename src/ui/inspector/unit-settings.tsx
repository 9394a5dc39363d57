// What is set of a unit as a whole. Each change is one command.

import type { UnitChange } from '#model/commands/unit-command.ts';
import { definitionNameProblem } from '#model/commands/unit-commands.ts';
import type { MultiUnit, Unit } from '#model/document.ts';
import { unitInputs } from '#model/graph.ts';
import { rowsOf } from '#ui/canvas/node-places.ts';
import { noticeError } from '#ui/kit/notices.ts';
import { useDocument, useServices } from '#ui/kit/services.tsx';
import { ConfigSetting } from './config-setting.tsx';
import { KindSetting } from './kind-setting.tsx';
import { ResourceSetting } from './resource-settings.tsx';
import { RunSettings } from './run-settings.tsx';
import { ListSetting, TextSetting } from './setting-fields.tsx';

export function UnitSettings({ unit }: { readonly unit: Unit }) {
  const { documents } = useServices();
  const units = useDocument((state) => state.document.units);
  const [first] = useDocument((state) => rowsOf(state.document, unit.id));
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
      {first ? <KindSetting asset={first} /> : null}
      {unit.kind === 'graph' ? null : (
        <>
          {unit.kind === 'multi' ? <MadeFrom unit={unit} onChange={update} /> : null}
          <RunSettings of={unit} onChange={update} />
          <ConfigSetting of={unit} onChange={update} />
          <ResourceSetting of={unit} onChange={update} />
        </>
      )}
    </>
  );
}

interface MadeFromProps {
  readonly unit: MultiUnit;
  onChange(change: UnitChange): void;
}

/** What each output is made from: it is stale when that has changed, and comes after it. */
function MadeFrom({ unit, onChange }: MadeFromProps) {
  const outputs = useDocument((state) => rowsOf(state.document, unit.id));
  const inputs = unitInputs(unit).map(({ key }) => key);
  return outputs.map(({ id, key, output }) => {
    const known = [...inputs, ...outputs.flatMap((other) => (other.id === id ? [] : other.key))];
    const put = (keys: readonly string[]) => {
      const { [output]: _, ...others } = unit.internalDeps ?? {};
      const next = keys.length === 0 ? others : { ...others, [output]: keys };
      onChange({ internalDeps: Object.keys(next).length === 0 ? null : next });
    };
    return (
      <ListSetting
        key={id}
        label={`${key} is made from`}
        description="Inputs, and outputs that the body makes before it; all inputs when left empty"
        values={unit.internalDeps?.[output] ?? []}
        suggestions={known}
        placeholder="All inputs"
        problemOf={(keys) => {
          const unknown = keys.find((each) => !known.includes(each));
          return unknown === undefined
            ? undefined
            : `“${unknown}” is no input and no other output of the body.`;
        }}
        onCommit={put}
      />
    );
  });
}
