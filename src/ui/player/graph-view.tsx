// The graph as it is drawn in the app, to be looked at: scrolled, zoomed, and an asset chosen.

import { type CSSProperties, useEffect, useMemo, useRef, useState } from 'react';
import type { Asset, ProjectDocument } from '#model/document.ts';
import type { AssetId } from '#model/ids.ts';
import { assetBox, hasFrame, isRow, nodeWidth, rowsOf, unitBox } from '#ui/canvas/node-places.ts';
import { nodeText } from '#ui/canvas/node-text.ts';
import { nodeStatus } from '#ui/inspector/asset-facts.ts';
import { groupColour } from '#ui/inspector/group-hue.ts';
import { StatusIcon } from '#ui/kit/status-icon.tsx';
import { useNow } from '#ui/kit/use-now.ts';
import css from './graph-view.module.css';
import { usePlayer, usePlayerRuns } from './player-services.ts';

const margin = 32;
const zooms = [0.1, 0.2, 0.35, 0.5, 0.7, 0.85, 1, 1.25, 1.5];

interface GraphViewProps {
  readonly selected: AssetId | undefined;
  onSelect(id: AssetId): void;
}

export function GraphView({ selected, onSelect }: GraphViewProps) {
  const { graph, project } = usePlayer();
  const { document } = project;
  const frame = useRef<HTMLDivElement>(null);
  const scene = useMemo(() => sceneOf(document), [document]);
  const [zoom, setZoom] = useState(1);
  const fit = () => {
    const { clientWidth = 0, clientHeight = 0 } = frame.current ?? {};
    const wanted = Math.min(clientWidth / scene.width, clientHeight / scene.height, 1);
    setZoom(Math.max(wanted, zooms[0]!));
  };
  useEffect(fit, [scene]);
  const next = zooms.find((each) => each > zoom + 0.01);
  const before = zooms.findLast((each) => each < zoom - 0.01);
  return (
    <section className={css.view} aria-label="Graph">
      <div className={css.scroll} ref={frame}>
        <div className={css.sized} style={{ width: scene.width * zoom, height: scene.height * zoom }}>
          <div
            className={css.scene}
            style={{ width: scene.width, height: scene.height, transform: `scale(${zoom})` }}
          >
            <svg className={css.edges} width={scene.width} height={scene.height} aria-hidden="true">
              {graph.edges.map(({ from, to, kind }) => {
                const start = scene.places.get(from);
                const end = scene.places.get(to);
                if (!start || !end) return null;
                return (
                  <path
                    key={`${from} ${to} ${kind}`}
                    d={curve(start.left + nodeWidth, start.middle, end.left, end.middle)}
                    data-kind={kind}
                  />
                );
              })}
            </svg>
            {scene.frames.map(({ id, name, style }) => (
              <div key={id} className={css.frame} style={style}>
                {name}
              </div>
            ))}
            {[...document.assets.values()].map((asset) => (
              <Node
                key={asset.id}
                asset={asset}
                style={scene.places.get(asset.id)?.style ?? {}}
                isSelected={asset.id === selected}
                onSelect={onSelect}
              />
            ))}
          </div>
        </div>
      </div>
      <div className={css.zoom}>
        <button
          type="button"
          aria-label="Zoom out"
          disabled={before === undefined}
          onClick={() => setZoom(before ?? zoom)}
        >
          −
        </button>
        <button type="button" onClick={fit}>
          Fit
        </button>
        <button
          type="button"
          aria-label="Zoom in"
          disabled={next === undefined}
          onClick={() => setZoom(next ?? zoom)}
        >
          +
        </button>
      </div>
    </section>
  );
}

interface NodeProps {
  readonly asset: Asset;
  readonly style: CSSProperties;
  readonly isSelected: boolean;
  onSelect(id: AssetId): void;
}

function Node({ asset, style, isSelected, onSelect }: NodeProps) {
  const { project } = usePlayer();
  const state = usePlayerRuns(({ states }) => states.get(asset.id));
  const now = useNow();
  const status = nodeStatus(asset, state);
  const { text, tone } = nodeText(asset, state, now);
  const isSmall = isRow(project.document, asset);
  return (
    <button
      type="button"
      className={css.node}
      style={{ ...style, ['--group' as string]: groupColour(project.document, asset.group) }}
      aria-pressed={isSelected}
      data-status={status}
      data-row={isSmall || undefined}
      title={asset.key}
      onClick={() => onSelect(asset.id)}
    >
      <span className={css.first}>
        <span className={css.name}>{asset.key}</span>
        <StatusIcon status={status} />
      </span>
      {isSmall ? null : (
        <span className={css.second} data-tone={tone}>
          {text}
        </span>
      )}
    </button>
  );
}

function sceneOf(document: ProjectDocument) {
  const assets = [...document.assets.values()].map((asset) => ({ asset, box: assetBox(document, asset) }));
  const units = [...document.units.values()]
    .filter((unit) => hasFrame(document, unit))
    .map((unit) => ({ unit, box: unitBox(document, unit) }));
  const boxes = [...assets, ...units].map(({ box }) => box);
  const left = Math.min(...boxes.map(({ x }) => x)) - margin;
  const top = Math.min(...boxes.map(({ y }) => y)) - margin;
  const styleOf = ({ x, y, width, height }: (typeof boxes)[number]): CSSProperties => ({
    left: x - left,
    top: y - top,
    width,
    height,
  });
  return {
    width: Math.max(0, ...boxes.map(({ x, width }) => x + width)) + margin - left,
    height: Math.max(0, ...boxes.map(({ y, height }) => y + height)) + margin - top,
    places: new Map(
      assets.map(({ asset, box }) => [
        asset.id,
        { left: box.x - left, middle: box.y - top + box.height / 2, style: styleOf(box) },
      ]),
    ),
    frames: units.map(({ unit, box }) => ({
      id: unit.id,
      name: unit.name,
      style: {
        ...styleOf(box),
        ['--group' as string]: groupColour(document, rowsOf(document, unit.id)[0]?.group),
      },
    })),
  };
}

function curve(x1: number, y1: number, x2: number, y2: number): string {
  const bend = Math.max(24, Math.abs(x2 - x1) / 2);
  return `M${x1} ${y1}C${x1 + bend} ${y1} ${x2 - bend} ${y2} ${x2} ${y2}`;
}
