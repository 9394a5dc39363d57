// Code to be read: in colours, with line numbers, and with some lines marked.

import { useEffect, useMemo, useRef } from 'react';
import { codeLines } from './code-spans.ts';
import css from './code-view.module.css';

interface CodeViewProps {
  readonly text: string;
  /** What a reader of the screen is told it is. */
  readonly label: string;
  readonly isCode?: boolean;
  /** Lines to mark, from 1, both included. The first is scrolled into view. */
  readonly marked?: { readonly from: number; readonly to: number } | undefined;
}

export function CodeView({ text, label, isCode = true, marked }: CodeViewProps) {
  const lines = useMemo(() => codeLines(text.replace(/\n$/, ''), isCode), [text, isCode]);
  const first = useRef<HTMLDivElement>(null);
  const from = marked?.from;
  useEffect(() => {
    if (from !== undefined && from > 1) first.current?.scrollIntoView({ block: 'center' });
  }, [from]);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keys
    <section className={css.view} aria-label={label} tabIndex={0}>
      <pre className={css.lines}>
        {lines.map((spans, i) => {
          const number = i + 1;
          const isMarked = marked !== undefined && number >= marked.from && number <= marked.to;
          return (
            <div
              // biome-ignore lint/suspicious/noArrayIndexKey: a line is its number
              key={i}
              className={css.line}
              data-number={number}
              data-marked={isMarked || undefined}
              ref={number === from ? first : undefined}
            >
              {spans.map(({ text: part, kind }, j) =>
                kind === undefined ? (
                  part
                ) : (
                  // biome-ignore lint/suspicious/noArrayIndexKey: a piece is its place in the line
                  <span key={j} data-kind={kind}>
                    {part}
                  </span>
                ),
              )}
              {'\n'}
            </div>
          );
        })}
      </pre>
    </section>
  );
}
