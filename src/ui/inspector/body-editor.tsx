// The code editor of one body. Its text is a draft on top of the document; undo and redo are the
// project's own, after what was typed has been committed, so that there is one line of history.

import { useComputedColorScheme } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { editBetween } from '#model/text-edit.ts';
import { noticeError, noticeFault } from '#ui/kit/notices.ts';
import { type Services, useDocument, useServices, useSession } from '#ui/kit/services.tsx';
import { type BodyDraft, createBodyDraft } from './body-draft.ts';
import css from './body-editor.module.css';
import { formatBody, offerLanguage } from './body-language.ts';
import type { BodySource } from './body-source.ts';
import { editorOptions } from './editor-options.ts';
import { monaco, setUpMonaco, showShared } from './monaco-setup.ts';
import { registerDraft } from './open-drafts.ts';
import { useBodyTypes } from './use-body-types.ts';

export interface BodyMarker {
  readonly message: string;
  /** 1-based. */
  readonly line: number;
  readonly column: number;
  readonly severity: 'error' | 'warning';
}

export interface BodyEditorProps {
  readonly source: BodySource;
  readonly markers: readonly BodyMarker[];
}

export function BodyEditor({ source, markers }: BodyEditorProps) {
  const services = useServices();
  const place = useRef<HTMLDivElement>(null);
  const open = useRef<OpenBody>(undefined);
  const scheme = useComputedColorScheme('light');
  const reveal = useSession((state) =>
    state.reveal?.assetId === source.assetId &&
    state.reveal.checkId === source.checkId &&
    state.reveal.op === source.op
      ? state.reveal
      : undefined,
  );

  // First, so that the editor opens with the types of its inputs.
  useBodyTypes(source.id);

  // biome-ignore lint/correctness/useExhaustiveDependencies: the body is followed below, not by reopening
  useEffect(() => {
    if (!place.current) return;
    const opened = openBody(services, place.current, source);
    open.current = opened;
    return () => {
      open.current = undefined;
      opened.close();
    };
  }, [services, source.id]);

  const modules = useDocument((state) => state.document.modules);
  const resources = useDocument((state) => state.document.resources);
  useEffect(() => showShared(modules, resources), [modules, resources]);
  useEffect(() => open.current?.show(source.body), [source.body]);
  useEffect(() => open.current?.name(source.label), [source.label]);
  useEffect(() => open.current?.mark(markers), [markers]);
  useEffect(() => {
    monaco.editor.setTheme(`headwater-${scheme}`);
  }, [scheme]);
  useEffect(() => {
    if (!reveal) return;
    open.current?.goTo(reveal.line, reveal.column);
    services.session.setState({ reveal: undefined });
  }, [reveal, services]);

  return <div ref={place} className={css.editor} />;
}

interface OpenBody {
  show(body: string): void;
  name(label: string): void;
  mark(markers: readonly BodyMarker[]): void;
  goTo(line: number, column: number): void;
  close(): void;
}

/** Where the reader was in each body, for as long as the page lives. */
const viewStates = new WeakMap<Services, Map<string, monaco.editor.ICodeEditorViewState>>();

function openBody(services: Services, place: HTMLElement, source: BodySource): OpenBody {
  setUpMonaco();
  const { documents, clock } = services;
  const states = viewStates.get(services) ?? new Map<string, monaco.editor.ICodeEditorViewState>();
  viewStates.set(services, states);
  const uri = monaco.Uri.parse(`file:///bodies/${encodeURIComponent(source.id)}.ts`);
  const model = monaco.editor.createModel(source.body, 'typescript', uri);
  model.updateOptions({
    tabSize: 2,
    insertSpaces: true,
    bracketColorizationOptions: { enabled: false, independentColorPoolPerBracketType: false },
  });
  const editor = monaco.editor.create(place, { ...editorOptions, model, ariaLabel: source.label });
  const known = states.get(source.id);
  if (known) editor.restoreViewState(known);

  let isShowing = false;
  const show = (text: string) => {
    const edit = editBetween(model.getValue(), text);
    if (!edit) return;
    isShowing = true;
    const start = model.getPositionAt(edit.start);
    const end = model.getPositionAt(edit.start + edit.removed.length);
    model.applyEdits([{ range: monaco.Range.fromPositions(start, end), text: edit.inserted }]);
    isShowing = false;
  };
  let endTyping: (() => void) | undefined;
  const draft: BodyDraft = createBodyDraft(source.body, {
    clock,
    commit: (edit) => documents.run(source.command(edit)),
    onRefused: (error) => noticeError(error, 'The edit was not saved'),
    onDirty(isDirty) {
      endTyping?.();
      endTyping = isDirty ? documents.beginEditing() : undefined;
    },
  });
  const takeBody = (body: string) => show(draft.takeCommitted(body));

  const travel = (direction: 'undo' | 'redo') => {
    draft.flush();
    const error = documents[direction]();
    if (error && error.type !== 'NothingToUndo' && error.type !== 'NothingToRedo') noticeError(error);
  };
  const { KeyMod, KeyCode } = monaco;
  editor.addCommand(KeyMod.CtrlCmd | KeyCode.KeyS, () => {
    draft.flush();
    formatBody(editor).then(
      () => draft.flush(),
      (thrown: unknown) => noticeFault('The body was not formatted', thrown),
    );
  });
  editor.addCommand(KeyMod.CtrlCmd | KeyCode.KeyZ, () => travel('undo'));
  editor.addCommand(KeyMod.CtrlCmd | KeyMod.Shift | KeyCode.KeyZ, () => travel('redo'));
  editor.addCommand(KeyMod.CtrlCmd | KeyCode.KeyY, () => travel('redo'));
  // Tab indents here; Escape is the way out for those without a mouse.
  editor.addCommand(
    KeyCode.Escape,
    () => wayOut(place)?.focus(),
    '!suggestWidgetVisible && !findWidgetVisible && !parameterHintsVisible && !renameInputVisible && !editorHasMultipleSelections && !inSnippetMode && !markersNavigationVisible && !editorHoverVisible',
  );

  const stops = [
    model.onDidChangeContent(() => {
      if (!isShowing) draft.type(model.getValue());
    }),
    editor.onDidBlurEditorText(() => draft.flush()),
  ];
  const stopLanguage = offerLanguage(model, {
    services,
    id: source.id,
    flush: () => void draft.flush(),
  });
  const stopRegistered = registerDraft(documents, draft.flush);
  // The store answers within the same turn, so that an undo right after a commit finds the right text.
  const stopFollowing = documents.store.subscribe((state, before) => {
    if (state.document === before.document) return;
    const now = source.read(state.document);
    if (now !== undefined && now !== source.read(before.document)) takeBody(now);
  });
  const onLeave = () => void draft.flush();
  window.addEventListener('beforeunload', onLeave, true);
  document.addEventListener('visibilitychange', onLeave);

  return {
    show: takeBody,
    name: (label) => editor.updateOptions({ ariaLabel: label }),
    mark(markers) {
      monaco.editor.setModelMarkers(
        model,
        'headwater',
        markers.map((marker) => toMarker(model, marker)),
      );
    },
    goTo(line, column) {
      const position = model.validatePosition({ lineNumber: line, column });
      editor.setPosition(position);
      editor.revealPositionInCenter(position);
      editor.focus();
    },
    close() {
      window.removeEventListener('beforeunload', onLeave, true);
      document.removeEventListener('visibilitychange', onLeave);
      // The body may be gone: what is typed then has no place to go.
      if (source.read(documents.store.getState().document) !== undefined) draft.close();
      endTyping?.();
      stopRegistered();
      stopLanguage();
      stopFollowing();
      const state = editor.saveViewState();
      if (state) states.set(source.id, state);
      for (const stop of stops) stop.dispose();
      editor.dispose();
      model.dispose();
    },
  };
}

/** What the editor was opened by in a list, the tab that it is on, or else the first field beside it. */
function wayOut(place: HTMLElement): HTMLElement | null {
  const section = place.closest('section');
  return (
    place.closest('li')?.querySelector<HTMLElement>('button[aria-expanded]') ??
    section?.querySelector<HTMLElement>('[role="tab"][aria-selected="true"]') ??
    section?.querySelector<HTMLElement>('input') ??
    null
  );
}

function toMarker(model: monaco.editor.ITextModel, marker: BodyMarker): monaco.editor.IMarkerData {
  const start = model.validatePosition({ lineNumber: marker.line, column: marker.column });
  const word = model.getWordAtPosition(start);
  return {
    message: marker.message,
    severity: marker.severity === 'error' ? monaco.MarkerSeverity.Error : monaco.MarkerSeverity.Warning,
    startLineNumber: start.lineNumber,
    startColumn: start.column,
    endLineNumber: start.lineNumber,
    endColumn: word ? Math.max(word.endColumn, start.column + 1) : start.column + 1,
  };
}
