// The way to draw a wire without a mouse: a list of what can be taken here.

import { ActionIcon, Combobox, Tooltip, useCombobox } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import type { OpTarget } from '#model/commands/op-command.ts';
import { opConnectionProblem } from '#model/commands/op-commands.ts';
import type { OpSource } from '#model/commands/op-edits.ts';
import type { GraphUnit } from '#model/document.ts';
import { unitInputs } from '#model/graph.ts';
import { opOuts } from '#model/op-graph.ts';
import { useOpGraph } from './op-graph-context.ts';

interface SourcePickerProps {
  readonly unit: GraphUnit;
  readonly to: OpTarget;
  readonly label: string;
}

export function SourcePicker({ unit, to, label }: SourcePickerProps) {
  const { actions } = useOpGraph();
  const [search, setSearch] = useState('');
  const combobox = useCombobox({
    onDropdownClose: () => setSearch(''),
    onDropdownOpen: () => combobox.focusSearchInput(),
  });
  const options = combobox.dropdownOpened
    ? sourcesOf(unit).filter(
        ({ name, from }) =>
          name.toLowerCase().includes(search.toLowerCase()) && !opConnectionProblem(unit, from, to),
      )
    : [];
  const submit = (name: string) => {
    combobox.closeDropdown();
    const source = options.find((option) => option.name === name);
    if (source) actions.connect(source.from, to);
  };
  return (
    <Combobox store={combobox} onOptionSubmit={submit} width={260} position="bottom-start">
      <Combobox.Target targetType="button" withAriaAttributes>
        <Tooltip label={label}>
          <ActionIcon size={24} aria-label={label} onClick={() => combobox.toggleDropdown()}>
            <IconPlus size={14} stroke={1.75} />
          </ActionIcon>
        </Tooltip>
      </Combobox.Target>
      <Combobox.Dropdown className="nokey">
        <Combobox.Search
          value={search}
          onChange={(event) => setSearch(event.currentTarget.value)}
          placeholder="Find an op or an input"
          aria-label="Find an op or an input"
        />
        <Combobox.Options mah={220} style={{ overflow: 'auto' }}>
          {options.map(({ name }) => (
            <Combobox.Option key={name} value={name} className="hw-mono" fz={12}>
              {name}
            </Combobox.Option>
          ))}
          {options.length === 0 ? <Combobox.Empty>Nothing else can be taken here</Combobox.Empty> : null}
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  );
}

/** All that a wire can begin at: the graph's inputs, and what its ops give. */
function sourcesOf(unit: GraphUnit): readonly { readonly name: string; readonly from: OpSource }[] {
  return [
    ...unitInputs(unit).map(({ name }) => ({ name: `input ${name}`, from: { input: name } })),
    ...unit.ops.flatMap((op) =>
      opOuts(op).map((out) =>
        out.name === 'result'
          ? { name: op.name, from: { op: op.name } }
          : { name: `${op.name}.${out.name}`, from: { op: op.name, output: out.name } },
      ),
    ),
  ];
}
