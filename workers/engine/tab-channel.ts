// What the tabs of one browser say to one another.

import type { ProjectId } from '#model/ids.ts';

/** Messages between the tabs of one browser. */
export interface TabChannel {
  post(message: TabMessage): void;
  listen(listener: (message: TabMessage) => void): () => void;
}
export type TabMessage =
  /** Projects came, went or were renamed; `projectId` is one of them. */
  | { readonly type: 'projects-changed'; readonly projectId: ProjectId }
  | { readonly type: 'log-grew'; readonly projectId: ProjectId }
  | { readonly type: 'runs-grew'; readonly projectId: ProjectId }
  | { readonly type: 'request'; readonly projectId: ProjectId };
