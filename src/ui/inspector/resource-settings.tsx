// Which resources a body is given, and who keeps the value.

import { Select } from '@mantine/core';
import { useId } from 'react';
import { readyManagers } from '#model/commands/resource-commands.ts';
import { resourceUses } from '#model/resource-names.ts';
import { useDocument } from '#ui/kit/services.tsx';
import { ListSetting } from './setting-fields.tsx';

interface ResourceSettingProps {
  readonly of: { readonly body: string; readonly resources?: readonly string[] };
  onChange(change: { readonly resources: readonly string[] | null }): void;
}

/** The resources that a body asks for: those that it names, unless there is a list. */
export function ResourceSetting({ of: { body, resources }, onChange }: ResourceSettingProps) {
  const known = useDocument((state) => state.document.resources);
  if (known.size === 0 && resources === undefined) return null;
  const named = [...new Set(resourceUses(body).map(({ key }) => key))];
  return (
    <ListSetting
      label="Resources"
      description={
        resources !== undefined
          ? 'Only these, whatever the body names'
          : named.length > 0
            ? `Those that the body names: ${named.join(', ')}`
            : 'Those that the body names as context.resources.<key>'
      }
      values={resources ?? []}
      suggestions={[...known.values()].flatMap(({ key, kind }) => (kind === 'resource' ? key : []))}
      problemOf={(keys) => {
        const missing = keys.find((key) => !known.has(key));
        return missing === undefined ? undefined : `There is no resource “${missing}”.`;
      }}
      onCommit={(keys) => onChange({ resources: keys.length === 0 ? null : keys })}
    />
  );
}

interface ManagerSettingProps {
  readonly of: { readonly ioManager?: string };
  onChange(change: { readonly ioManager: string | null }): void;
}

const byDefault = '';

/** Who keeps the value of an asset. */
export function ManagerSetting({ of: { ioManager = byDefault }, onChange }: ManagerSettingProps) {
  const resources = useDocument((state) => state.document.resources);
  const id = useId();
  const own = [...resources.values()].flatMap(({ key, kind }) => (kind === 'ioManager' ? key : []));
  const keys = [...readyManagers, ...own.filter((key) => key !== 'io_manager')];
  const data = [
    {
      value: byDefault,
      label: resources.has('io_manager') ? 'The default: io_manager' : 'The default: browser',
    },
    ...keys.map((key) => ({ value: key, label: key })),
  ];
  if (!data.some(({ value }) => value === ioManager))
    data.push({ value: ioManager, label: `${ioManager} (not defined)` });
  return (
    <Select
      id={id}
      label="IO manager"
      description="Keeps the value, and loads it for those who read it"
      allowDeselect={false}
      value={ioManager}
      data={data}
      onChange={(next) => onChange({ ioManager: next === null || next === byDefault ? null : next })}
    />
  );
}
