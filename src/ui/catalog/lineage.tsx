// The direct neighbours of an asset as a small graph: what it reads on the left, what it feeds on the right.

import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { Asset } from '#model/document.ts';
import type { Edge } from '#model/graph.ts';
import { nodeStatus } from '#ui/inspector/asset-facts.ts';
import { useDocument, useRuns } from '#ui/kit/services.tsx';
import { StatusIcon } from '#ui/kit/status-icon.tsx';
import css from './lineage.module.css';

const rowHeight = 40;
const shownAtFirst = 8;

interface Neighbour {
  readonly asset: Asset;
  readonly isOrderOnly: boolean;
}

export function Lineage({ asset }: { readonly asset: Asset }) {
  const graph = useDocument((state) => state.graph);
  const [showsAll, setShowsAll] = useState(false);
  const neighbours = (edges: readonly Edge[] | undefined, end: 'from' | 'to'): readonly Neighbour[] =>
    (edges ?? []).flatMap((edge) => {
      const other = graph.document.assets.get(edge[end]);
      return other ? [{ asset: other, isOrderOnly: edge.kind === 'order' }] : [];
    });
  const upstream = neighbours(graph.upstream.get(asset.id), 'from');
  const downstream = neighbours(graph.downstream.get(asset.id), 'to');
  const limit = showsAll ? Number.POSITIVE_INFINITY : shownAtFirst;
  const [ups, downs] = [upstream.slice(0, limit), downstream.slice(0, limit)];
  const rows = Math.max(1, ups.length, downs.length);
  const hidden = upstream.length + downstream.length - ups.length - downs.length;
  return (
    <>
      <div className={css.lineage} style={{ ['--side-height' as string]: `${rows * rowHeight}px` }}>
        <Side label="Reads from" none="Reads no asset" neighbours={ups} />
        <Wires neighbours={ups} rows={rows} towards="right" />
        <div className={css.middle}>
          <span className={css.self} title={asset.key}>
            {asset.key}
          </span>
        </div>
        <Wires neighbours={downs} rows={rows} towards="left" />
        <Side label="Feeds" none="Feeds no asset yet" neighbours={downs} />
      </div>
      {hidden > 0 ? (
        <button type="button" className={css.more} onClick={() => setShowsAll(true)}>
          Show {hidden} more
        </button>
      ) : null}
    </>
  );
}

interface SideProps {
  readonly label: string;
  readonly none: string;
  readonly neighbours: readonly Neighbour[];
}

function Side({ label, none, neighbours }: SideProps) {
  if (neighbours.length === 0) return <p className={css.none}>{none}</p>;
  return (
    <ul className={css.side} aria-label={label}>
      {neighbours.map((neighbour) => (
        <li key={neighbour.asset.id}>
          <Card {...neighbour} />
        </li>
      ))}
    </ul>
  );
}

function Card({ asset, isOrderOnly }: Neighbour) {
  const projectId = useDocument((state) => state.projectId);
  const state = useRuns((runs) => runs.states.get(asset.id));
  if (projectId === undefined) return null;
  return (
    <Link
      className={css.card}
      to="/p/$projectId/catalog/$"
      params={{ projectId, _splat: asset.key }}
      title={isOrderOnly ? `${asset.key}: order only, no value` : asset.key}
    >
      <StatusIcon status={nodeStatus(asset, state)} size={14} />
      <span className={css.key}>{asset.key}</span>
    </Link>
  );
}

interface WiresProps {
  readonly neighbours: readonly Neighbour[];
  readonly rows: number;
  readonly towards: 'left' | 'right';
}

function Wires({ neighbours, rows, towards }: WiresProps) {
  const height = rows * rowHeight;
  const top = (height - neighbours.length * rowHeight) / 2;
  return (
    <svg
      className={css.wires}
      viewBox={`0 0 40 ${height}`}
      style={{ height }}
      preserveAspectRatio="none"
      aria-hidden="true"
    >
      {neighbours.map(({ asset, isOrderOnly }, index) => {
        const outer = top + (index + 0.5) * rowHeight;
        const [from, to] = towards === 'right' ? [outer, height / 2] : [height / 2, outer];
        return (
          <path
            key={asset.id}
            data-order={isOrderOnly || undefined}
            d={`M0 ${from}C20 ${from} 20 ${to} 40 ${to}`}
          />
        );
      })}
    </svg>
  );
}
