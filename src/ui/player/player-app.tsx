// A page that carries one project: its graph, its code, and a button that runs it here. Nothing runs before that.

import { useState } from 'react';
import { projectFileEnding } from '#model/document.ts';
import type { AssetId } from '#model/ids.ts';
import { downloadFile, fileStem } from '#ui/kit/download.ts';
import { formatPlural } from '#ui/kit/format.ts';
import { AssetPanel } from './asset-panel.tsx';
import { GraphView } from './graph-view.tsx';
import css from './player.module.css';
import { usePlayer } from './player-services.ts';
import { useWholeRun } from './use-whole-run.ts';

export function PlayerApp() {
  const { project, bundle } = usePlayer();
  const { document } = project;
  const [selected, setSelected] = useState<AssetId | undefined>(() => [...document.assets.keys()].at(0));
  const run = useWholeRun();
  const asset = selected === undefined ? undefined : document.assets.get(selected);
  return (
    <div className={css.page}>
      <header className={css.head}>
        <div className={css.title}>
          <h1>{document.info.name === '' ? 'Untitled project' : document.info.name}</h1>
          <p>
            {formatPlural(document.assets.size, 'asset')}. It runs in this page alone: without a network,
            without access to files, and nothing is kept.
          </p>
        </div>
        <div className={css.actions}>
          <button
            type="button"
            className={css.button}
            onClick={() =>
              downloadFile(
                `${fileStem(document.info.name)}${projectFileEnding}`,
                bundle.documentText,
                'application/json',
              )
            }
          >
            Save project
          </button>
          {run.isRunning ? (
            <button type="button" className={css.button} onClick={run.cancel}>
              Stop
            </button>
          ) : (
            <button type="button" className={css.primary} onClick={run.start}>
              {run.hasRun ? 'Run again' : 'Run'}
            </button>
          )}
        </div>
      </header>
      <p className={css.news} role="status" data-bad={run.isBad || undefined}>
        {run.news}
      </p>
      <div className={css.body}>
        <GraphView selected={selected} onSelect={setSelected} />
        {asset ? <AssetPanel key={asset.id} asset={asset} /> : null}
      </div>
    </div>
  );
}
