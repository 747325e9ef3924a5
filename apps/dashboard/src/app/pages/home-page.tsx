import { Button } from '@mantine/core';
import { useDisclosure, useDocumentTitle } from '@mantine/hooks';
import { IconPlus } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { UnverifiedNote } from '../../features/account/unverified-note';
import { MyInvitations } from '../../features/members/my-invitations';
import { CreateProjectModal } from '../../features/projects/create-project-modal';
import { ProjectList } from '../../features/projects/project-list';
import { PageHead } from '../../ui/page-head';
import { projectHref } from '../places';
import classes from './home-page.module.css';

export function HomePage() {
  const [creating, dialog] = useDisclosure(false);
  const navigate = useNavigate();
  useDocumentTitle('Projects · Slipway');
  return (
    <>
      <PageHead
        title="Projects"
        actions={
          <Button leftSection={<IconPlus size={18} />} onClick={dialog.open}>
            New project
          </Button>
        }
      />
      <div className={classes.notes}>
        <UnverifiedNote />
        <MyInvitations />
      </div>
      <ProjectList hrefOf={projectHref} onCreate={dialog.open} />
      <CreateProjectModal
        opened={creating}
        onClose={dialog.close}
        onCreated={({ id }) => void navigate({ to: '/app/project/$projectId', params: { projectId: id } })}
      />
    </>
  );
}
