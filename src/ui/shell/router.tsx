// The addresses of the app. Behind "#", so that any static host serves them.

import {
  createHashHistory,
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  redirect,
} from '@tanstack/react-router';
import { readCodeSearch } from '#ui/code/code-target.ts';
import { LoadingState } from '#ui/kit/panel-state.tsx';
import { ProjectsPage } from '#ui/projects/projects-page.tsx';
import { AppFrame } from './app-frame.tsx';
import { LastProject } from './last-project.tsx';
import { PageFailed, UnknownPage } from './page-problems.tsx';
import { ProjectFrame } from './project-frame.tsx';

const root = createRootRoute({ component: AppFrame, notFoundComponent: UnknownPage });

const projects = createRoute({ getParentRoute: () => root, path: '/', component: ProjectsPage });

const settings = createRoute({
  getParentRoute: () => root,
  path: '/settings',
  component: lazyRouteComponent(() => import('./settings-frame.tsx'), 'SettingsFrame'),
});

const locations = createRoute({
  getParentRoute: () => root,
  path: '/locations',
  component: lazyRouteComponent(() => import('./locations-frame.tsx'), 'LocationsFrame'),
});

/** What was opened from outside and is not trusted yet. */
const arrived = createRoute({
  getParentRoute: () => root,
  path: '/arrived',
  component: lazyRouteComponent(() => import('#ui/arrivals/arrived-page.tsx'), 'ArrivedPage'),
});

/** A project that stands in the address itself: `sharedPath` of interop/share. */
const shared = createRoute({
  getParentRoute: () => root,
  path: '/shared/$text',
  component: lazyRouteComponent(() => import('#ui/arrivals/shared-page.tsx'), 'SharedPage'),
});

const project = createRoute({
  getParentRoute: () => root,
  path: '/p/$projectId',
  component: ProjectFrame,
  notFoundComponent: UnknownPage,
});

const projectIndex = createRoute({
  getParentRoute: () => project,
  path: '/',
  beforeLoad: ({ params }) => {
    throw redirect({ to: '/p/$projectId/graph', params: { projectId: params.projectId }, replace: true });
  },
});

const graph = createRoute({
  getParentRoute: () => project,
  path: 'graph',
  component: lazyRouteComponent(() => import('#ui/canvas/graph-page.tsx'), 'GraphPage'),
});

/** One graph asset, opened into its ops; `op` names the one that is selected. */
const ops = createRoute({
  getParentRoute: () => project,
  path: 'graph/$unitId',
  validateSearch: ({ op }: Record<string, unknown>): { readonly op?: string } =>
    typeof op === 'string' ? { op } : {},
  component: lazyRouteComponent(() => import('#ui/op-graph/op-page.tsx'), 'OpPage'),
});

const catalog = createRoute({ getParentRoute: () => project, path: 'catalog' });

const catalogIndex = createRoute({
  getParentRoute: () => catalog,
  path: '/',
  component: lazyRouteComponent(() => import('#ui/catalog/catalog-page.tsx'), 'CatalogPage'),
});

const asset = createRoute({
  getParentRoute: () => catalog,
  path: '$',
  component: lazyRouteComponent(() => import('./asset-route.tsx'), 'AssetRoute'),
});

const runs = createRoute({
  getParentRoute: () => project,
  path: 'runs',
  component: lazyRouteComponent(() => import('#ui/runs/runs-page.tsx'), 'RunsPage'),
});

const run = createRoute({
  getParentRoute: () => project,
  path: 'runs/$runId',
  component: lazyRouteComponent(() => import('#ui/runs/run-page.tsx'), 'RunPage'),
});

const resources = createRoute({ getParentRoute: () => project, path: 'resources' });

const loadResources = () => import('#ui/resources/resources-page.tsx');

const resourcesIndex = createRoute({
  getParentRoute: () => resources,
  path: '/',
  component: lazyRouteComponent(loadResources, 'ResourcesPage'),
});

const resource = createRoute({
  getParentRoute: () => resources,
  path: '$resourceKey',
  component: lazyRouteComponent(loadResources, 'ResourcesPage'),
});

const code = createRoute({
  getParentRoute: () => project,
  path: 'code',
  validateSearch: readCodeSearch,
  component: lazyRouteComponent(() => import('./code-route.tsx'), 'CodeRoute'),
});

const codeIndex = createRoute({ getParentRoute: () => code, path: '/' });
const codeFile = createRoute({ getParentRoute: () => code, path: '$' });

// Short forms: the same page of the project that was open last.
const lastGraph = createRoute({ getParentRoute: () => root, path: '/graph', component: LastProject });
const lastAsset = createRoute({ getParentRoute: () => root, path: '/catalog/$', component: LastProject });
const lastCatalog = createRoute({ getParentRoute: () => root, path: '/catalog', component: LastProject });
const lastRuns = createRoute({ getParentRoute: () => root, path: '/runs', component: LastProject });
const lastResources = createRoute({ getParentRoute: () => root, path: '/resources', component: LastProject });
const lastRun = createRoute({ getParentRoute: () => root, path: '/runs/$runId', component: LastProject });

const routeTree = root.addChildren([
  projects,
  settings,
  locations,
  arrived,
  shared,
  project.addChildren([
    projectIndex,
    graph,
    ops,
    catalog.addChildren([catalogIndex, asset]),
    runs,
    run,
    resources.addChildren([resourcesIndex, resource]),
    code.addChildren([codeIndex, codeFile]),
  ]),
  lastGraph,
  lastCatalog,
  lastAsset,
  lastRuns,
  lastRun,
  lastResources,
]);

export const createAppRouter = () =>
  createRouter({
    routeTree,
    history: createHashHistory(),
    defaultPendingComponent: () => <LoadingState label="Opening the page" />,
    defaultErrorComponent: PageFailed,
    defaultPreload: 'intent',
  });

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof createAppRouter>;
  }
}
