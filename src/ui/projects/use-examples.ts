// The examples that are shipped with the app: public/examples/index.json.

import { useEffect, useState } from 'react';
import { readSketch, type Sketch } from './sketch.ts';

export interface Example {
  readonly file: string;
  readonly name: string;
  readonly description: string;
  readonly assets: number;
  /** Data files too large to stand in the project file, relative to public/examples. */
  readonly sideFiles: readonly string[];
  /** Its graph, for the picture on its card. */
  readonly sketch: Sketch | undefined;
}

export type Examples =
  | { readonly type: 'loading' }
  | { readonly type: 'ready'; readonly examples: readonly Example[] }
  | { readonly type: 'failed'; readonly detail: string };

export function useExamples(): Examples {
  const [state, setState] = useState<Examples>({ type: 'loading' });
  useEffect(() => {
    const stop = new AbortController();
    loadExamples(stop.signal).then(
      (examples) => setState({ type: 'ready', examples }),
      (error: unknown) => {
        if (!stop.signal.aborted) setState({ type: 'failed', detail: String(error) });
      },
    );
    return () => stop.abort();
  }, []);
  return state;
}

async function loadExamples(signal: AbortSignal): Promise<readonly Example[]> {
  const response = await fetch('examples/index.json', { signal });
  if (!response.ok) throw new Error(`examples/index.json: ${response.status}`);
  const list: unknown = await response.json();
  return Array.isArray(list) ? list.map(readExample).filter((example) => example !== undefined) : [];
}

function readExample(raw: unknown): Example | undefined {
  if (typeof raw !== 'object' || raw === null) return undefined;
  const { file, name, description, assets, sideFiles, sketch } = raw as Record<string, unknown>;
  if (typeof file !== 'string' || typeof name !== 'string') return undefined;
  return {
    file,
    name,
    description: typeof description === 'string' ? description : '',
    assets: typeof assets === 'number' ? assets : 0,
    sideFiles: Array.isArray(sideFiles) ? sideFiles.filter((path) => typeof path === 'string') : [],
    sketch: readSketch(sketch),
  };
}
