import { Alert, Button } from '@mantine/core';
import { useDocumentTitle } from '@mantine/hooks';
import { ApiError, type Project } from '@slipway/sdk';
import { IconQrcode, IconSettings, IconUpload } from '@tabler/icons-react';
import { Outlet, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { useProject } from '../../features/projects/project-queries';
import { mayEdit } from '../../features/projects/project-rights';
import { QrModal, type QrCodeOf } from '../../features/qr/qr-modal';
import { useBrowse } from '../../features/uploads/drop-surface';
import { BackLink } from '../../ui/back-link';
import { ErrorNote } from '../../ui/error-note';
import { PageHead } from '../../ui/page-head';
import { projectSettingsHref } from '../places';
import { ProjectFiles } from './project-files';

const toProjects = <BackLink href="#/">All projects</BackLink>;

function ProjectHead({ project, onShowQrCode }: { project: Project | undefined; onShowQrCode: () => void }) {
  const browse = useBrowse();
  const actions = (
    <>
      <Button
        variant="default"
        leftSection={<IconQrcode size={18} />}
        disabled={!project}
        onClick={onShowQrCode}
      >
        QR code
      </Button>
      <Button
        component="a"
        variant="default"
        href={project && projectSettingsHref(project.id)}
        leftSection={<IconSettings size={18} />}
        disabled={!project}
      >
        Settings
      </Button>
      {project && mayEdit(project) && (
        <Button leftSection={<IconUpload size={18} />} onClick={browse}>
          Upload files
        </Button>
      )}
    </>
  );
  return <PageHead title={project?.name ?? null} above={toProjects} actions={actions} />;
}

const qrCodeOf = (project: Project): QrCodeOf => ({
  subject: { projectId: project.id },
  name: project.name,
  link: project.url,
});

export function ProjectPage() {
  const { projectId } = useParams({ from: '/app/project/$projectId' });
  const { data: project, error, refetch } = useProject(projectId);
  const [qrCode, setQrCode] = useState<QrCodeOf | null>(null);
  useDocumentTitle(project ? `${project.name} · Slipway` : 'Slipway');
  if (error && !project) {
    const lost = error instanceof ApiError && error.code === 'not_found';
    const action = lost && (
      <Button component="a" href="#/">
        To all projects
      </Button>
    );
    return (
      <ErrorNote
        title="This project cannot be opened"
        error={error}
        onRetry={() => void refetch()}
        action={action || undefined}
      />
    );
  }
  return (
    <>
      <ProjectHead project={project} onShowQrCode={() => project && setQrCode(qrCodeOf(project))} />
      {project?.archived_at && (
        <Alert color="tide" variant="light" mb="lg" title="This project is archived">
          Its files can be seen and downloaded, and nothing in it changes.
        </Alert>
      )}
      <ProjectFiles key={projectId} projectId={projectId} mayAdd={project ? mayEdit(project) : null} />
      <QrModal code={qrCode} onClose={() => setQrCode(null)} />
      <Outlet />
    </>
  );
}
