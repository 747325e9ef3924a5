import { Button, Group, Modal, Stack, Switch, Text, TextInput } from '@mantine/core';
import type { Asset } from '@slipway/sdk';
import { FormFault } from '../../ui/form-fault';
import { faultsOfFields } from '../../ui/form-faults';
import { localInputOf, timeOfLocalInput } from '../../ui/local-input';
import { tell, tellFailed } from '../../ui/notify';
import { useForm } from '../../ui/use-form';
import { useRotateAsset, useUpdateAsset } from './asset-queries';
import classes from './lightbox.module.css';

function NameForm({ asset }: { asset: Asset }) {
  const update = useUpdateAsset(asset.id);
  const form = useForm({
    initial: { name: asset.name, expires_at: localInputOf(asset.expires_at) },
    names: { name: 'The name', expires_at: 'The time' },
    check: ({ name }) => faultsOfFields({ name: name.trim() === '' && 'Give the file a name.' }),
    send: ({ name, expires_at }) =>
      update.mutateAsync({ name: name.trim(), expires_at: timeOfLocalInput(expires_at) }),
    onDone: ({ name }) => tell('Saved', name),
  });
  return (
    <form onSubmit={form.onSubmit} noValidate>
      <Stack gap="sm">
        <FormFault text={form.fault} />
        <TextInput label="Name" data-autofocus {...form.field('name')} />
        <TextInput
          label="Can be seen until"
          description="After that only editors and owners see it. Empty: without end."
          type="datetime-local"
          {...form.field('expires_at')}
        />
        <Group justify="flex-end">
          <Button type="submit" loading={form.sending}>
            Save
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function PublicSwitch({ asset }: { asset: Asset }) {
  const update = useUpdateAsset(asset.id);
  return (
    <Switch
      label="Public"
      description="Everybody may see it, and the project’s gallery shows it."
      checked={update.isPending ? update.variables.is_public === true : asset.is_public}
      disabled={update.isPending}
      onChange={(event) =>
        update.mutate(
          { is_public: event.currentTarget.checked },
          { onError: tellFailed('It stays as it was') },
        )
      }
    />
  );
}

/** For a signed link that went to the wrong people: nothing else can take one back before its time. */
function Rotate({ asset }: { asset: Asset }) {
  const rotate = useRotateAsset(asset);
  return (
    <div className={classes.rotate}>
      <div>
        <Text fw={600} size="sm">
          Make old links die
        </Text>
        <Text size="sm" c="dimmed">
          Signed links to this file that are out in the world stop working. Shares and references go on.
        </Text>
      </div>
      <Button
        variant="light"
        color="keel"
        size="sm"
        loading={rotate.isPending}
        onClick={() =>
          rotate.mutate(undefined, {
            onSuccess: () => tell('Old links are dying', 'It takes a moment until none of them opens.'),
            onError: tellFailed('Old links still work'),
          })
        }
      >
        End old links
      </Button>
    </div>
  );
}

interface AssetSettingsProps {
  asset: Asset;
  opened: boolean;
  onClose: () => void;
}

export function AssetSettings({ asset, opened, onClose }: AssetSettingsProps) {
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title="File settings"
      zIndex={260}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <Stack gap="lg">
        <NameForm key={asset.id} asset={asset} />
        <PublicSwitch asset={asset} />
        <Rotate asset={asset} />
      </Stack>
    </Modal>
  );
}
