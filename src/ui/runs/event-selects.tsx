// Which step's events are listed, and of which level. Thousands of events may come while nobody touches these.

import { Select } from '@mantine/core';
import { memo } from 'react';
import css from './event-list.module.css';
import type { EventFilter } from './event-text.ts';

const levels = [
  { value: 'everything', label: 'All events' },
  { value: 'log', label: 'Log lines' },
  { value: 'warnings', label: 'Warnings and errors' },
  { value: 'errors', label: 'Errors' },
];

export interface StepSelectProps {
  /** Needed in full only while the list is open. */
  readonly steps: readonly string[];
  readonly step: string | undefined;
  onStep(step: string | undefined): void;
  onOpen(isOpen: boolean): void;
}

export const StepSelect = memo(function StepSelect({ steps, step, onStep, onOpen }: StepSelectProps) {
  return (
    <Select
      size="sm"
      className={css.select}
      aria-label="Step"
      placeholder="All steps"
      data={steps}
      value={step ?? null}
      onChange={(chosen) => onStep(chosen ?? undefined)}
      onDropdownOpen={() => onOpen(true)}
      onDropdownClose={() => onOpen(false)}
      clearable
      searchable
      limit={200}
      comboboxProps={{ width: 280, position: 'bottom-start' }}
    />
  );
});

export interface LevelSelectProps {
  readonly level: EventFilter['level'];
  onLevel(level: EventFilter['level']): void;
}

export const LevelSelect = memo(function LevelSelect({ level, onLevel }: LevelSelectProps) {
  return (
    <Select
      size="sm"
      className={css.select}
      aria-label="Level"
      data={levels}
      value={level}
      allowDeselect={false}
      onChange={(chosen) => onLevel((chosen ?? 'everything') as EventFilter['level'])}
    />
  );
});
