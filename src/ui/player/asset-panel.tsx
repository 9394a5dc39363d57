// One asset of the page: what it is, what it made, and its code.

import { useEffect, useState } from 'react';
import type { ValuePreview } from '#engine/value-preview.ts';
import type { Asset } from '#model/document.ts';
import type { BodyError, ValueRef } from '#model/events.ts';
import { CodeView } from '#ui/code/code-view.tsx';
import { nodeStatus } from '#ui/inspector/asset-facts.ts';
import { PlainValue } from '#ui/inspector/plain-value.tsx';
import { StatusBadge } from '#ui/kit/status-icon.tsx';
import { factsOf, SharedFacts } from '#ui/share/shared-facts.tsx';
import css from './player.module.css';
import { usePlayer, usePlayerRuns } from './player-services.ts';

export function AssetPanel({ asset }: { readonly asset: Asset }) {
  const { project, bundle } = usePlayer();
  const shared = factsOf(bundle, asset.key);
  const state = usePlayerRuns(({ states }) => states.get(asset.id));
  const value = state?.latest?.value;
  const error = state?.status === 'failed' ? state.failure?.error : undefined;
  return (
    <aside className={css.panel} aria-label={asset.key}>
      <header>
        <h2>{asset.key}</h2>
        <StatusBadge status={nodeStatus(asset, state)} />
      </header>
      {asset.description === undefined ? null : <p className={css.description}>{asset.description}</p>}
      {error ? <Failure error={error} /> : null}
      <section aria-label="Value">
        <h3>Value</h3>
        {value ? (
          <Value key={value.hash} value={value} />
        ) : (
          <p className={css.quiet}>
            {state?.latest ? 'It was made without a value.' : 'There is none yet: run the project.'}
          </p>
        )}
      </section>
      {value === undefined && (shared.value || shared.result) ? (
        <section aria-label="When this page was made">
          <h3>When this page was made</h3>
          <SharedFacts {...shared} />
        </section>
      ) : null}
      <Checks asset={asset} />
      {textsOf(asset, project.document).map(({ label, text }) => (
        <section key={label}>
          <h3>{label}</h3>
          <div className={css.code}>
            <CodeView text={text} label={label} />
          </div>
        </section>
      ))}
    </aside>
  );
}

type Document = ReturnType<typeof usePlayer>['project']['document'];

/** The code that makes an asset. */
function textsOf(
  asset: Asset,
  document: Document,
): readonly { readonly label: string; readonly text: string }[] {
  if (asset.kind === 'output') {
    const unit = document.units.get(asset.unit);
    if (unit?.kind === 'graph')
      return unit.ops.map(({ name, body }) => ({ label: `Op ${name}`, text: body }));
    return unit ? [{ label: `Code of ${unit.name}`, text: unit.body }] : [];
  }
  return 'body' in asset ? [{ label: 'Code', text: asset.body }] : [];
}

function Failure({ error }: { readonly error: BodyError }) {
  const { position } = error;
  return (
    <p className={css.failure} role="alert">
      <strong>{error.name}</strong>: {error.message}
      {position ? ` (line ${position.line}, column ${position.column})` : ''}
    </p>
  );
}

function Checks({ asset }: { readonly asset: Asset }) {
  const checks = usePlayerRuns((runs) => runs.checks);
  const own = [...checks.values()].filter(({ assetId }) => assetId === asset.id);
  if (own.length === 0) return null;
  return (
    <section aria-label="Checks">
      <h3>Checks</h3>
      <ul className={css.checks}>
        {own.map(({ name, latest }) => (
          <li key={name} data-passed={latest?.passed}>
            {name}: {latest === undefined ? 'has not run' : latest.passed ? 'passed' : 'failed'}
          </li>
        ))}
      </ul>
    </section>
  );
}

function Value({ value }: { readonly value: ValueRef }) {
  const { workspace, project } = usePlayer();
  const { projectId } = project.row;
  const [preview, setPreview] = useState<
    ValuePreview | { readonly type: 'failed'; readonly detail: string }
  >();
  useEffect(() => {
    let wanted = true;
    workspace.preview(projectId, value).then(
      (found) => wanted && setPreview(found),
      (error: unknown) => wanted && setPreview({ type: 'failed', detail: String(error) }),
    );
    return () => {
      wanted = false;
    };
  }, [workspace, projectId, value]);
  if (!preview) return <p className={css.quiet}>Reading the value…</p>;
  if (preview.type === 'failed') return <p className={css.failure}>{preview.detail}</p>;
  return <PlainValue preview={preview} />;
}
