// The inspector: one asset in full, several in summary, or the project.

import { useDocument, useSession } from '#ui/kit/services.tsx';
import { AssetInspector } from './asset-inspector.tsx';
import css from './inspector.module.css';
import { ProjectSummary } from './project-summary.tsx';
import { SelectionSummary } from './selection-summary.tsx';

export function Inspector() {
  const selected = useSession((state) => state.selectedAssets);
  const only = selected.size === 1 ? [...selected][0] : undefined;
  const asset = useDocument((state) => (only === undefined ? undefined : state.document.assets.get(only)));
  return (
    <section className={`nokey ${css.inspector}`} aria-label="Inspector">
      {asset ? (
        <AssetInspector asset={asset} />
      ) : selected.size > 1 ? (
        <SelectionSummary ids={[...selected]} />
      ) : (
        <ProjectSummary />
      )}
    </section>
  );
}
