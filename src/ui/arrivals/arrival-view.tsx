// The page of something from outside: its graph and its texts, to be looked at only, beside the sheet of what it
// wants. No project is made of it before its user says so.

import { Button } from '@mantine/core';
import { ReactFlowProvider } from '@xyflow/react';
import { type ReactNode, useMemo, useState } from 'react';
import { type DocumentPart, documentParts, partOfAsset } from '#interop/arrivals/document-parts.ts';
import type { AssetId } from '#model/ids.ts';
import type { Arrival } from '#state/arrival-store.ts';
import { selectAssets } from '#state/session-store.ts';
import { CanvasContext, createCanvasStore } from '#ui/canvas/canvas-store.ts';
import { downloadFile } from '#ui/kit/download.ts';
import { formatPlural } from '#ui/kit/format.ts';
import { EmptyState } from '#ui/kit/panel-state.tsx';
import { ServicesProvider, useServices } from '#ui/kit/services.tsx';
import { useTitle } from '#ui/kit/use-title.ts';
import { factsOf } from '#ui/share/shared-facts.tsx';
import css from './arrival-view.module.css';
import { InertCanvas } from './inert-canvas.tsx';
import { inertServices } from './inert-services.ts';
import { PartPicker, PartReader, shortened } from './part-reader.tsx';
import sheetCss from './trust-sheet.module.css';
import { TrustSheet } from './trust-sheet.tsx';

interface ArrivalViewProps {
  readonly arrival: Arrival;
  onTrust(): Promise<void>;
  onDiscard(): void;
}

export function ArrivalView({ arrival, onTrust, onDiscard }: ArrivalViewProps) {
  const { document, original, into } = arrival;
  useTitle('Not yet trusted', document.info.name);
  const [isOpening, setIsOpening] = useState(false);
  const parts = useMemo(() => documentParts(document), [document]);
  const trust = async () => {
    setIsOpening(true);
    await onTrust();
    setIsOpening(false);
  };
  return (
    <main id="main" className={css.page} tabIndex={-1}>
      <InertProject arrival={arrival} parts={parts} />
      <TrustSheet arrival={arrival} parts={parts}>
        <Button loading={isOpening} onClick={() => void trust()}>
          {into
            ? `Add ${countOf(document)} to “${shortened(into.name, 40) || 'Untitled project'}”`
            : 'Trust and open'}
        </Button>
        <div className={sheetCss.pair}>
          <Button
            variant="default"
            onClick={() => downloadFile(original.name, original.bytes, 'application/octet-stream')}
          >
            Download the file
          </Button>
          <Button variant="default" onClick={onDiscard}>
            Discard
          </Button>
        </div>
        <p className={sheetCss.asked}>
          Asked once for this content. The settings list what you trust, and forget it when you say so.
        </p>
      </TrustSheet>
    </main>
  );
}

function countOf({ assets, notes }: Arrival['document']): string {
  const counts = [
    assets.size > 0 || notes.size === 0 ? formatPlural(assets.size, 'asset') : undefined,
    notes.size > 0 ? formatPlural(notes.size, 'note') : undefined,
  ];
  return counts.filter((text) => text !== undefined).join(' and ');
}

interface InertProjectProps {
  readonly arrival: Pick<Arrival, 'document' | 'content'>;
  /** Of its document. */
  readonly parts: readonly DocumentPart[];
  /** The graph takes neither pointer nor keys. */
  readonly isAsleep?: boolean;
  /** Lies over the graph. */
  readonly cover?: ReactNode;
  /** In the bar over the graph: at its start, and at its end. */
  readonly title?: ReactNode;
  readonly children?: ReactNode;
}

/** Its graph, and below it the part that is read. */
export function InertProject({
  arrival: { document, content },
  parts,
  isAsleep = false,
  cover,
  title,
  children,
}: InertProjectProps) {
  const { clock } = useServices();
  const services = useMemo(() => inertServices(document, clock), [document, clock]);
  const [canvas] = useState(() => createCanvasStore(false));
  const [partId, setPartId] = useState<string>();
  const part = parts.find(({ id }) => id === partId);
  const [chosen, setChosen] = useState<AssetId>();
  const choose = (id: string | undefined) => {
    const asset = [...document.assets.keys()].find((assetId) => partOfAsset(assetId) === id);
    setPartId(id);
    setChosen(asset);
    selectAssets(services.session, asset === undefined ? [] : [asset]);
  };
  return (
    <ServicesProvider services={services}>
      <section className={css.stage} aria-label="The project, to look at">
        <div className={css.bar}>
          <span className={css.badge}>Read-only</span>
          {title}
          <PartPicker parts={parts} part={part} onPart={choose} />
          {children}
        </div>
        <div className={css.canvas}>
          {cover}
          <div className={css.graph} inert={isAsleep}>
            {document.assets.size + document.notes.size === 0 ? (
              <EmptyState title="There is nothing on its canvas" />
            ) : (
              <CanvasContext value={canvas}>
                <ReactFlowProvider>
                  <InertCanvas chosen={chosen} onAsset={(id: AssetId) => choose(partOfAsset(id))} />
                </ReactFlowProvider>
              </CanvasContext>
            )}
          </div>
        </div>
        {part ? (
          <PartReader
            part={part}
            parts={parts}
            facts={factsOf(content, part.kind === 'asset' ? part.name : undefined)}
            onPart={choose}
            onClose={() => choose(undefined)}
          />
        ) : null}
      </section>
    </ServicesProvider>
  );
}
