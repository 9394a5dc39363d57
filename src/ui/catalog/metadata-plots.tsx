// How the numbers of an asset have changed from one materialization to the next, as plots and as a table.

import { useEffect, useMemo, useState } from 'react';
import type { Materialization } from '#model/asset-state.ts';
import type { AssetId } from '#model/ids.ts';
import { formatExact } from '#ui/kit/format.ts';
import { ScrollRegion } from '#ui/kit/scroll-region.tsx';
import { useDocument, useRuns, useServices } from '#ui/kit/services.tsx';
import { type NumericSeries, numericSeries } from './numeric-series.ts';
import css from './series-plot.module.css';
import { formatValue, SeriesPlot } from './series-plot.tsx';

/** The newest of them; more could not be told apart. */
const mostPoints = 500;

export function MetadataPlots({ assetId }: { readonly assetId: AssetId }) {
  const { workspace } = useServices();
  const projectId = useDocument((state) => state.projectId);
  const newestSeq = useRuns((state) => state.states.get(assetId)?.latest?.pointer.seq);
  const newestIndex = useRuns((state) => state.states.get(assetId)?.latest?.pointer.index);
  const [found, setFound] = useState<readonly Materialization[] | 'failed'>();

  // Read again with each new materialization: it is one more point.
  useEffect(() => {
    if (projectId === undefined) return;
    if (newestSeq === undefined || newestIndex === undefined) {
      setFound([]);
      return;
    }
    let wanted = true;
    workspace.history(projectId, assetId, mostPoints).then(
      (items) => wanted && setFound(items),
      () => wanted && setFound('failed'),
    );
    return () => {
      wanted = false;
    };
  }, [workspace, projectId, assetId, newestSeq, newestIndex]);

  const series = useMemo(() => (Array.isArray(found) ? numericSeries(found) : []), [found]);
  if (found === undefined) return <p className={css.foot}>Reading the history…</p>;
  if (found === 'failed') return <p className={css.foot}>The history could not be read.</p>;
  if (series.length === 0)
    return (
      <p className={css.foot}>Numbers appear here after the first materialization, and grow into plots.</p>
    );
  return (
    <>
      <div className={css.plots}>
        {series.map((each) => (
          <SeriesPlot key={each.name} series={each} />
        ))}
      </div>
      <Numbers series={series} />
    </>
  );
}

function Numbers({ series }: { readonly series: readonly NumericSeries[] }) {
  const [isOpen, setIsOpen] = useState(false);
  return (
    <details className={css.numbers} onToggle={(event) => setIsOpen(event.currentTarget.open)}>
      <summary>Show the numbers as a table</summary>
      {isOpen ? <NumbersTable series={series} /> : null}
    </details>
  );
}

function NumbersTable({ series }: { readonly series: readonly NumericSeries[] }) {
  const times = new Map<number, Map<string, number>>();
  for (const { name, points } of series)
    for (const { at, value } of points) times.set(at, (times.get(at) ?? new Map()).set(name, value));
  const rows = [...times].sort(([a], [b]) => b - a);
  return (
    <ScrollRegion className={css.tableFrame} label="Numbers of each materialization">
      <table>
        <thead>
          <tr>
            <th scope="col">Materialized</th>
            {series.map(({ name }) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(([at, values]) => (
            <tr key={at}>
              <td>{formatExact(at)}</td>
              {series.map(({ name, unit }) => {
                const value = values.get(name);
                return <td key={name}>{value === undefined ? '' : formatValue(value, unit)}</td>;
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  );
}
