// The Code page at its addresses: with a file, or with the one that fits what is selected. One place for both, so that
// the page stays while the file changes; another project is another page.

import { useParams, useSearch } from '@tanstack/react-router';
import { CodePage } from '#ui/code/code-page.tsx';

export function CodeRoute() {
  const { projectId, _splat } = useParams({ strict: false });
  const search = useSearch({ from: '/p/$projectId/code' });
  return <CodePage key={projectId} path={_splat === '' ? undefined : _splat} search={search} />;
}
