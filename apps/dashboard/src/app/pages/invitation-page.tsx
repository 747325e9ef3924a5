import { useDocumentTitle } from '@mantine/hooks';
import type { Project } from '@slipway/sdk';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate, useParams } from '@tanstack/react-router';
import { AcceptInvitation } from '../../features/members/accept-invitation';

export function InvitationPage() {
  const { token } = useParams({ from: '/app/invitation/$token' });
  const navigate = useNavigate();
  const queries = useQueryClient();
  useDocumentTitle('Invitation · Slipway');
  const go = async ({ id }: Project) => {
    await queries.invalidateQueries({ queryKey: ['projects'] });
    await navigate({ to: '/app/project/$projectId', params: { projectId: id }, replace: true });
  };
  return <AcceptInvitation token={token} onJoined={(project) => void go(project)} />;
}
