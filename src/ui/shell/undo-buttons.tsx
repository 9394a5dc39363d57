// Undo and redo, with the name of what they would take back or do again.

import { ActionIcon, Tooltip } from '@mantine/core';
import { IconArrowBackUp, IconArrowForwardUp } from '@tabler/icons-react';
import type { HistoryError } from '#model/history.ts';
import type { DocumentState } from '#state/document-store.ts';
import { KeyHint } from '#ui/kit/key-hint.tsx';
import { noticeError } from '#ui/kit/notices.ts';
import { useDocument, useServices } from '#ui/kit/services.tsx';

export function UndoButtons() {
  const { documents } = useServices();
  const undo = useDocument((state) => state.undo);
  const redo = useDocument((state) => state.redo);
  return (
    <>
      <Step name="Undo" keys="Mod+Z" step={undo} act={documents.undo} Icon={IconArrowBackUp} />
      <Step name="Redo" keys="Mod+Shift+Z" step={redo} act={documents.redo} Icon={IconArrowForwardUp} />
    </>
  );
}

interface StepProps {
  readonly name: 'Undo' | 'Redo';
  readonly keys: string;
  readonly step: DocumentState['undo'];
  readonly Icon: typeof IconArrowBackUp;
  act(): HistoryError | undefined;
}

function Step({ name, keys, step, Icon, act }: StepProps) {
  const what = step
    ? `${name}: ${step.label}${step.byOther ? ' (done in another tab)' : ''}`
    : `Nothing to ${name.toLowerCase()}`;
  const run = () => {
    const error = step && act();
    if (error) noticeError(error);
  };
  return (
    <Tooltip
      label={
        <>
          {what} <KeyHint keys={keys} />
        </>
      }
    >
      <ActionIcon
        size="md"
        aria-label={what}
        aria-disabled={!step}
        {...(step ? {} : { 'data-disabled': true })}
        onClick={run}
      >
        <Icon size={18} stroke={1.5} />
      </ActionIcon>
    </Tooltip>
  );
}
