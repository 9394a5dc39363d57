// What the app is measured against, each by itself: React Flow with as many nodes, a worker call with a database
// put, written by hand, and Monaco with one file.

import '@xyflow/react/dist/style.css';
import { Background, type Edge, type Node, ReactFlow } from '@xyflow/react';
import * as Comlink from 'comlink';
import { createElement } from 'react';
import { createRoot } from 'react-dom/client';
import { gridPlace } from '../grid-place.ts';
import { randomGraph } from '../random-graph.ts';

const place = document.getElementById('root')!;
const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));

interface HandWritten {
  put(value: unknown): Promise<void>;
}

export const peers = {
  /** Mounts React Flow; the time until two frames after its nodes are there, in milliseconds since navigation. */
  async mountFlow(count: number): Promise<number> {
    const { nodes: assets } = randomGraph(count);
    const nodes: Node[] = assets.map(({ key }, i) => ({
      id: key,
      position: gridPlace(i),
      data: { label: key },
      width: 224,
      height: 64,
    }));
    const edges: Edge[] = assets.flatMap(({ key, deps }) =>
      deps.map((dep) => ({ id: `${dep} ${key}`, source: dep, target: key })),
    );
    createRoot(place).render(
      createElement(
        ReactFlow,
        {
          defaultNodes: nodes,
          defaultEdges: edges,
          onlyRenderVisibleElements: true,
          fitView: true,
          minZoom: 0.02,
        },
        createElement(Background),
      ),
    );
    while (place.querySelector('.react-flow__node') === null) await frame();
    await frame();
    await frame();
    return performance.now();
  },

  /** A worker is called and a value is put into a database; the milliseconds until a paint after it, each time. */
  async handWritten(rounds: number): Promise<readonly number[]> {
    const worker = new Worker(new URL('./put.worker.ts', import.meta.url), { type: 'module' });
    const api = Comlink.wrap<HandWritten>(worker);
    const sign = document.createElement('p');
    document.body.append(sign);
    const taken: number[] = [];
    for (let i = -3; i < rounds; i += 1) {
      const startedAt = performance.now();
      await api.put({ value: i, at: startedAt });
      sign.textContent = String(i);
      await frame();
      if (i >= 0) taken.push(performance.now() - startedAt);
      await new Promise((resolve) => setTimeout(resolve, 30));
    }
    worker.terminate();
    return taken;
  },

  /** Loads Monaco and opens a file in it. */
  async openEditor(text: string): Promise<void> {
    const { openEditor } = await import('./bare-editor.ts');
    openEditor(place, text);
  },
};

Object.assign(globalThis, { peers });
