// A check as a form: what it looks at, how bad a failure is, and whether it stops what reads the asset.

import { Autocomplete, Button, Checkbox, SegmentedControl, TagsInput, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { templateName } from '#model/checks/check-template.ts';
import type { AssetId } from '#model/ids.ts';
import compact from '#ui/kit/compact-form.module.css';
import { useDocument } from '#ui/kit/services.tsx';
import { type CheckDraft, type DraftTemplate, kindTitle, templateOf } from './check-draft.ts';
import css from './checks.module.css';
import { useColumns } from './use-columns.ts';

export interface FilledCheck {
  readonly name: string;
  readonly draft: CheckDraft;
  readonly template: Extract<DraftTemplate, { template: unknown }>['template'];
}

interface CheckFormProps {
  readonly assetId: AssetId;
  readonly start: CheckDraft;
  readonly submitLabel: string;
  /** Why a name cannot stand. */
  nameProblem(name: string): string | undefined;
  onSubmit(filled: FilledCheck): void;
  onCancel?(): void;
}

export function CheckForm(props: CheckFormProps) {
  const { assetId, start, submitLabel, nameProblem, onSubmit, onCancel } = props;
  const [draft, setDraft] = useState(start);
  const [isAsked, setIsAsked] = useState(false);
  const change = (fields: Partial<CheckDraft>) => setDraft({ ...draft, ...fields });
  const filled = templateOf(draft);
  const given = filled.problem === undefined ? filled.template && templateName(filled.template) : undefined;
  const name = draft.name.trim() || given || '';
  const badName = name === '' ? 'Give the check a name.' : nameProblem(name);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setIsAsked(true);
    if (filled.problem !== undefined || badName !== undefined) return;
    onSubmit({ name, draft, template: filled.template });
  };
  const canWarn = draft.kind !== 'custom';
  return (
    <form
      className={`${css.form} ${compact.form}`}
      onSubmit={submit}
      aria-label={`${kindTitle(draft.kind)} check`}
    >
      <TemplateFields assetId={assetId} draft={draft} onChange={change} />
      {isAsked && filled.problem !== undefined ? (
        <p className={css.problem} role="alert">
          {filled.problem}
        </p>
      ) : null}
      <TextInput
        label="Name"
        value={draft.name}
        placeholder={given ?? 'is_complete'}
        classNames={{ input: 'hw-mono' }}
        spellCheck={false}
        error={isAsked || draft.name !== '' ? badName : undefined}
        onChange={(event) => change({ name: event.currentTarget.value })}
      />
      <TextInput
        label="Description"
        value={draft.description}
        placeholder="What it looks after, for whoever reads that it failed"
        onChange={(event) => change({ description: event.currentTarget.value })}
      />
      {canWarn ? (
        <div>
          <div className={css.label} id="check-severity">
            A failure is
          </div>
          <SegmentedControl
            aria-labelledby="check-severity"
            value={draft.severity}
            onChange={(severity) => change({ severity: severity === 'WARN' ? 'WARN' : 'ERROR' })}
            data={[
              { value: 'ERROR', label: 'An error' },
              { value: 'WARN', label: 'A warning' },
            ]}
          />
        </div>
      ) : null}
      <Checkbox
        size="xs"
        label="Blocking"
        description={
          draft.severity === 'WARN' && canWarn
            ? 'A warning never stops anything'
            : 'A failure keeps what reads this asset from running'
        }
        checked={draft.blocking}
        onChange={(event) => change({ blocking: event.currentTarget.checked })}
      />
      <div className={css.buttons}>
        <Button type="submit">{submitLabel}</Button>
        {onCancel ? (
          <Button variant="default" onClick={onCancel}>
            Cancel
          </Button>
        ) : null}
      </div>
    </form>
  );
}

interface FieldsProps {
  readonly assetId: AssetId;
  readonly draft: CheckDraft;
  onChange(fields: Partial<CheckDraft>): void;
}

function TemplateFields({ assetId, draft, onChange }: FieldsProps) {
  const columns = useColumns(assetId);
  const idByKey = useDocument((state) => state.graph.idByKey);
  const otherId = idByKey.get(draft.other);
  const otherColumns = useColumns(otherId);
  const column = (
    <Autocomplete
      label="Column"
      value={draft.column}
      data={[...columns]}
      classNames={{ input: 'hw-mono' }}
      onChange={(text) => onChange({ column: text })}
    />
  );
  switch (draft.kind) {
    case 'not-null':
    case 'unique':
      return (
        <TagsInput
          label="Columns"
          description={draft.kind === 'unique' ? 'Together they are unique' : 'Each of them has a value'}
          value={[...draft.columns]}
          data={[...columns]}
          acceptValueOnBlur
          onChange={(next) => onChange({ columns: next })}
        />
      );
    case 'accepted-values':
      return (
        <>
          {column}
          <TagsInput
            label="Values"
            description={'Enter adds one. 12 is a number, "12" in quotes a text'}
            value={[...draft.values]}
            acceptValueOnBlur
            onChange={(values) => onChange({ values })}
          />
        </>
      );
    case 'row-count':
      return (
        <div className={css.pair}>
          <TextInput
            label="At least"
            inputMode="numeric"
            value={draft.min}
            onChange={(event) => onChange({ min: event.currentTarget.value })}
          />
          <TextInput
            label="At most"
            inputMode="numeric"
            value={draft.max}
            onChange={(event) => onChange({ max: event.currentTarget.value })}
          />
        </div>
      );
    case 'foreign-key':
      return (
        <>
          {column}
          <Autocomplete
            label="Other asset"
            value={draft.other}
            data={[...idByKey].filter(([, id]) => id !== assetId).map(([key]) => key)}
            classNames={{ input: 'hw-mono' }}
            limit={50}
            error={draft.other !== '' && otherId === undefined ? 'There is no such asset yet.' : undefined}
            onChange={(other) => onChange({ other })}
          />
          <Autocomplete
            label="Column of the other asset"
            value={draft.otherColumn}
            data={[...otherColumns]}
            classNames={{ input: 'hw-mono' }}
            onChange={(otherColumn) => onChange({ otherColumn })}
          />
        </>
      );
    case 'custom':
      return null;
  }
}
