// The browser's own copy, cut and paste, where they mean the canvas: no permission is asked, and the text goes
// to and from any other program.

import { type RefObject, useEffect } from 'react';
import { mayBeShared, useArrivals } from '#ui/arrivals/use-arrivals.ts';
import { useGraphCommands } from './graph-commands.tsx';
import { isForCanvas } from './use-canvas-keys.ts';

export function useClipboardEvents(frame: RefObject<HTMLDivElement | null>): void {
  const { clipboard } = useGraphCommands();
  const arrivals = useArrivals();
  useEffect(() => {
    const isOurs = (event: ClipboardEvent) =>
      !event.defaultPrevented && isForCanvas(document.activeElement ?? event.target, frame.current);
    const give = (event: ClipboardEvent, take: () => string | undefined) => {
      // Words that are marked on the page are what is meant.
      if (!isOurs(event) || (document.getSelection()?.toString() ?? '') !== '') return;
      const text = take();
      if (text === undefined) return;
      event.preventDefault();
      event.clipboardData?.setData('text/plain', text);
    };
    const onCopy = (event: ClipboardEvent) => give(event, clipboard.copy);
    const onCut = (event: ClipboardEvent) => give(event, clipboard.cut);
    const onPaste = (event: ClipboardEvent) => {
      const text = event.clipboardData?.getData('text/plain') ?? '';
      if (!isOurs(event) || text === '') return;
      event.preventDefault();
      // A whole project that somebody shared is looked at first; copied assets land here.
      if (mayBeShared(text)) void arrivals.receiveText(text);
      else void clipboard.paste(text);
    };
    document.addEventListener('copy', onCopy);
    document.addEventListener('cut', onCut);
    document.addEventListener('paste', onPaste);
    return () => {
      document.removeEventListener('copy', onCopy);
      document.removeEventListener('cut', onCut);
      document.removeEventListener('paste', onPaste);
    };
  }, [clipboard, arrivals, frame]);
}
