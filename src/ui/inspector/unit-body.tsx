// What makes several assets: its outputs, its inputs and its one body; of a graph, the way to its ops.

import { Button } from '@mantine/core';
import { IconBraces, IconSitemap } from '@tabler/icons-react';
import type { GraphUnit, MultiUnit } from '#model/document.ts';
import type { AssetId, UnitId } from '#model/ids.ts';
import { useOpenGraph } from '#ui/canvas/use-open-graph.ts';
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
  if (!unit) return null;
  if (unit.kind === 'graph') return <GraphOps unit={unit} assetId={assetId} />;
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

/** A graph has a body per op: what comes in, and the way to them. */
function GraphOps({ unit, assetId }: { readonly unit: GraphUnit; readonly assetId: AssetId }) {
  const openGraph = useOpenGraph();
  const asset = useDocument((state) => state.document.assets.get(assetId));
  if (!asset) return null;
  return (
    <div className={css.column}>
      <InputsList asset={asset} />
      <FailureStrip asset={asset} />
      <div className={css.ops}>
        <Button
          variant="default"
          leftSection={<IconSitemap size={14} stroke={1.75} />}
          onClick={() => openGraph(unit.id)}
        >
          Open graph
        </Button>
        <ul className={css.opList} aria-label="Ops">
          {unit.ops.map(({ name, description }) => (
            <li key={name}>
              <button type="button" className={css.op} onClick={() => openGraph(unit.id, name)}>
                <IconBraces size={14} stroke={1.5} aria-hidden />
                <span className="hw-mono">{name}</span>
                <span className={css.opWords}>{description}</span>
              </button>
            </li>
          ))}
        </ul>
      </div>
    </div>
  );
}
