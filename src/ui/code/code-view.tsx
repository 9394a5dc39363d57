// Code to be read: in colours, with line numbers, and with some lines marked.

import { type Ref, useEffect, useMemo, useRef } from 'react';
import { type DiffLine, diffLines } from '#model/line-diff.ts';
import { ScrollRegion } from '#ui/kit/scroll-region.tsx';
import { type CodeLanguage, type CodeSpan, codeLines } from './code-spans.ts';
import css from './code-view.module.css';

interface Marks {
  readonly from: number;
  readonly to: number;
}

interface CodeViewProps {
  readonly text: string;
  /** What a reader of the screen is told it is. */
  readonly label: string;
  readonly language?: CodeLanguage;
  /** Lines to mark, from 1, both included. The first is scrolled into view. */
  readonly marked?: Marks | undefined;
}

export function CodeView({ text, label, language = 'typescript', marked }: CodeViewProps) {
  const lines = useMemo(() => codeLines(text.replace(/\n$/, ''), language), [text, language]);
  const first = useRef<HTMLDivElement>(null);
  const from = marked?.from;
  useEffect(() => {
    if (from !== undefined && from > 1) first.current?.scrollIntoView({ block: 'center' });
  }, [from]);
  return (
    <ScrollRegion className={css.view} label={label}>
      <CodeLines lines={lines} marked={marked} first={first} />
    </ScrollRegion>
  );
}

/** What changed, line by line: lines that are gone stand among those that are there. */
export function CodeChanges({ before, after, label }: FileTexts & { readonly label: string }) {
  const lines = useMemo(
    () => diffLines(before.replace(/\n$/, ''), after.replace(/\n$/, '')),
    [before, after],
  );
  return (
    <ScrollRegion className={css.view} label={label}>
      <CodeLines lines={lines.map(({ text }) => [{ text }])} kinds={lines.map(({ kind }) => kind)} />
    </ScrollRegion>
  );
}

interface FileTexts {
  readonly before: string;
  readonly after: string;
}

const changeMarks = { same: '', added: '+', removed: '−' } as const;

interface CodeLinesProps {
  readonly lines: readonly (readonly CodeSpan[])[];
  readonly marked?: Marks | undefined;
  /** What became of each line, shown in the place of its number. */
  readonly kinds?: readonly DiffLine['kind'][];
  /** Takes the first of the marked lines. */
  readonly first?: Ref<HTMLDivElement>;
}

export function CodeLines({ lines, marked, kinds, first }: CodeLinesProps) {
  return (
    <pre className={css.lines}>
      {lines.map((spans, i) => {
        const number = i + 1;
        const isMarked = marked !== undefined && number >= marked.from && number <= marked.to;
        return (
          <div
            // biome-ignore lint/suspicious/noArrayIndexKey: a line is its number
            key={i}
            className={css.line}
            data-number={kinds ? changeMarks[kinds[i] ?? 'same'] : number}
            data-change={kinds?.[i]}
            data-marked={isMarked || undefined}
            ref={marked !== undefined && number === marked.from ? first : undefined}
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
  );
}
