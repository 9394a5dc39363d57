// Who uses a resource: links to the assets.

import { useMemo } from 'react';
import { resourceUsers } from '#model/resource-users.ts';
import { AssetLink } from '#ui/kit/links.tsx';
import { useDocument } from '#ui/kit/services.tsx';
import css from './resources-page.module.css';

export function UsedBy({ resource }: { readonly resource: string }) {
  const document = useDocument((state) => state.document);
  const users = useMemo(() => resourceUsers(document).get(resource) ?? [], [document, resource]);
  return (
    <section className={css.part} aria-label="Used by">
      <h3 className={css.partTitle}>Used by</h3>
      {users.length === 0 ? (
        <p className={css.hint}>Nothing uses it yet.</p>
      ) : (
        <ul className={css.users}>
          {users.map(({ assetKey, part, isManager }) => (
            <li key={`${assetKey} ${part ?? ''} ${isManager}`}>
              <AssetLink assetKey={assetKey} />
              {part === undefined ? null : <span className={css.userPart}>{part}</span>}
              {isManager ? <span className={css.userPart}>keeps its value</span> : null}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
