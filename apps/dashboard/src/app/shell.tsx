import { useSlipwayClient } from '@slipway/sdk/react';
import { Outlet, useNavigate, useParams } from '@tanstack/react-router';
import { useSessionStore } from '../features/account/session-context';
import { UserMenu } from '../features/account/user-menu';
import { DropSurface } from '../features/uploads/drop-surface';
import { UploadTray } from '../features/uploads/upload-tray';
import { useUploads } from '../features/uploads/uploads-context';
import { Logo } from '../ui/logo';
import classes from './shell.module.css';

/** Time to tell the server what is not coming any more, which only somebody who is signed in may do. */
const FAREWELL_MS = 1500;

function Header() {
  const session = useSessionStore();
  const client = useSlipwayClient();
  const navigate = useNavigate();
  const { clear } = useUploads();
  const signOut = async () => {
    const told = Promise.allSettled([clear(), client.forgetUploads()]);
    // Whether it can be told or not, nobody stays signed in for it.
    await Promise.race([told, new Promise((resolve) => setTimeout(resolve, FAREWELL_MS))]);
    session.end();
    void navigate({ to: '/' });
  };
  return (
    <header className={classes.header}>
      <a href="#/" className={classes.home} aria-label="Slipway, to all projects">
        <Logo />
      </a>
      <UserMenu onSignOut={() => void signOut()} />
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
