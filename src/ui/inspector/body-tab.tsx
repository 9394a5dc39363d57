// What an asset is made by: its inputs and its body, the file it is read from, or a note that it is made
// elsewhere.

import { lazy, Suspense, useMemo } from 'react';
import type { Asset, CodeAsset, FileAsset } from '#model/document.ts';
import { cachedBodyHead } from '#model/graph.ts';
import { positionAt } from '#model/position-at.ts';
import { ErrorBoundary } from '#ui/kit/error-boundary.tsx';
import { formatBytes } from '#ui/kit/format.ts';
import { EmptyState } from '#ui/kit/panel-state.tsx';
import { useDocument, useRuns } from '#ui/kit/services.tsx';
import editorCss from './body-editor.module.css';
import type { BodyMarker } from './body-editor.tsx';
import css from './body-tab.module.css';
import { FailureStrip } from './failure-strip.tsx';
import { InputsList } from './inputs-list.tsx';

const BodyEditor = lazy(async () => ({ default: (await import('./body-editor.tsx')).BodyEditor }));

export function BodyTab({ asset }: { readonly asset: Asset }) {
  if (asset.kind === 'file') return <FileFacts asset={asset} />;
  if (asset.kind === 'external')
    return (
      <div className={css.column}>
        <EmptyState title="Made elsewhere">
          This asset stands for data that something else makes. Others can depend on it; it cannot be
          materialized here.
        </EmptyState>
      </div>
    );
  if (asset.kind !== 'asset')
    return (
      <div className={css.column}>
        <EmptyState title="Made by a shared body">Its body makes several assets at once.</EmptyState>
      </div>
    );
  return <CodeBody asset={asset} />;
}

function CodeBody({ asset }: { readonly asset: CodeAsset }) {
  const markers = useMarkers(asset);
  return (
    <div className={css.column}>
      <InputsList asset={asset} />
      <FailureStrip asset={asset} />
      <div className={css.code}>
        <ErrorBoundary name="The editor" resetKey={asset.id}>
          <Suspense fallback={<pre className={editorCss.plain}>{asset.body}</pre>}>
            <BodyEditor asset={asset} markers={markers} />
          </Suspense>
        </ErrorBoundary>
      </div>
    </div>
  );
}

function useMarkers(asset: CodeAsset): readonly BodyMarker[] {
  const problems = useRuns((state) => state.problems);
  const failure = useRuns((state) => state.states.get(asset.id)?.failure);
  return useMemo(() => {
    const markers: BodyMarker[] = problems
      .filter((problem) => problem.assetId === asset.id)
      .map(({ message, line, column }) => ({ message, line, column, severity: 'error' }));
    const head = cachedBodyHead(asset.body);
    if (!head.ok)
      markers.push({
        message: head.error.message,
        severity: 'error',
        ...positionAt(asset.body, head.error.offset),
      });
    const { error } = failure ?? {};
    if (
      error?.position &&
      (error.position.assetKey ?? asset.key) === asset.key &&
      error.position.module === undefined
    )
      markers.push({
        message: `The last run failed here. ${error.name}: ${error.message}`,
        line: error.position.line,
        column: error.position.column,
        severity: 'warning',
      });
    return markers;
  }, [problems, failure, asset]);
}

function FileFacts({ asset }: { readonly asset: FileAsset }) {
  const file = useDocument((state) => state.document.files.get(asset.path));
  return (
    <div className={css.column}>
      <InputsList asset={asset} />
      <FailureStrip asset={asset} />
      <dl className={css.facts}>
        <dt>File</dt>
        <dd className="hw-mono">{asset.path}</dd>
        {file ? (
          <>
            <dt>Format</dt>
            <dd>{file.format.toUpperCase()}</dd>
            <dt>Size</dt>
            <dd>{formatBytes(file.bytes)}</dd>
            <dt>SHA-256</dt>
            <dd className={`hw-mono ${css.hash}`} title={file.sha256}>
              {file.sha256.slice(0, 16)}…
            </dd>
            <dt>Stored</dt>
            <dd>{file.data === undefined ? 'Beside the project' : 'Inside the project'}</dd>
          </>
        ) : (
          <>
            <dt>Missing</dt>
            <dd>The project has no file of this name. Add it again, or delete the asset.</dd>
          </>
        )}
      </dl>
    </div>
  );
}
