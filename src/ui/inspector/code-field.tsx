// Room for the code editor, which is loaded when it is first needed.

import { lazy, Suspense } from 'react';
import { ErrorBoundary } from '#ui/kit/error-boundary.tsx';
import editorCss from './body-editor.module.css';
import type { BodyEditorProps } from './body-editor.tsx';
import css from './body-tab.module.css';
import { loadBodyEditor } from './load-body-editor.ts';

const BodyEditor = lazy(async () => ({ default: (await loadBodyEditor()).BodyEditor }));

interface CodeFieldProps extends BodyEditorProps {
  /** The room that it fills; the rest of its panel when left out. */
  readonly className?: string | undefined;
}

export function CodeField({ className = css.code, ...props }: CodeFieldProps) {
  return (
    <div className={className}>
      <ErrorBoundary name="The editor" resetKey={props.source.id}>
        <Suspense fallback={<pre className={editorCss.plain}>{props.source.body}</pre>}>
          <BodyEditor {...props} />
        </Suspense>
      </ErrorBoundary>
    </div>
  );
}
