import { Button, Group, Textarea } from '@mantine/core';
import { type FormEvent, useState } from 'react';

interface RejectFormProps {
  name: string;
  loading: boolean;
  onReject: (reason: string) => void;
  onCancel: () => void;
}

export function RejectForm({ name, loading, onReject, onCancel }: RejectFormProps) {
  const [reason, setReason] = useState('');
  const [missing, setMissing] = useState(false);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setMissing(reason.trim() === '');
    if (reason.trim() !== '') onReject(reason.trim());
  };
  return (
    <form onSubmit={submit} noValidate>
      <Textarea
        label="Why?"
        aria-label={`Why ${name} is rejected`}
        description="Its project’s editors and owners read this."
        autosize
        minRows={2}
        maxLength={500}
        data-autofocus
        value={reason}
        error={missing && 'Give a reason.'}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      <Group justify="flex-end" gap="xs" mt="sm">
        <Button variant="default" size="xs" onClick={onCancel}>
          Cancel
        </Button>
        <Button type="submit" color="keel" size="xs" loading={loading}>
          Reject
        </Button>
      </Group>
    </form>
  );
}
