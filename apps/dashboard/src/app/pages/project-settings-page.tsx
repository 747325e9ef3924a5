import { Alert, Skeleton } from '@mantine/core';
import { useDocumentTitle } from '@mantine/hooks';
import type { Project } from '@slipway/sdk';
import { useNavigate, useParams } from '@tanstack/react-router';
import { useUser } from '../../features/account/session-context';
import { LeaveSection } from '../../features/members/leave-section';
import { MembersSection } from '../../features/members/members-section';
import { TransferSection } from '../../features/members/transfer-section';
import { useNameOf } from '../../features/members/use-name-of';
import { ArchiveSection } from '../../features/projects/archive-section';
import { GeneralSection } from '../../features/projects/general-section';
import { useProject } from '../../features/projects/project-queries';
import { mayManage } from '../../features/projects/project-rights';
import { GallerySection } from '../../features/sharing/gallery-section';
import { ActivitySection } from '../../features/trail/activity-section';
import { BackLink } from '../../ui/back-link';
import { ErrorNote } from '../../ui/error-note';
import { PageHead } from '../../ui/page-head';
import { Sections } from '../../ui/section';
import { projectHref } from '../places';

function OwnersPart({ project, myId }: { project: Project; myId: string }) {
  const nameOf = useNameOf(project.id, myId);
  const isArchived = project.archived_at !== null;
  return (
    <>
      {!isArchived && <GallerySection projectId={project.id} />}
      <ActivitySection project={project} nameOf={nameOf} />
      {!isArchived && project.owner_id === myId && <TransferSection projectId={project.id} myId={myId} />}
      <ArchiveSection project={project} />
    </>
  );
}

function SettingsOf({ project, myId }: { project: Project; myId: string }) {
  const navigate = useNavigate();
  const isOwner = mayManage(project);
  const isArchived = project.archived_at !== null;
  return (
    <Sections>
      {isArchived && (
        <Alert color="tide" variant="light">
          This project is archived: nothing in it changes until it is opened again.
        </Alert>
      )}
      {isOwner && <GeneralSection key={project.id} project={project} disabled={isArchived} />}
      <MembersSection projectId={project.id} myId={myId} mayManage={isOwner && !isArchived} />
      {isOwner && <OwnersPart project={project} myId={myId} />}
      {project.owner_id !== myId && project.role !== null && (
        <LeaveSection project={project} myId={myId} onLeft={() => void navigate({ to: '/' })} />
      )}
    </Sections>
  );
}

export function ProjectSettingsPage() {
  const { projectId } = useParams({ from: '/app/project/$projectId/settings' });
  const { data: project, error, refetch } = useProject(projectId);
  const user = useUser();
  useDocumentTitle(project ? `Settings of ${project.name} · Slipway` : 'Slipway');
  if (error && !project) {
    return <ErrorNote title="This project cannot be opened" error={error} onRetry={() => void refetch()} />;
  }
  return (
    <>
      <PageHead
        title={project ? 'Project settings' : null}
        above={<BackLink href={projectHref(projectId)}>{project?.name ?? 'To the project'}</BackLink>}
      />
      {project && user ? (
        <SettingsOf project={project} myId={user.id} />
      ) : (
        <Skeleton height={220} radius="lg" />
      )}
    </>
  );
}
