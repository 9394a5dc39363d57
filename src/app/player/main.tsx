// The script of a page that carries one project (see vite-player-plugin.ts): opens it in an engine of its own.

import '../app.css';

import { workerText } from 'virtual:player';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { buildGraph } from '#model/graph.ts';
import { asTabId } from '#model/ids.ts';
import { createRunsStore } from '#state/runs-store.ts';
import { messageText } from '#ui/kit/messages.ts';
import { PlayerApp } from '#ui/player/player-app.tsx';
import { PlayerProvider, type PlayerServices } from '#ui/player/player-services.ts';
import { startEngineWorker } from '#workers/engine/client.ts';
import type { PlayerStart } from '#workers/player/contract.ts';
import { createRunnerFrame } from '../runner-frame.ts';
import { attachRunnerHost } from '../runner-host.ts';
import { applyScheme } from '../theme-scheme.ts';
import { createBlobWorker } from './blob-worker.ts';
import { readPage } from './read-page.ts';

applyScheme('auto');
const root = document.getElementById('root');
if (!root) throw new Error('Internal error: the page has no #root');
open(root).catch((thrown: unknown) => {
  root.textContent = thrown instanceof Error ? thrown.message : String(thrown);
});

async function open(element: HTMLElement): Promise<void> {
  const { bundle, code } = await readPage(document);
  const { workspace, runnerPort } = startEngineWorker(
    createBlobWorker(workerText),
    asTabId(crypto.randomUUID()),
    (message) => {
      element.textContent = `The engine of this page has failed: ${message}`;
    },
    (engine): PlayerStart => ({ engine, texts: code.texts }),
  );
  attachRunnerHost(
    createRunnerFrame(async (specifier) =>
      Object.hasOwn(code.libraries, specifier) ? code.libraries[specifier] : undefined,
    ),
    runnerPort,
  );
  const runs = createRunsStore({ type: 'memory', reason: 'this page keeps nothing' }, (wanted) => {
    void workspace.watchEvents(wanted);
  });
  workspace.subscribe((event) => runs.take(event));
  const imported = await workspace.importProject(bundle.documentText, bundle.files ?? []);
  if (!imported.ok) throw new Error(messageText(imported.error));
  const project = await workspace.openProject(imported.value);
  if (!project) throw new Error('The project of this page could not be opened.');
  runs.open(project);
  const services: PlayerServices = {
    workspace,
    runs,
    project,
    graph: buildGraph(project.document),
    bundle,
  };
  createRoot(element).render(
    <StrictMode>
      <PlayerProvider value={services}>
        <PlayerApp />
      </PlayerProvider>
    </StrictMode>,
  );
}
