import { useDocumentTitle } from '@mantine/hooks';
import { useSessionStore, useUser } from '../../features/account/session-context';
import { DevicesSection } from '../../features/settings/devices-section';
import { EraseSection } from '../../features/settings/erase-section';
import { ExportSection } from '../../features/settings/export-section';
import { KeysSection } from '../../features/settings/keys-section';
import { PasswordSection } from '../../features/settings/password-section';
import { ProfileSection } from '../../features/settings/profile-section';
import { BackLink } from '../../ui/back-link';
import { PageHead } from '../../ui/page-head';
import { Sections } from '../../ui/section';
import { useSignOut } from '../use-sign-out';

export function SettingsPage() {
  const session = useSessionStore();
  const user = useUser();
  const signOut = useSignOut();
  useDocumentTitle('Account settings · Slipway');
  if (!user) return null;
  return (
    <>
      <PageHead title="Account settings" above={<BackLink href="#/">All projects</BackLink>} />
      <Sections>
        <ProfileSection user={user} onChanged={session.update} />
        <PasswordSection email={user.email} onChanged={session.adopt} />
        <DevicesSection onSignOutEverywhere={() => void signOut({ everywhere: true })} />
        <KeysSection isAdmin={user.role === 'admin'} />
        <ExportSection />
        <EraseSection onErased={() => void signOut({ everywhere: true })} />
      </Sections>
    </>
  );
}
