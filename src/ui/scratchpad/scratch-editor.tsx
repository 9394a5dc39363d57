// Where lines are typed: Enter runs them, Shift+Enter begins a new one, the arrows bring back earlier ones.

import { useComputedColorScheme } from '@mantine/core';
import { useEffect, useRef } from 'react';
import type { StoreApi } from 'zustand/vanilla';
import { editorOptions } from '#ui/inspector/editor-options.ts';
import { monaco, setUpMonaco, showScratchTypes } from '#ui/inspector/monaco-setup.ts';
import { type Services, useServices } from '#ui/kit/services.tsx';
import { runLines, type ScratchState } from './scratch-store.ts';
import { scratchTypes } from './scratch-types.ts';
import css from './scratchpad.module.css';

const lineHeight = 20;
const mostLines = 8;

export function ScratchEditor({ store }: { readonly store: StoreApi<ScratchState> }) {
  const services = useServices();
  const place = useRef<HTMLDivElement>(null);
  const scheme = useComputedColorScheme('light');
  useEffect(
    () => (place.current ? openEditor(services, store, place.current) : undefined),
    [services, store],
  );
  useEffect(() => {
    monaco.editor.setTheme(`headwater-${scheme}`);
  }, [scheme]);
  return <div ref={place} className={css.editor} />;
}

function openEditor(services: Services, store: StoreApi<ScratchState>, place: HTMLElement): () => void {
  setUpMonaco();
  const uri = monaco.Uri.parse('file:///scratchpad.ts');
  const model = monaco.editor.createModel(store.getState().draft, 'typescript', uri);
  const editor = monaco.editor.create(place, {
    ...editorOptions,
    model,
    ariaLabel: 'Scratchpad',
    lineNumbers: 'off',
    lineDecorationsWidth: 0,
    renderLineHighlight: 'none',
    padding: { top: 6, bottom: 6 },
    quickSuggestions: { other: true, strings: true, comments: false },
  });
  // The place in the earlier lines; as many as there are stands for what is being typed.
  let recalled = store.getState().entries.length;
  let typed = model.getValue();

  const grow = () => {
    place.style.height = `${Math.min(mostLines, model.getLineCount()) * lineHeight + 12}px`;
  };
  const put = (text: string, isOnFirstLine = false) => {
    model.setValue(text);
    const line = isOnFirstLine ? 1 : model.getLineCount();
    editor.setPosition({ lineNumber: line, column: model.getLineMaxColumn(line) });
  };
  const run = () => {
    const source = model.getValue();
    if (source.trim() === '') return;
    put('');
    void runLines(services, store, source);
    recalled = store.getState().entries.length;
    typed = '';
  };
  const recall = (by: -1 | 1): boolean => {
    const { entries } = store.getState();
    const next = recalled + by;
    if (next < 0 || next > entries.length) return false;
    if (recalled === entries.length) typed = model.getValue();
    recalled = next;
    // Where the same arrow goes on from.
    put(entries[next]?.source ?? typed, by < 0);
    return true;
  };
  const isWalking = () => recalled < store.getState().entries.length;

  const stops = [
    editor.onKeyDown((event) => {
      const line = editor.getPosition()?.lineNumber ?? 1;
      let isTaken = false;
      if (event.keyCode === monaco.KeyCode.Enter && !event.shiftKey && !event.altKey) {
        isTaken = true;
        run();
      } else if (
        event.keyCode === monaco.KeyCode.UpArrow &&
        line === 1 &&
        (isWalking() || model.getValue() === '')
      )
        isTaken = recall(-1);
      else if (event.keyCode === monaco.KeyCode.DownArrow && line === model.getLineCount() && isWalking())
        isTaken = recall(1);
      if (!isTaken) return;
      event.preventDefault();
      event.stopPropagation();
    }),
    model.onDidChangeContent(() => {
      grow();
      store.setState({ draft: model.getValue() });
    }),
    // Bodies know nothing of `load`: it is there while lines are typed.
    editor.onDidFocusEditorText(() => {
      const { graph } = services.documents.store.getState();
      showScratchTypes(scratchTypes(graph, services.types.store.getState().outputs));
    }),
    editor.onDidBlurEditorText(() => showScratchTypes(undefined)),
  ];
  grow();
  editor.focus();
  return () => {
    for (const stop of stops) stop.dispose();
    showScratchTypes(undefined);
    editor.dispose();
    model.dispose();
  };
}
