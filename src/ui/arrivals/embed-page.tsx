// The one page of an embedded project. Until it is clicked it takes no wheel, no key and no touch: they belong to the
// page around it.

import { Button } from '@mantine/core';
import { IconExternalLink } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { documentParts } from '#interop/arrivals/document-parts.ts';
import { LoadingState } from '#ui/kit/panel-state.tsx';
import { useTitle } from '#ui/kit/use-title.ts';
import { InertProject } from './arrival-view.tsx';
import css from './embed-page.module.css';
import { LinkRefused } from './link-refused.tsx';
import { shortened } from './part-reader.tsx';
import { useLinkArrival } from './use-link-arrival.ts';

export function EmbedPage() {
  const [text] = useState(() => /^#\/shared\/([\w-]+)/.exec(location.hash)?.[1] ?? '');
  const reading = useLinkArrival(text);
  if (reading.type !== 'read')
    return (
      <main className={css.page}>
        {reading.type === 'reading' ? (
          <LoadingState label="Reading the project" />
        ) : (
          <LinkRefused message={reading.message} />
        )}
      </main>
    );
  return <Embedded name={reading.arrival.document.info.name} arrival={reading.arrival} />;
}

interface EmbeddedProps extends Pick<Parameters<typeof InertProject>[0], 'arrival'> {
  readonly name: string;
}

function Embedded({ arrival, name }: EmbeddedProps) {
  useTitle(name);
  const [isAwake, setIsAwake] = useState(false);
  const parts = useMemo(() => documentParts(arrival.document), [arrival.document]);
  return (
    <main className={css.page}>
      <InertProject
        arrival={arrival}
        parts={parts}
        isAsleep={!isAwake}
        title={
          <h1 className={css.name} title={shortened(name, 1_000)}>
            {shortened(name, 120)}
          </h1>
        }
        cover={
          isAwake ? null : (
            <button type="button" className={css.cover} onClick={() => setIsAwake(true)}>
              <span className={css.words}>Click to look around</span>
            </button>
          )
        }
      >
        <Button
          component="a"
          size="sm"
          variant="default"
          href={location.href.replace(/\?[^?]*$/, '')}
          target="_blank"
          rel="noopener"
          rightSection={<IconExternalLink size={14} stroke={1.5} />}
        >
          Open in Headwater
        </Button>
      </InertProject>
    </main>
  );
}
