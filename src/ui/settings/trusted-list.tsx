// The contents from outside that this browser trusts: they open without being asked about. Each can be forgotten.

import { Button } from '@mantine/core';
import { useState } from 'react';
import { distrustContent, trustedContents } from '#ui/arrivals/trust.ts';
import { shortHash } from '#ui/arrivals/trust-sheet.tsx';
import { formatCount } from '#ui/kit/format.ts';
import { RelativeTime } from '#ui/kit/relative-time.tsx';
import { useServices } from '#ui/kit/services.tsx';
import css from './settings-page.module.css';

const shownAtFirst = 8;

export function TrustedList() {
  const { preferences } = useServices();
  const [contents, setContents] = useState(() => trustedContents(preferences));
  const [isWhole, setIsWhole] = useState(false);
  if (contents.length === 0)
    return (
      <p className={css.hint}>
        Nothing yet. What you open from outside is shown to be looked at first, and trusted when you say so.
      </p>
    );
  const shown = isWhole ? contents : contents.slice(0, shownAtFirst);
  return (
    <>
      <ul className={css.trusted} aria-label="Trusted contents">
        {shown.map(({ hash, name, at, projectId, isAdded }) => (
          <li key={hash}>
            <span className={css.trustedName} title={name}>
              {name === '' ? 'Untitled project' : name}
            </span>
            <span className={css.trustedFacts}>
              <code title={`SHA-256 ${hash}`}>{shortHash(hash)}</code>
              <span>
                {isAdded ? 'added' : projectId === undefined ? 'saved or shared here' : 'opened'}{' '}
                <RelativeTime at={at} />
              </span>
            </span>
            <Button
              size="compact-sm"
              variant="default"
              aria-label={`Forget ${name}`}
              onClick={() => {
                distrustContent(preferences, hash);
                setContents(trustedContents(preferences));
              }}
            >
              Forget
            </Button>
          </li>
        ))}
      </ul>
      {shown.length < contents.length ? (
        <Button size="sm" variant="subtle" color="gray" onClick={() => setIsWhole(true)}>
          Show all {formatCount(contents.length)}
        </Button>
      ) : null}
    </>
  );
}
