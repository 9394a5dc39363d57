// What an asset is made by: its inputs and its body, the file it is read from, or a note that it is made
// elsewhere.

import type { Asset, CodeAsset, FileAsset, ObservableAsset } from '#model/document.ts';
import { formatBytes } from '#ui/kit/format.ts';
import { EmptyState } from '#ui/kit/panel-state.tsx';
import { useDocument } from '#ui/kit/services.tsx';
import { bodyOfAsset } from './body-source.ts';
import css from './body-tab.module.css';
import { CodeField } from './code-field.tsx';
import { FailureStrip } from './failure-strip.tsx';
import { InputsList } from './inputs-list.tsx';
import { UnitBody } from './unit-body.tsx';
import { useMarkers } from './use-markers.ts';

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
  if (asset.kind === 'output') return <UnitBody unitId={asset.unit} assetId={asset.id} />;
  return <CodeBody asset={asset} />;
}

function CodeBody({ asset }: { readonly asset: CodeAsset | ObservableAsset }) {
  const markers = useMarkers([asset.id], asset.key, asset.body);
  return (
    <div className={css.column}>
      <InputsList asset={asset} />
      <FailureStrip asset={asset} />
      <CodeField source={bodyOfAsset(asset)} markers={markers} />
    </div>
  );
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
