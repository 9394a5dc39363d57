// The code of one definition as an export would hold it: its file, and those that belong to it.

import { NativeSelect } from '@mantine/core';
import { useMemo, useState } from 'react';
import { filesOfAsset, type ProjectFile, unitFiles } from '#interop/typescript/project-files.ts';
import type { AssetId, UnitId } from '#model/ids.ts';
import { useDocument } from '#ui/kit/services.tsx';
import css from './code-tab.module.css';
import { CodeView } from './code-view.tsx';
import { CopyButton } from './copy-button.tsx';

export function AssetCode({ id }: { readonly id: AssetId }) {
  const document = useDocument((state) => state.document);
  return <CodeOf files={useMemo(() => filesOfAsset(document, id), [document, id])} />;
}

export function UnitCode({ id }: { readonly id: UnitId }) {
  const document = useDocument((state) => state.document);
  const files = useMemo(() => {
    const unit = document.units.get(id);
    return unit ? unitFiles(document, unit) : [];
  }, [document, id]);
  return <CodeOf files={files} />;
}

function CodeOf({ files }: { readonly files: readonly ProjectFile[] }) {
  const [wanted, setWanted] = useState<string>();
  const shown = files.find(({ path }) => path === wanted) ?? files[0];
  if (!shown) return null;
  return (
    <div className={css.column}>
      <div className={css.head}>
        {files.length > 1 ? (
          <NativeSelect
            className={css.files ?? ''}
            size="xs"
            aria-label="File"
            value={shown.path}
            data={files.map(({ path }) => path)}
            onChange={(event) => setWanted(event.currentTarget.value)}
          />
        ) : (
          <span className={css.path} title={shown.path}>
            {shown.path}
          </span>
        )}
        <CopyButton text={shown.text} what="the file" />
      </div>
      <div className={css.code}>
        <CodeView text={shown.text} label={`Code of ${shown.path}`} />
      </div>
    </div>
  );
}
