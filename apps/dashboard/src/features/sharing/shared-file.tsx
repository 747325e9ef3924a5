import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { type Asset, formatFileSize } from '@slipway/sdk';
import { SecureImage, useSlipwayClient } from '@slipway/sdk/react';
import { IconDownload, IconExternalLink } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { fileKind, isDrawnByBrowsers, KIND_NAMES } from '../../ui/file-kind';
import { tellFailed } from '../../ui/notify';
import { Placeholder } from '../../ui/placeholder';
import classes from './shared-file.module.css';

function Preview({ asset }: { asset: Asset }) {
  const placeholder = <Placeholder type={asset.content_type} fileName={asset.file_name} />;
  return (
    <div className={classes.stage}>
      {isDrawnByBrowsers(asset.content_type) ? (
        <SecureImage src={asset.id} alt={asset.name} className={classes.image} fallback={placeholder} />
      ) : (
        placeholder
      )}
    </div>
  );
}

function useOpen(asset: Asset) {
  const { assets } = useSlipwayClient();
  return useMutation({
    mutationFn: (purpose: 'view' | 'download') => assets.accessUrl(asset.id, { purpose }),
    // The storage answers a download with an attachment, so the page stays.
    onSuccess: ({ url }, purpose) =>
      purpose === 'download' ? window.location.assign(url) : void window.open(url, '_blank', 'noopener'),
    onError: tellFailed('The file cannot be had now'),
  });
}

function SharedBody({ asset }: { asset: Asset }) {
  const open = useOpen(asset);
  const kind = KIND_NAMES[fileKind({ type: asset.content_type, name: asset.file_name })];
  return (
    <Stack gap="md">
      <Preview asset={asset} />
      <Text c="dimmed" size="sm">{`${kind} · ${formatFileSize(asset.file_size)}`}</Text>
      <Group gap="sm">
        <Button
          leftSection={<IconDownload size={17} />}
          loading={open.isPending && open.variables === 'download'}
          onClick={() => open.mutate('download')}
        >
          Download
        </Button>
        <Button
          variant="light"
          leftSection={<IconExternalLink size={17} />}
          loading={open.isPending && open.variables === 'view'}
          onClick={() => open.mutate('view')}
        >
          Open
        </Button>
      </Group>
    </Stack>
  );
}

/** A file of a project that this person is no member of. */
export function SharedFile({ asset, onClose }: { asset: Asset | null; onClose: () => void }) {
  return (
    <Modal
      opened={asset !== null}
      onClose={onClose}
      title={asset?.name}
      size="xl"
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      {asset && <SharedBody key={asset.id} asset={asset} />}
    </Modal>
  );
}
