// A text or a file that is pasted on the first page, where nothing else takes it, and that carries a project.

import { useEffect } from 'react';
import { mayBeShared, useArrivals } from '#ui/arrivals/use-arrivals.ts';
import { useProjectActions } from './use-project-actions.ts';

export function useProjectPaste(): void {
  const actions = useProjectActions();
  const arrivals = useArrivals();
  useEffect(() => {
    const onPaste = (event: ClipboardEvent) => {
      if (event.defaultPrevented || isForTyping(event.target)) return;
      const files = [...(event.clipboardData?.files ?? [])];
      const text = event.clipboardData?.getData('text/plain') ?? '';
      if (files.length > 0) void actions.openFiles(files);
      else if (mayBeShared(text) || (/^\s*\{/.test(text) && text.includes('"headwater"')))
        void arrivals.receiveText(text);
      else return;
      event.preventDefault();
    };
    document.addEventListener('paste', onPaste);
    return () => document.removeEventListener('paste', onPaste);
  }, [actions, arrivals]);
}

const isForTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));
