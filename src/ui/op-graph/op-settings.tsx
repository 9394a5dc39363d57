// What is set of one op: its name, how it is run, and what it gives. Each change is one command.

import { ActionIcon, Checkbox, Switch, Tooltip } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import type { Command } from '#model/commands/command.ts';
import type { OpChange } from '#model/commands/op-command.ts';
import { definitionNameProblem } from '#model/commands/unit-commands.ts';
import type { GraphUnit, OpNode, OpOut } from '#model/document.ts';
import { opOuts } from '#model/op-graph.ts';
import { freeKey } from '#ui/canvas/new-assets.ts';
import { ConfigSetting } from '#ui/inspector/config-setting.tsx';
import outCss from '#ui/inspector/outputs-list.module.css';
import { RunSettings } from '#ui/inspector/run-settings.tsx';
import { TextSetting } from '#ui/inspector/setting-fields.tsx';
import css from '#ui/inspector/settings-tab.module.css';
import compact from '#ui/kit/compact-form.module.css';
import { noticeError } from '#ui/kit/notices.ts';
import { useServices } from '#ui/kit/services.tsx';
import { useOpGraph } from './op-graph-context.ts';
import pageCss from './op-page.module.css';

export function OpSettings({ unit, op }: { readonly unit: GraphUnit; readonly op: OpNode }) {
  const { documents } = useServices();
  const { actions } = useOpGraph();
  const run = (command: Command) => {
    const error = documents.run(command);
    if (error) noticeError(error);
  };
  const update = (change: OpChange) => run({ type: 'UpdateOp', unit: unit.id, op: op.name, change });
  const isTaken = (name: string) => unit.ops.some((other) => other !== op && other.name === name);
  return (
    <div className={`${css.settings} ${compact.form}`}>
      <TextSetting
        label="Name"
        description={`Names its step in runs: ${unit.name}.${op.name}`}
        value={op.name}
        isCode
        problemOf={(name) =>
          definitionNameProblem(name) ?? (isTaken(name) ? 'Another op has this name.' : undefined)
        }
        onCommit={(name) => actions.rename(op.name, name)}
      />
      <TextSetting
        label="Description"
        value={op.description ?? ''}
        rows={2}
        placeholder="What this op does"
        problemOf={() => undefined}
        onCommit={(text) => update({ description: text.trim() === '' ? null : text.trim() })}
      />
      <Outs op={op} update={update} />
      <RunSettings of={op} onChange={update} />
      <ConfigSetting of={op} onChange={update} />
    </div>
  );
}

function Outs({ op, update }: { readonly op: OpNode; update(change: OpChange): void }) {
  const outs = opOuts(op);
  const put = (next: readonly OpOut[]) => {
    const only = next.length === 1 ? next[0]! : undefined;
    const isPlain = only?.name === 'result' && !only.isDynamic && only.isRequired !== false;
    update({ outs: isPlain ? null : next });
  };
  const change = (i: number, field: Partial<OpOut>) => {
    const { isDynamic, isRequired, name } = { ...outs[i]!, ...field };
    put(
      outs.with(i, {
        name,
        ...(isDynamic ? { isDynamic } : {}),
        ...(isRequired === false ? { isRequired } : {}),
      }),
    );
  };
  return (
    <section className={pageCss.values} aria-label="Gives">
      <div className={outCss.head}>
        <span className={outCss.label}>Gives</span>
        <Tooltip label="Add a value that it gives">
          <ActionIcon
            size={24}
            aria-label="Add a value"
            onClick={() => put([...outs, { name: freeKey(new Set(outs.map(({ name }) => name)), 'value') }])}
          >
            <IconPlus size={14} stroke={1.75} />
          </ActionIcon>
        </Tooltip>
      </div>
      {outs.map((out, i) => (
        <div key={out.name} className={pageCss.value}>
          <TextSetting
            label={`Name of value ${i + 1}`}
            isLabelHidden
            value={out.name}
            isCode
            problemOf={(name) =>
              definitionNameProblem(name) ??
              (outs.some((other) => other !== out && other.name === name)
                ? 'Another value has this name.'
                : undefined)
            }
            onCommit={(name) => change(i, { name })}
          />
          <Tooltip
            multiline
            w={260}
            label="Many values, each under a key: the body yields DynamicOutputs, and what reads it runs once per value"
          >
            <Switch
              size="xs"
              label="Many"
              aria-label={`${out.name} is many values`}
              checked={out.isDynamic === true}
              onChange={(event) => change(i, { isDynamic: event.currentTarget.checked })}
            />
          </Tooltip>
          <Tooltip label="The op fails when its body leaves it out">
            <Checkbox
              size="xs"
              label="Required"
              aria-label={`${out.name} is required`}
              checked={out.isRequired !== false}
              onChange={(event) => change(i, { isRequired: event.currentTarget.checked })}
            />
          </Tooltip>
          <Tooltip label={outs.length === 1 ? 'An op gives something' : 'Remove it, and its wires'}>
            <ActionIcon
              size={24}
              aria-label={`Remove ${out.name}`}
              disabled={outs.length === 1}
              onClick={() => put(outs.filter((_, at) => at !== i))}
            >
              <IconX size={12} stroke={1.75} />
            </ActionIcon>
          </Tooltip>
        </div>
      ))}
    </section>
  );
}
