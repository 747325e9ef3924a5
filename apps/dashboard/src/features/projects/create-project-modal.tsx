import { Button, Group, Modal, TextInput } from '@mantine/core';
import type { Project } from '@slipway/sdk';
import { type FormEvent, useState } from 'react';
import { describeError } from '../../ui/describe-error';
import { useCreateProject } from './project-queries';

interface CreateProjectModalProps {
  opened: boolean;
  onClose: () => void;
  onCreated: (project: Project) => void;
}

function CreateProjectForm({ onClose, onCreated }: Omit<CreateProjectModalProps, 'opened'>) {
  const [name, setName] = useState('');
  const [isEmpty, setIsEmpty] = useState(false);
  const create = useCreateProject();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setIsEmpty(name.trim() === '');
    if (name.trim() !== '') create.mutate(name.trim(), { onSuccess: onCreated });
  };
  const fault = isEmpty ? 'Give the project a name.' : create.error && describeError(create.error);
  return (
    <form onSubmit={submit} noValidate>
      <TextInput
        label="Name"
        placeholder="Harbour survey 2026"
        data-autofocus
        maxLength={100}
        value={name}
        error={fault}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <Group justify="flex-end" mt="lg">
        <Button variant="default" onClick={onClose}>
          Cancel
        </Button>
        <Button type="submit" loading={create.isPending}>
          Create project
        </Button>
      </Group>
    </form>
  );
}

export function CreateProjectModal({ opened, ...form }: CreateProjectModalProps) {
  return (
    <Modal
      opened={opened}
      onClose={form.onClose}
      title="New project"
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <CreateProjectForm {...form} />
    </Modal>
  );
}
