// One check in the list: how it stands, and, when it is open, what it found, its form and its body.

import { ActionIcon, SegmentedControl, Tooltip } from '@mantine/core';
import { IconPlayerPlay, IconTrash } from '@tabler/icons-react';
import { readTemplate, templateBody, templateJson, templateText } from '#model/checks/check-template.ts';
import type { Asset, Check } from '#model/document.ts';
import type { CheckId } from '#model/ids.ts';
import type { OpenCheck } from '#state/session-store.ts';
import { bodyOfCheck } from '#ui/inspector/body-source.ts';
import { CodeField } from '#ui/inspector/code-field.tsx';
import { useCheckMarkers } from '#ui/inspector/use-markers.ts';
import { Disclosure } from '#ui/kit/disclosure.tsx';
import { noticeError } from '#ui/kit/notices.ts';
import { RelativeTime } from '#ui/kit/relative-time.tsx';
import { useDocument, useServices, useSession } from '#ui/kit/services.tsx';
import { draftOf } from './check-draft.ts';
import { CheckForm, type FilledCheck } from './check-form.tsx';
import { CheckHistory } from './check-history.tsx';
import { CheckIcon } from './check-icon.tsx';
import { checkWords } from './check-looks.ts';
import css from './checks.module.css';
import type { ShownCheck } from './use-asset-checks.ts';

interface CheckItemProps {
  readonly asset: Asset;
  readonly shown: ShownCheck;
  onRun(ids: readonly CheckId[]): void;
}

export function CheckItem({ asset, shown, onRun }: CheckItemProps) {
  const { documents, session } = useServices();
  const { spec, checkId } = shown.check;
  const check = useDocument((state) =>
    checkId === undefined ? undefined : state.document.checks.get(checkId),
  );
  const open = useSession(({ openCheck }) =>
    openCheck?.assetId === asset.id && openCheck.name === spec.name ? openCheck : undefined,
  );
  const template = readTemplate(check?.template);
  const about = spec.description ?? (template && templateText(template, check?.ins?.other));
  const { latest } = shown.state ?? {};
  const toggle = () =>
    session.setState({
      openCheck: open ? undefined : { assetId: asset.id, name: spec.name, part: 'results' },
    });
  const remove = () => {
    const error = documents.run({ type: 'DeleteCheck', id: checkId! });
    if (error) noticeError(error, 'The check was not deleted');
  };
  return (
    <li className={css.item} data-look={shown.look}>
      <div className={css.head}>
        <Disclosure isOpen={open !== undefined} onToggle={toggle}>
          <CheckIcon look={shown.look} />
          <span className={css.name} title={spec.name}>
            {spec.name}
          </span>
          {spec.blocking ? <span className={css.tag}>blocking</span> : null}
          <span className={css.standing} data-look={shown.look}>
            {checkWords[shown.look]}
            {latest && shown.look !== 'running' ? (
              <>
                {' '}
                <RelativeTime at={latest.timestamp * 1000} />
              </>
            ) : null}
          </span>
        </Disclosure>
        {checkId === undefined ? null : (
          <Tooltip label="Run check" position="left">
            <ActionIcon aria-label={`Run check ${spec.name}`} onClick={() => onRun([checkId])}>
              <IconPlayerPlay size={16} stroke={1.5} />
            </ActionIcon>
          </Tooltip>
        )}
        {checkId === undefined ? null : (
          <Tooltip label="Delete check" position="left">
            <ActionIcon aria-label={`Delete check ${spec.name}`} onClick={remove}>
              <IconTrash size={16} stroke={1.5} />
            </ActionIcon>
          </Tooltip>
        )}
      </div>
      {about === undefined ? null : <p className={css.description}>{about}</p>}
      {open ? <Details asset={asset} check={check} shown={shown} open={open} /> : null}
    </li>
  );
}

interface DetailsProps {
  readonly asset: Asset;
  readonly check: Check | undefined;
  readonly shown: ShownCheck;
  readonly open: OpenCheck;
}

const parts: readonly { readonly value: OpenCheck['part']; readonly label: string }[] = [
  { value: 'results', label: 'Results' },
  { value: 'settings', label: 'Settings' },
  { value: 'body', label: 'Body' },
];

function Details({ asset, check, shown, open }: DetailsProps) {
  const { session } = useServices();
  const { name } = shown.check.spec;
  if (!check)
    return (
      <div className={css.details}>
        <p className={css.quiet}>The asset’s own body gives the result of this check.</p>
        <CheckHistory asset={asset} name={name} state={shown.state} />
      </div>
    );
  return (
    <div className={css.details}>
      <SegmentedControl
        aria-label={`Parts of ${name}`}
        value={open.part}
        data={[...parts]}
        onChange={(value) => {
          const part = parts.find((known) => known.value === value)?.value;
          if (part) session.setState({ openCheck: { ...open, part } });
        }}
      />
      {open.part === 'results' ? <CheckHistory asset={asset} name={name} state={shown.state} /> : null}
      {open.part === 'settings' ? <CheckSettings asset={asset} check={check} open={open} /> : null}
      {open.part === 'body' ? <CheckBody asset={asset} check={check} /> : null}
    </div>
  );
}

function CheckBody({ asset, check }: { readonly asset: Asset; readonly check: Check }) {
  const markers = useCheckMarkers(check.id);
  return (
    <>
      {check.template === undefined ? null : (
        <p className={css.quiet}>Made by the form. Once it is edited here, it is no longer a form.</p>
      )}
      <CodeField className={css.code} source={bodyOfCheck(check, asset.id)} markers={markers} />
    </>
  );
}

function CheckSettings({ asset, check, open }: Omit<DetailsProps, 'shown'> & { readonly check: Check }) {
  const { documents, session } = useServices();
  const spec = check.specs[0]!;
  const save = ({ name, draft, template }: FilledCheck) => {
    const description = draft.description.trim();
    const error = documents.run({
      type: 'UpdateCheck',
      id: check.id,
      change: {
        name,
        description: description === '' ? null : description,
        blocking: draft.blocking,
        ...(template
          ? {
              template: templateJson(template),
              body: templateBody(template),
              ins: template.type === 'foreign-key' ? { other: draft.other } : null,
            }
          : {}),
      },
    });
    if (error) return noticeError(error, 'The check was not changed');
    session.setState({ openCheck: { ...open, name, part: 'results' } });
  };
  const checks = useDocument((state) => state.document.checks);
  const nameProblem = (name: string) => {
    if (!/^\w+$/.test(name)) return 'A check’s name has letters, digits and “_” only.';
    for (const other of checks.values())
      if (other.id !== check.id && other.specs.some((each) => each.name === name && each.asset === asset.key))
        return 'Another check of this asset has this name.';
    return undefined;
  };
  if (check.specs.length !== 1)
    return (
      <p className={css.quiet}>This body gives several checks; its settings are in the project’s file.</p>
    );
  return (
    <CheckForm
      // Another tab, or an undo, may change it under the form.
      key={JSON.stringify([spec, check.template, check.ins])}
      assetId={asset.id}
      start={draftOf(readTemplate(check.template), spec, check.ins)}
      submitLabel="Save"
      nameProblem={nameProblem}
      onSubmit={save}
    />
  );
}
