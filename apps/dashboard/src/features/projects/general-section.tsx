import { Button, Group, Stack, Switch, TextInput } from '@mantine/core';
import type { Project } from '@slipway/sdk';
import { faultsOfFields } from '../../ui/form-faults';
import { FormFault } from '../../ui/form-fault';
import { tell, tellFailed } from '../../ui/notify';
import { Section } from '../../ui/section';
import { useForm } from '../../ui/use-form';
import { useProjectChange } from './project-queries';

interface Change {
  name?: string;
  review?: boolean;
  deduplicate?: boolean;
}

export function GeneralSection({ project, disabled }: { project: Project; disabled: boolean }) {
  const update = useProjectChange((projects, change: Change) => projects.update(project.id, change));
  const form = useForm({
    initial: { name: project.name },
    names: { name: 'The name' },
    check: ({ name }) => faultsOfFields({ name: name.trim() === '' && 'Give the project a name.' }),
    send: ({ name }) => update.mutateAsync({ name: name.trim() }),
    onDone: ({ name }) => tell('Renamed', name),
  });
  const set = (change: Change) => update.mutate(change, { onError: tellFailed('It stays as it was') });
  // What was asked for shows at once, and goes back when it is refused.
  const coming: Change = update.isPending ? update.variables : {};
  const isSaved = form.values.name.trim() === project.name;
  return (
    <Section title="General">
      <form onSubmit={form.onSubmit} noValidate>
        <FormFault text={form.fault} />
        <Group align="flex-end" gap="sm">
          <TextInput
            label="Name"
            maxLength={100}
            style={{ flex: '1 1 240px' }}
            disabled={disabled}
            {...form.field('name')}
          />
          <Button
            type="submit"
            size="md"
            variant="light"
            disabled={disabled || isSaved}
            loading={form.sending}
          >
            Rename
          </Button>
        </Group>
      </form>
      <Stack gap="md">
        <Switch
          label="Files wait for a review"
          description="Viewers, links and galleries get a file only after somebody has published it."
          disabled={disabled || update.isPending}
          checked={coming.review ?? project.review}
          onChange={(event) => set({ review: event.currentTarget.checked })}
        />
        <Switch
          label="Files that are here already are not sent again"
          description="A file with the same content is copied inside the storage instead of being uploaded."
          disabled={disabled || update.isPending}
          checked={coming.deduplicate ?? project.deduplicate}
          onChange={(event) => set({ deduplicate: event.currentTarget.checked })}
        />
      </Stack>
    </Section>
  );
}
