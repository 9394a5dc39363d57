// The code locations with the rail of the project that is open, so that its pages stay one click away.

import { useDocument } from '#ui/kit/services.tsx';
import { LocationsPage } from '#ui/locations/locations-page.tsx';
import { Rail } from './rail.tsx';
import css from './shell.module.css';

export function LocationsFrame() {
  const projectId = useDocument((state) => state.projectId);
  return (
    <div className={css.project}>
      {projectId === undefined ? null : <Rail projectId={projectId} />}
      <LocationsPage />
    </div>
  );
}
