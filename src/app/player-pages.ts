// Makes pages that carry a project, from the empty one beside the app.

import type { WorkspacePort } from '#engine/workspace-port.ts';
import { writePlayerPage } from '#interop/share/player-page.ts';
import type { PlayerPagePort } from '#ui/kit/services.tsx';
import { shippedLibraryText } from './shipped-libraries.ts';

export const createPlayerPages = (workspace: WorkspacePort): PlayerPagePort => ({
  async write(projectId, title, packed) {
    const [template, { texts, libraries }] = await Promise.all([
      fetchTemplate(),
      workspace.stripProject(projectId),
    ]);
    const named = await Promise.all(
      libraries.map(async (name) => [name, (await shippedLibraryText(name)) ?? ''] as const),
    );
    return writePlayerPage(template, {
      title,
      packed,
      code: { texts, libraries: Object.fromEntries(named) },
    });
  },
});

async function fetchTemplate(): Promise<string> {
  const response = await fetch('player.html');
  if (!response.ok) throw new Error(`The app’s file player.html could not be read (${response.status}).`);
  return response.text();
}
