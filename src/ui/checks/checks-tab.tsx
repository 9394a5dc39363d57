// The checks of an asset: how each stands, what it found, and the way to make more.

import { Button, Menu } from '@mantine/core';
import { IconPlayerPlay, IconPlus, IconShieldCheck } from '@tabler/icons-react';
import { useState } from 'react';
import { templateBody, templateJson } from '#model/checks/check-template.ts';
import type { Asset, Check } from '#model/document.ts';
import { asCheckId, type CheckId } from '#model/ids.ts';
import { flushDrafts } from '#ui/inspector/open-drafts.ts';
import { noticeError } from '#ui/kit/notices.ts';
import { EmptyState } from '#ui/kit/panel-state.tsx';
import { useServices } from '#ui/kit/services.tsx';
import { useLauncher } from '#ui/kit/use-launch.ts';
import { type CheckKind, checkKinds, emptyDraft } from './check-draft.ts';
import { CheckForm, type FilledCheck } from './check-form.tsx';
import { CheckItem } from './check-item.tsx';
import { countLooks, countsText } from './check-looks.ts';
import css from './checks.module.css';
import { useAssetChecks } from './use-asset-checks.ts';

export function ChecksTab({ asset }: { readonly asset: Asset }) {
  const { documents, newId, session } = useServices();
  const { launch } = useLauncher();
  const checks = useAssetChecks(asset.id);
  const [adding, setAdding] = useState<CheckKind>();
  const ids = checks.flatMap(({ check }) => check.checkId ?? []);

  const run = (wanted: readonly CheckId[]) => {
    flushDrafts(documents);
    void launch({ type: 'checks', ids: wanted });
  };
  const add = (filled: FilledCheck) => {
    const id = asCheckId(newId());
    const error = documents.run({ type: 'AddCheck', check: newCheck(id, asset, filled) });
    if (error) return noticeError(error, 'The check was not added');
    setAdding(undefined);
    session.setState({
      openCheck: { assetId: asset.id, name: filled.name, part: filled.template ? 'results' : 'body' },
    });
  };
  const nameProblem = (name: string) =>
    checks.some(({ check }) => check.spec.name === name)
      ? 'Another check of this asset has this name.'
      : badName(name);

  const menu = (
    <Menu position="bottom-end" width={300}>
      <Menu.Target>
        <Button
          variant={checks.length === 0 && adding === undefined ? 'filled' : 'default'}
          leftSection={<IconPlus size={16} stroke={1.75} />}
        >
          Add check
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {checkKinds.map(({ kind, title, about }) => (
          <Menu.Item key={kind} onClick={() => setAdding(kind)}>
            <span className={css.kind}>{title}</span>
            <span className={css.about}>{about}</span>
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );

  if (checks.length === 0 && adding === undefined)
    return (
      <EmptyState title="No checks" icon={<IconShieldCheck size={24} stroke={1.5} />} action={menu}>
        A check looks at this asset’s value after each materialization and says whether it is as it should be.
      </EmptyState>
    );
  return (
    <div className={css.tab}>
      <div className={css.bar}>
        <span className={css.counts}>{countsText(countLooks(checks.map(({ look }) => look)))}</span>
        {ids.length > 0 ? (
          <Button
            variant="default"
            leftSection={<IconPlayerPlay size={16} stroke={1.5} />}
            onClick={() => run(ids)}
          >
            Run all
          </Button>
        ) : null}
        {menu}
      </div>
      {adding === undefined ? null : (
        <div className={css.card}>
          <CheckForm
            key={adding}
            assetId={asset.id}
            start={emptyDraft(adding)}
            submitLabel="Add check"
            nameProblem={nameProblem}
            onSubmit={add}
            onCancel={() => setAdding(undefined)}
          />
        </div>
      )}
      {checks.length === 0 ? null : (
        <ul className={css.list} aria-label="Checks">
          {checks.map((shown) => (
            <CheckItem
              key={shown.check.checkId ?? shown.check.spec.name}
              asset={asset}
              shown={shown}
              onRun={run}
            />
          ))}
        </ul>
      )}
    </div>
  );
}

const badName = (name: string): string | undefined =>
  /^\w+$/.test(name) ? undefined : 'A check’s name has letters, digits and “_” only.';

const customBody = (name: string) => `import { AssetCheckResult } from 'headwater';

export default function ${name}({ value }) {
  return new AssetCheckResult({
    passed: value !== null,
    metadata: {},
  });
}
`;

function newCheck(id: CheckId, asset: Asset, { name, draft, template }: FilledCheck): Check {
  const description = draft.description.trim();
  return {
    id,
    name,
    specs: [
      {
        name,
        asset: asset.key,
        ...(description === '' ? {} : { description }),
        ...(draft.blocking ? { blocking: true } : {}),
      },
    ],
    body: template ? templateBody(template) : customBody(/^\d/.test(name) ? `check_${name}` : name),
    ...(template ? { template: templateJson(template) } : {}),
    ...(template?.type === 'foreign-key' ? { ins: { other: draft.other } } : {}),
  };
}
