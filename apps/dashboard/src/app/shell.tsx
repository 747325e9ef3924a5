import { Outlet, useParams } from '@tanstack/react-router';
import { UserMenu } from '../features/account/user-menu';
import { useProject } from '../features/projects/project-queries';
import { mayEdit } from '../features/projects/project-rights';
import { DropSurface } from '../features/uploads/drop-surface';
import { UploadTray } from '../features/uploads/upload-tray';
import { Logo } from '../ui/logo';
import { ADMIN_HREF, SETTINGS_HREF, SHARED_HREF } from './places';
import classes from './shell.module.css';
import { useSignOut } from './use-sign-out';

function Header() {
  const signOut = useSignOut();
  return (
    <header className={classes.header}>
      <a href="#/" className={classes.home} aria-label="Slipway, to all projects">
        <Logo />
      </a>
      <UserMenu
        settingsHref={SETTINGS_HREF}
        sharedHref={SHARED_HREF}
        adminHref={ADMIN_HREF}
        onSignOut={(options) => void signOut(options)}
      />
    </header>
  );
}

/** What stands around every page of somebody who is signed in. */
export function Shell() {
  const { projectId = null } = useParams({ strict: false });
  const { data: project } = useProject(projectId);
  return (
    <DropSurface projectId={!project || mayEdit(project) ? projectId : null}>
      <Header />
      <main className={classes.main}>
        <Outlet />
      </main>
      <UploadTray />
    </DropSurface>
  );
}
