import { Button, PasswordInput, Stack, TextInput } from '@mantine/core';
import type { NewShare } from '@slipway/sdk/people';
import { FormFault } from '../../ui/form-fault';
import { useForm } from '../../ui/use-form';
import { checkLink, linkInputOf } from './check-link';
import { useShareChange } from './share-queries';
import classes from './sharing.module.css';

interface LinkFormProps {
  assetId: string;
  onMade: (share: NewShare) => void;
}

export function LinkForm({ assetId, onMade }: LinkFormProps) {
  const { create } = useShareChange(assetId);
  const form = useForm({
    initial: { expires_at: '', password: '', max_downloads: '' },
    names: { expires_at: 'The time', password: 'The password', max_downloads: 'The number' },
    check: checkLink,
    send: (values) => create.mutateAsync(linkInputOf(values)),
    onDone: onMade,
  });
  return (
    <form onSubmit={form.onSubmit} noValidate>
      <Stack gap="sm">
        <FormFault text={form.fault} />
        <div className={classes.limits}>
          <TextInput size="sm" label="Ends" type="datetime-local" {...form.field('expires_at')} />
          <TextInput
            size="sm"
            label="Downloads"
            placeholder="No limit"
            inputMode="numeric"
            {...form.field('max_downloads')}
          />
          <PasswordInput
            size="sm"
            label="Password"
            placeholder="None"
            autoComplete="new-password"
            {...form.field('password')}
          />
        </div>
        <Button type="submit" loading={form.sending}>
          Make a link
        </Button>
      </Stack>
    </form>
  );
}
