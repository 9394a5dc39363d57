// The code editor of one check's body. Its text is a draft on top of the document, as in the editor of assets.

import { useComputedColorScheme } from '@mantine/core';
import { useEffect, useMemo, useRef } from 'react';
import type { Check } from '#model/document.ts';
import { editBetween } from '#model/text-edit.ts';
import { createBodyDraft } from '#ui/inspector/body-draft.ts';
import { editorOptions } from '#ui/inspector/editor-options.ts';
import { monaco, setUpMonaco, showModules } from '#ui/inspector/monaco-setup.ts';
import { registerDraft } from '#ui/inspector/open-drafts.ts';
import { useBodyTypes } from '#ui/inspector/use-body-types.ts';
import { noticeError } from '#ui/kit/notices.ts';
import { type Services, useDocument, useRuns, useServices, useSession } from '#ui/kit/services.tsx';
import css from './checks.module.css';

export function CheckBodyEditor({ check }: { readonly check: Check }) {
  const services = useServices();
  const place = useRef<HTMLDivElement>(null);
  const open = useRef<OpenBody>(undefined);
  const scheme = useComputedColorScheme('light');
  const reveal = useSession((state) => (state.reveal?.checkId === check.id ? state.reveal : undefined));
  const all = useRuns((state) => state.problems);
  const problems = useMemo(() => all.filter(({ checkId }) => checkId === check.id), [all, check.id]);

  // First, so that the editor opens with the types of its inputs.
  useBodyTypes(check.id);

  // biome-ignore lint/correctness/useExhaustiveDependencies: the body is followed below, not by reopening
  useEffect(() => {
    if (!place.current) return;
    const opened = openBody(services, place.current, check);
    open.current = opened;
    return () => {
      open.current = undefined;
      opened.close();
    };
  }, [services, check.id]);

  const modules = useDocument((state) => state.document.modules);
  useEffect(() => showModules(modules), [modules]);
  useEffect(() => open.current?.show(check.body), [check.body]);
  useEffect(() => {
    open.current?.mark(problems);
  }, [problems]);
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
  mark(
    problems: readonly { readonly message: string; readonly line: number; readonly column: number }[],
  ): void;
  goTo(line: number, column: number): void;
  close(): void;
}

function openBody(services: Services, place: HTMLElement, check: Check): OpenBody {
  setUpMonaco();
  const { documents, clock } = services;
  const uri = monaco.Uri.parse(`file:///bodies/${encodeURIComponent(check.id)}.ts`);
  const model = monaco.editor.createModel(check.body, 'typescript', uri);
  model.updateOptions({ tabSize: 2, insertSpaces: true });
  const editor = monaco.editor.create(place, {
    ...editorOptions,
    model,
    ariaLabel: `Body of check ${check.name}`,
  });

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
  const draft = createBodyDraft(check.body, {
    clock,
    commit: (edit) => documents.run({ type: 'EditCheckBody', id: check.id, edit }),
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
  editor.addCommand(KeyMod.CtrlCmd | KeyCode.KeyS, () => void draft.flush());
  editor.addCommand(KeyMod.CtrlCmd | KeyCode.KeyZ, () => travel('undo'));
  editor.addCommand(KeyMod.CtrlCmd | KeyMod.Shift | KeyCode.KeyZ, () => travel('redo'));
  editor.addCommand(KeyMod.CtrlCmd | KeyCode.KeyY, () => travel('redo'));
  // Tab indents here; Escape is the way out for those without a mouse.
  editor.addCommand(
    KeyCode.Escape,
    () => place.closest('li')?.querySelector<HTMLElement>('button[aria-expanded]')?.focus(),
    '!suggestWidgetVisible && !findWidgetVisible && !parameterHintsVisible && !renameInputVisible && !editorHasMultipleSelections',
  );

  const stops = [
    model.onDidChangeContent(() => {
      if (!isShowing) draft.type(model.getValue());
    }),
    editor.onDidBlurEditorText(() => void draft.flush()),
  ];
  const stopRegistered = registerDraft(documents, draft.flush);
  // The store answers within the same turn, so that an undo right after a commit finds the right text.
  const stopFollowing = documents.store.subscribe((state, before) => {
    const now = state.document.checks.get(check.id);
    if (now && now !== before.document.checks.get(check.id)) takeBody(now.body);
  });
  const onLeave = () => void draft.flush();
  window.addEventListener('beforeunload', onLeave, true);
  document.addEventListener('visibilitychange', onLeave);

  return {
    show: takeBody,
    mark(problems) {
      monaco.editor.setModelMarkers(
        model,
        'headwater',
        problems.map(({ message, line, column }) => ({
          message,
          severity: monaco.MarkerSeverity.Error,
          startLineNumber: line,
          startColumn: column,
          endLineNumber: line,
          endColumn: column + 1,
        })),
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
      // The check may be gone: what is typed then has no place to go.
      if (documents.store.getState().document.checks.has(check.id)) draft.close();
      endTyping?.();
      stopRegistered();
      stopFollowing();
      for (const stop of stops) stop.dispose();
      editor.dispose();
      model.dispose();
    },
  };
}
