// Keys that work on every page: undo, redo, and an answer for those who save by habit.

import { useEffect } from 'react';
import { flushDrafts } from '#ui/inspector/open-drafts.ts';
import { noticeDone, noticeError } from '#ui/kit/notices.ts';
import { useServices } from '#ui/kit/services.tsx';

/** Does the place where the user types handle keys such as undo itself? */
export function isTextPlace(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return (
    target.isContentEditable ||
    target.closest('input:not([type="checkbox"], [type="radio"]), textarea, select, .monaco-editor') !== null
  );
}

export function useShortcuts(): void {
  const { documents } = useServices();
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || event.altKey) return;
      const key = event.key.toLowerCase();
      if (key === 's' && !event.shiftKey) {
        event.preventDefault();
        flushDrafts(documents);
        const { projectId, save } = documents.store.getState();
        if (projectId === undefined) return;
        noticeDone(
          save.type === 'unsaved'
            ? 'Your latest changes are not saved yet; the top bar says why.'
            : 'Everything is saved as you go.',
          'save',
        );
        return;
      }
      if (event.defaultPrevented || isTextPlace(event.target)) return;
      if (documents.store.getState().projectId === undefined) return;
      const isUndo = key === 'z' && !event.shiftKey;
      const isRedo = (key === 'z' && event.shiftKey) || (key === 'y' && !event.shiftKey);
      if (!isUndo && !isRedo) return;
      event.preventDefault();
      flushDrafts(documents);
      const error = isUndo ? documents.undo() : documents.redo();
      if (error && error.type !== 'NothingToUndo' && error.type !== 'NothingToRedo') noticeError(error);
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [documents]);
}
