// The editor is large: it is loaded when the page is idle, and in two pieces, so that neither stops the page for long.

import { whenIdle } from '#ui/kit/when-idle.ts';

export async function loadBodyEditor() {
  await import('monaco-editor/editor/editor.api.js');
  await new Promise<void>((resolve) => whenIdle(resolve));
  return import('./body-editor.tsx');
}

/** Soon somebody opens a body. A load that fails is tried again then, and says so. */
export const loadBodyEditorSoon = (): void =>
  whenIdle(() => {
    loadBodyEditor().catch(() => undefined);
  });
