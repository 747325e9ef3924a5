import { useSlipwayClient } from '@slipway/sdk/react';
import { Outlet, useNavigate, useParams } from '@tanstack/react-router';
import { useSessionStore } from '../features/account/session-context';
import { UserMenu } from '../features/account/user-menu';
import { DropSurface } from '../features/uploads/drop-surface';
import { UploadTray } from '../features/uploads/upload-tray';
import { Logo } from '../ui/logo';
import classes from './shell.module.css';

function Header() {
  const session = useSessionStore();
  const client = useSlipwayClient();
  const navigate = useNavigate();
  const signOut = () => {
    // Whether it can or not, nobody stays signed in for it.
    client.forgetUploads().catch(() => undefined);
    session.end();
    void navigate({ to: '/' });
  };
  return (
    <header className={classes.header}>
      <a href="#/" className={classes.home} aria-label="Slipway, to all projects">
        <Logo />
      </a>
      <UserMenu onSignOut={signOut} />
    </header>
  );
}

/** What stands around every page of somebody who is signed in. */
export function Shell() {
  const { projectId } = useParams({ strict: false });
  return (
    <DropSurface projectId={projectId ?? null}>
      <Header />
      <main className={classes.main}>
        <Outlet />
      </main>
      <UploadTray />
    </DropSurface>
  );
}
