// A JSON value as a tree that opens level by level. Long lists show their first part and offer the rest.

import { useState } from 'react';
import type { Json } from '#model/document.ts';
import { formatCount } from './format.ts';
import css from './json-tree.module.css';

const shownAtOnce = 100;

export function JsonTree({ value }: { readonly value: Json }) {
  return (
    <div className={css.tree}>
      <Branch value={value} depth={0} />
    </div>
  );
}

interface BranchProps {
  readonly name?: string;
  readonly value: Json;
  readonly depth: number;
}

function Branch({ name, value, depth }: BranchProps) {
  const [isOpen, setIsOpen] = useState(depth < 1);
  const [shown, setShown] = useState(shownAtOnce);
  const label = name === undefined ? null : <span className={css.name}>{name}: </span>;
  if (typeof value !== 'object' || value === null)
    return (
      <div className={css.leaf}>
        {label}
        <span data-kind={value === null ? 'null' : typeof value} className={css.value}>
          {JSON.stringify(value)}
        </span>
      </div>
    );
  const isArray = Array.isArray(value);
  const entries = Object.entries(value as Readonly<Record<string, Json>>);
  const size = isArray ? `[${formatCount(entries.length)}]` : `{${formatCount(entries.length)}}`;
  return (
    <details open={isOpen} onToggle={(event) => setIsOpen(event.currentTarget.open)}>
      <summary className={css.summary}>
        {label}
        <span className={css.size}>{size}</span>
      </summary>
      {isOpen ? (
        <div className={css.children}>
          {entries.slice(0, shown).map(([key, child]) => (
            <Branch key={key} name={key} value={child} depth={depth + 1} />
          ))}
          {entries.length > shown ? (
            <button type="button" className={css.more} onClick={() => setShown(shown + shownAtOnce * 10)}>
              Show more of {formatCount(entries.length)}
            </button>
          ) : null}
        </div>
      ) : null}
    </details>
  );
}
