import {
  createHashHistory,
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
} from '@tanstack/react-router';
import { CrashPage } from './pages/crash-page';
import { HomePage } from './pages/home-page';
import { NotFoundPage } from './pages/not-found-page';
import { Shell } from './shell';

const root = createRootRoute({ component: Shell, notFoundComponent: NotFoundPage });

const home = createRoute({ getParentRoute: () => root, path: '/', component: HomePage });

export const projectRoute = createRoute({
  getParentRoute: () => root,
  path: '/app/project/$projectId',
  component: lazyRouteComponent(() => import('./pages/project-page'), 'ProjectPage'),
});

const projectSettings = createRoute({
  getParentRoute: () => root,
  path: '/app/project/$projectId/settings',
  component: lazyRouteComponent(() => import('./pages/project-settings-page'), 'ProjectSettingsPage'),
});

const shared = createRoute({
  getParentRoute: () => root,
  path: '/app/shared',
  component: lazyRouteComponent(() => import('./pages/shared-page'), 'SharedPage'),
});

const settings = createRoute({
  getParentRoute: () => root,
  path: '/app/settings',
  component: lazyRouteComponent(() => import('./pages/settings-page'), 'SettingsPage'),
});

const admin = createRoute({
  getParentRoute: () => root,
  path: '/app/admin/{-$room}',
  component: lazyRouteComponent(() => import('./pages/admin-page'), 'AdminPage'),
});

const invitation = createRoute({
  getParentRoute: () => root,
  path: '/app/invitation/$token',
  component: lazyRouteComponent(() => import('./pages/invitation-page'), 'InvitationPage'),
});

export const assetRoute = createRoute({
  getParentRoute: () => projectRoute,
  path: '/asset/$assetId',
  component: lazyRouteComponent(() => import('./pages/asset-overlay'), 'AssetOverlay'),
});

/** By the fragment, so that the API needs to serve one page only and links in print keep working. */
export const router = createRouter({
  routeTree: root.addChildren([
    home,
    projectRoute.addChildren([assetRoute]),
    projectSettings,
    shared,
    settings,
    admin,
    invitation,
  ]),
  history: createHashHistory(),
  defaultErrorComponent: CrashPage,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
