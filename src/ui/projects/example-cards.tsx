// The shipped examples as cards. One click makes a project of one and opens it; nothing runs.

import { Skeleton } from '@mantine/core';
import { IconArrowRight } from '@tabler/icons-react';
import { useState } from 'react';
import { formatPlural } from '#ui/kit/format.ts';
import css from './projects.module.css';
import { SketchView } from './sketch-view.tsx';
import type { Example, Examples } from './use-examples.ts';
import { useProjectActions } from './use-project-actions.ts';

export function ExampleCards({
  state,
  isFirstVisit,
}: {
  readonly state: Examples;
  readonly isFirstVisit: boolean;
}) {
  const actions = useProjectActions();
  const [opening, setOpening] = useState<string>();
  if (state.type === 'ready' && state.examples.length === 0) return null;

  const open = async (example: Example) => {
    setOpening(example.file);
    await actions.openExample(example);
    setOpening(undefined);
  };

  return (
    <section aria-labelledby="examples-title">
      <h2 id="examples-title" className={css.sectionTitle}>
        {isFirstVisit ? 'Start with an example' : 'Examples'}
      </h2>
      {state.type === 'failed' ? (
        <p className={css.quiet}>
          The examples could not be read. They come with the app: reload the page to try again.
        </p>
      ) : (
        <ul className={css.cards}>
          {state.type === 'loading'
            ? [1, 2, 3].map((n) => (
                <li key={n}>
                  <Skeleton height={268} radius="lg" animate={false} />
                </li>
              ))
            : state.examples.map((example) => (
                <li key={example.file}>
                  <button
                    type="button"
                    className={css.card}
                    data-testid={`example-${example.file.replace(/\..*$/, '')}`}
                    disabled={opening !== undefined}
                    aria-busy={opening === example.file}
                    onClick={() => void open(example)}
                  >
                    <span className={css.cardPicture}>
                      {example.sketch ? <SketchView sketch={example.sketch} /> : null}
                    </span>
                    <span className={css.cardTitle}>{example.name}</span>
                    <span className={css.cardText}>{example.description}</span>
                    <span className={css.cardFoot}>
                      <span>{formatPlural(example.assets, 'asset')}</span>
                      <span className={css.cardGo}>
                        {opening === example.file ? 'Opening…' : 'Open'}
                        <IconArrowRight size={14} stroke={2} aria-hidden />
                      </span>
                    </span>
                  </button>
                </li>
              ))}
        </ul>
      )}
    </section>
  );
}
