// The inspector: one asset in full, several in summary, or the project.

import type { ProjectDocument, Unit } from '#model/document.ts';
import type { AssetId } from '#model/ids.ts';
import { rowsOf, unitOf } from '#ui/canvas/node-places.ts';
import { useDocument, useSession } from '#ui/kit/services.tsx';
import { AssetInspector } from './asset-inspector.tsx';
import css from './inspector.module.css';
import { ProjectSummary } from './project-summary.tsx';
import { SelectionSummary } from './selection-summary.tsx';
import { UnitInspector } from './unit-inspector.tsx';

export function Inspector() {
  const selected = useSession((state) => state.selectedAssets);
  const only = selected.size === 1 ? [...selected][0] : undefined;
  const asset = useDocument((state) => (only === undefined ? undefined : state.document.assets.get(only)));
  const unit = useDocument((state) => wholeUnit(state.document, selected));
  return (
    <section className={`nokey ${css.inspector}`} aria-label="Inspector">
      {asset ? (
        <AssetInspector asset={asset} />
      ) : unit ? (
        <UnitInspector unit={unit} key={unit.id} />
      ) : selected.size > 1 ? (
        <SelectionSummary ids={[...selected]} />
      ) : (
        <ProjectSummary />
      )}
    </section>
  );
}

/** The unit whose outputs are just what is selected: selecting its frame selects them. */
function wholeUnit(document: ProjectDocument, selected: ReadonlySet<AssetId>): Unit | undefined {
  const [first] = selected;
  const unit = unitOf(document, first === undefined ? undefined : document.assets.get(first));
  const rows = unit ? rowsOf(document, unit.id) : [];
  return rows.length === selected.size && rows.every(({ id }) => selected.has(id)) ? unit : undefined;
}
