// What makes several assets: its outputs, its inputs and its one body.

import type { MultiUnit } from '#model/document.ts';
import type { AssetId, UnitId } from '#model/ids.ts';
import { useDocument } from '#ui/kit/services.tsx';
import { bodyOfUnit } from './body-source.ts';
import css from './body-tab.module.css';
import { CodeField } from './code-field.tsx';
import { FailureStrip } from './failure-strip.tsx';
import { InputsList } from './inputs-list.tsx';
import { OutputsList } from './outputs-list.tsx';
import { useMarkers } from './use-markers.ts';

interface UnitBodyProps {
  readonly unitId: UnitId;
  /** The output that is looked at; its failure is the body's. */
  readonly assetId: AssetId;
}

export function UnitBody({ unitId, assetId }: UnitBodyProps) {
  const unit = useDocument((state) => state.document.units.get(unitId));
  if (!unit || unit.kind === 'graph') return null;
  return <SharedBody unit={unit} assetId={assetId} />;
}

function SharedBody({ unit, assetId }: { readonly unit: MultiUnit; readonly assetId: AssetId }) {
  const outputs = useDocument((state) => state.graph.outputsByUnit.get(unit.id));
  const asset = useDocument((state) => state.document.assets.get(assetId));
  const markers = useMarkers(outputs ?? [assetId], unit.name, unit.body);
  if (!asset) return null;
  return (
    <div className={css.column}>
      <InputsList asset={asset} />
      <OutputsList unit={unit} />
      <FailureStrip asset={asset} />
      <CodeField source={bodyOfUnit(unit, outputs?.[0] ?? assetId)} markers={markers} />
    </div>
  );
}
