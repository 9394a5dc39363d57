// Markdown from a project: what it says as plain text at first, formatted as soon as the formatter is loaded.

import { lazy, Suspense } from 'react';
import css from './markdown.module.css';

const MarkdownBody = lazy(async () => ({ default: (await import('./markdown-body.tsx')).MarkdownBody }));

export function Markdown({ text }: { readonly text: string }) {
  return (
    <Suspense fallback={<div className={css.plain}>{text}</div>}>
      <MarkdownBody text={text} />
    </Suspense>
  );
}
