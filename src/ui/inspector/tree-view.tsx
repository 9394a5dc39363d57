// A stored value that is not a table, as a tree. What was left out of the preview is said, not hidden.

import { useState } from 'react';
import type { TreeNode } from '#engine/value-preview.ts';
import { formatCount } from '#ui/kit/format.ts';
import css from './tree-view.module.css';

export function TreeView({ root }: { readonly root: TreeNode }) {
  return (
    <div className={css.tree}>
      <Branch node={root} depth={0} />
    </div>
  );
}

function Branch({ node, depth }: { readonly node: TreeNode; readonly depth: number }) {
  const { label, kind, text, children, more } = node;
  const [isOpen, setIsOpen] = useState(depth < 2);
  const name = label === '' ? null : <span className={css.name}>{label}: </span>;
  if ((!children || children.length === 0) && more === undefined)
    return (
      <div className={css.leaf}>
        {name}
        <span className={css.value} data-kind={kind}>
          {text ?? kind}
        </span>
      </div>
    );
  return (
    <details open={isOpen} onToggle={(event) => setIsOpen(event.currentTarget.open)}>
      <summary className={css.summary}>
        {name}
        <span className={css.size}>{text ?? kind}</span>
      </summary>
      {isOpen ? (
        <div className={css.children}>
          {(children ?? []).map((child, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a stored value never changes, and labels can repeat
            <Branch key={i} node={child} depth={depth + 1} />
          ))}
          {more === undefined || more === 0 ? null : (
            <div className={css.more}>{formatCount(more)} more not shown</div>
          )}
        </div>
      ) : null}
    </details>
  );
}
