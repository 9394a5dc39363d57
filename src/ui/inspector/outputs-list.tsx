// What one body makes: each asset with the name that the body gives it by, and whether it may be left out.

import { ActionIcon, Checkbox, Switch, Tooltip } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import type { Command } from '#model/commands/command.ts';
import { bodyWithOutputName } from '#model/commands/output-names.ts';
import { definitionNameProblem } from '#model/commands/unit-commands.ts';
import type { MultiUnit, OutputAsset } from '#model/document.ts';
import { asAssetId } from '#model/ids.ts';
import { selectAssets } from '#state/session-store.ts';
import { newOutput } from '#ui/canvas/new-units.ts';
import { rowsOf } from '#ui/canvas/node-places.ts';
import { noticeDone, noticeError } from '#ui/kit/notices.ts';
import { useDocument, useRuns, useServices } from '#ui/kit/services.tsx';
import { StatusIcon } from '#ui/kit/status-icon.tsx';
import { nodeStatus } from './asset-facts.ts';
import css from './outputs-list.module.css';
import { TextSetting } from './setting-fields.tsx';

export function OutputsList({ unit }: { readonly unit: MultiUnit }) {
  const { documents, session, newId } = useServices();
  const outputs = useDocument((state) => rowsOf(state.document, unit.id));
  const run = (command: Command): boolean => {
    const error = documents.run(command);
    if (error) noticeError(error);
    return error === undefined;
  };
  const add = () => {
    const { document } = documents.store.getState();
    const output = newOutput(document, unit, asAssetId(newId()), 'output');
    // All outputs stay selected: that is the unit.
    const isWhole = outputs.every(({ id }) => session.getState().selectedAssets.has(id));
    if (run({ type: 'AddAssets', assets: [output] }) && isWhole)
      selectAssets(session, [...outputs.map(({ id }) => id), output.id]);
  };
  return (
    <section className={css.outputs} aria-label="Outputs">
      <div className={css.head}>
        <span className={css.label}>Outputs</span>
        <Tooltip label="Add an output">
          <ActionIcon size={24} aria-label="Add an output" onClick={add}>
            <IconPlus size={14} stroke={1.75} />
          </ActionIcon>
        </Tooltip>
        <Tooltip
          multiline
          w={260}
          label="The body can make some outputs without the others; it looks at context.selectedOutputNames"
        >
          <Switch
            className={css.subset ?? ''}
            size="xs"
            label="Can make a part"
            checked={unit.canSubset === true}
            onChange={(event) =>
              run({
                type: 'UpdateUnit',
                id: unit.id,
                change: { canSubset: event.currentTarget.checked ? true : null },
                label: 'Change canSubset',
              })
            }
          />
        </Tooltip>
      </div>
      <ul className={css.list}>
        {outputs.map((output) => (
          <OutputLine
            key={output.id}
            unit={unit}
            output={output}
            isOnly={outputs.length === 1}
            others={outputs.filter(({ id }) => id !== output.id).map((other) => other.output)}
            run={run}
          />
        ))}
      </ul>
    </section>
  );
}

interface OutputLineProps {
  readonly unit: MultiUnit;
  readonly output: OutputAsset;
  readonly isOnly: boolean;
  readonly others: readonly string[];
  run(command: Command): boolean;
}

function OutputLine({ unit, output, isOnly, others, run }: OutputLineProps) {
  const { session } = useServices();
  const state = useRuns((runs) => runs.states.get(output.id));
  const rename = (name: string) => {
    const follows = bodyWithOutputName(unit.body, output.output, name) !== undefined;
    if (run({ type: 'RenameOutput', id: output.id, output: name }) && !follows)
      noticeDone(
        `The body does not name “${output.output}” where it can be seen: let it give “${name}” instead.`,
      );
  };
  const problemOf = (name: string) =>
    definitionNameProblem(name) ?? (others.includes(name) ? 'Another output has this name.' : undefined);
  return (
    <li className={css.line}>
      <StatusIcon status={nodeStatus(output, state)} />
      <div className={css.name}>
        <TextSetting
          label={`Name of ${output.key} in the body`}
          isLabelHidden
          value={output.output}
          isCode
          problemOf={problemOf}
          onCommit={rename}
        />
      </div>
      <button
        type="button"
        className={css.key}
        title={`Select ${output.key}`}
        onClick={() => selectAssets(session, [output.id])}
      >
        {output.key}
      </button>
      <Tooltip label="The body must make it: a run fails when it is left out">
        <Checkbox
          size="xs"
          label="Required"
          aria-label={`${output.key} is required`}
          checked={output.isRequired !== false}
          onChange={(event) =>
            run({
              type: 'UpdateAsset',
              id: output.id,
              change: { isRequired: event.currentTarget.checked ? null : false },
            })
          }
        />
      </Tooltip>
      <Tooltip label={isOnly ? 'Delete the multi-asset to remove its only output' : 'Remove the output'}>
        <ActionIcon
          size={24}
          aria-label={`Remove output ${output.key}`}
          disabled={isOnly}
          onClick={() => run({ type: 'DeleteItems', assets: [output.id] })}
        >
          <IconX size={12} stroke={1.75} />
        </ActionIcon>
      </Tooltip>
    </li>
  );
}
