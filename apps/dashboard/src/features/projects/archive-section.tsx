import { Button } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import type { Project } from '@slipway/sdk';
import { IconArchive, IconArchiveOff } from '@tabler/icons-react';
import { ConfirmDialog } from '../../ui/confirm-dialog';
import { Section } from '../../ui/section';
import { useProjectChange } from './project-queries';

export function ArchiveSection({ project }: { project: Project }) {
  const [asking, dialog] = useDisclosure(false);
  const archived = project.archived_at !== null;
  const change = useProjectChange((projects, verb: 'archive' | 'unarchive') => projects[verb](project.id));
  return (
    <Section
      title={archived ? 'Archived' : 'Archive'}
      text={
        archived
          ? 'Its files can be seen and downloaded. Nothing in it can be added, changed or deleted.'
          : 'For what is done: everything can still be seen, and nothing changes any more. It can be taken back.'
      }
      actions={
        archived ? (
          <Button
            variant="light"
            leftSection={<IconArchiveOff size={17} />}
            loading={change.isPending}
            onClick={() => change.mutate('unarchive')}
          >
            Open it again
          </Button>
        ) : (
          <Button variant="light" leftSection={<IconArchive size={17} />} onClick={dialog.open}>
            Archive project
          </Button>
        )
      }
    >
      <ConfirmDialog
        opened={asking}
        onClose={dialog.close}
        title="Archive this project?"
        text={
          <>
            Uploads to <strong>{project.name}</strong> stop, for everybody in it. You can open it again at any
            time.
          </>
        }
        action="Archive"
        grave={false}
        error={change.error}
        loading={change.isPending}
        onConfirm={() => change.mutate('archive', { onSuccess: dialog.close })}
      />
    </Section>
  );
}
