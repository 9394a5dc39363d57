// The scratchpad: lines of TypeScript over the values that are stored. They run where bodies run, and leave nothing.

import { Button } from '@mantine/core';
import { IconPlayerStopFilled } from '@tabler/icons-react';
import { lazy, Suspense, useEffect, useRef } from 'react';
import { useStore } from 'zustand';
import { loadBodyEditor } from '#ui/inspector/load-body-editor.ts';
import { ErrorBoundary } from '#ui/kit/error-boundary.tsx';
import { useDocument, useServices } from '#ui/kit/services.tsx';
import { PrintedLines, ScratchOutcomeView } from './scratch-outcome.tsx';
import { type ScratchEntry, scratchStore, stopLines } from './scratch-store.ts';
import css from './scratchpad.module.css';

const Editor = lazy(async () => {
  await loadBodyEditor();
  return { default: (await import('./scratch-editor.tsx')).ScratchEditor };
});

export function ScratchpadPanel() {
  const projectId = useDocument((state) => state.projectId);
  return projectId === undefined ? null : <Pad projectId={projectId} />;
}

function Pad({ projectId }: { readonly projectId: string }) {
  const services = useServices();
  const store = scratchStore(services, projectId);
  const entries = useStore(store, (state) => state.entries);
  const end = useRef<HTMLDivElement>(null);
  const isRunning = entries.some(({ result }) => !result);
  const isAtEnd = useRef(true);
  useEffect(() => {
    const scroller = end.current?.closest('[role="tabpanel"]');
    const look = () => {
      if (scroller) isAtEnd.current = scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < 40;
    };
    scroller?.addEventListener('scroll', look, { passive: true });
    return () => scroller?.removeEventListener('scroll', look);
  }, []);
  const count = useRef(0);
  useEffect(() => {
    // What is new is at the end. Who has scrolled back to read is left there, until more is run.
    const isMore = entries.length !== count.current;
    count.current = entries.length;
    const scroller = end.current?.closest('[role="tabpanel"]');
    if (scroller && (isMore || isAtEnd.current)) scroller.scrollTop = scroller.scrollHeight;
  }, [entries]);
  return (
    <div className={css.pad}>
      {entries.length === 0 ? (
        <p className={css.hint}>
          Look at any value: <code>await load('orders')</code>. Enter runs, Shift+Enter begins a new line, the
          up arrow brings back what you ran before. Nothing of it is stored.
        </p>
      ) : (
        <ol className={css.entries} aria-label="What was run">
          {entries.map((entry) => (
            <Entry key={entry.id} entry={entry} />
          ))}
        </ol>
      )}
      <div ref={end} className={css.input}>
        <span className={css.mark} aria-hidden>
          ›
        </span>
        <ErrorBoundary name="The scratchpad’s editor">
          <Suspense fallback={<div className={css.editor} />}>
            <Editor store={store} />
          </Suspense>
        </ErrorBoundary>
        {isRunning ? (
          <Button
            className={css.stop}
            variant="default"
            size="xs"
            leftSection={<IconPlayerStopFilled size={12} />}
            onClick={() => stopLines(services, store)}
          >
            Stop
          </Button>
        ) : null}
      </div>
    </div>
  );
}

function Entry({ entry }: { readonly entry: ScratchEntry }) {
  return (
    <li className={css.entry}>
      <pre className={css.source}>{entry.source}</pre>
      {entry.result ? (
        <ScratchOutcomeView result={entry.result} />
      ) : (
        <>
          {entry.printed ? <PrintedLines printed={entry.printed} /> : null}
          <p className={css.quiet}>Running…</p>
        </>
      )}
    </li>
  );
}
