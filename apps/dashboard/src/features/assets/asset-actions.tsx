import { Button, Group, Modal, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import type { Asset } from '@slipway/sdk';
import { useSlipwayClient } from '@slipway/sdk/react';
import { IconDownload, IconExternalLink, IconLink, IconQrcode, IconTrash } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { describeError } from '../../ui/describe-error';
import { formatUntil } from '../../ui/format-moment';
import { useDeleteAsset } from './asset-queries';
import { copyText } from './copy-text';
import classes from './lightbox.module.css';

const failed = (title: string) => (error: unknown) =>
  notifications.show({ color: 'keel', title, message: describeError(error) });

function useCopyLink(asset: Asset) {
  const { assets } = useSlipwayClient();
  return useMutation({
    mutationFn: async () => {
      const signed = await assets.accessUrl(asset.id, { purpose: 'view' });
      return { ...signed, copied: await copyText(signed.url) };
    },
    onSuccess: ({ url, expires_at, copied }) =>
      notifications.show({
        color: 'tide',
        title: copied ? 'Link copied' : 'Copy this link by hand',
        message: copied ? `Whoever has it can open the file until ${formatUntil(expires_at)}.` : url,
        autoClose: copied ? 6000 : false,
      }),
    onError: failed('No link was made'),
  });
}

function useDownload(asset: Asset) {
  const { assets } = useSlipwayClient();
  return useMutation({
    mutationFn: () => assets.accessUrl(asset.id, { purpose: 'download' }),
    // The storage answers with an attachment, so the page stays.
    onSuccess: ({ url }) => window.location.assign(url),
    onError: failed('The download did not start'),
  });
}

interface DeleteDialogProps {
  asset: Asset;
  opened: boolean;
  onClose: () => void;
  onDeleted: () => void;
}

function DeleteDialog({ asset, opened, onClose, onDeleted }: DeleteDialogProps) {
  const remove = useDeleteAsset(asset);
  const confirm = () =>
    remove.mutate(undefined, {
      onSuccess: () => {
        onClose();
        onDeleted();
        notifications.show({ color: 'tide', title: 'Deleted', message: asset.name });
      },
      onError: failed('It was not deleted'),
    });
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title="Delete this file?"
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <Text>
        <strong className={classes.broken}>{asset.name}</strong> and everything made from it go for good.
        Links to it stop working.
      </Text>
      <Group justify="flex-end" mt="lg">
        <Button variant="default" onClick={onClose} data-autofocus>
          Keep it
        </Button>
        <Button color="keel" loading={remove.isPending} onClick={confirm}>
          Delete
        </Button>
      </Group>
    </Modal>
  );
}

interface AssetActionsProps {
  asset: Asset;
  onShowQrCode: () => void;
  onDeleted: () => void;
}

export function AssetActions({ asset, onShowQrCode, onDeleted }: AssetActionsProps) {
  const copyLink = useCopyLink(asset);
  const download = useDownload(asset);
  const [deleting, setDeleting] = useState(false);
  return (
    <div className={classes.actions}>
      <Button
        leftSection={<IconLink size={17} />}
        loading={copyLink.isPending}
        onClick={() => copyLink.mutate()}
      >
        Copy signed link
      </Button>
      <Button
        variant="light"
        leftSection={<IconDownload size={17} />}
        loading={download.isPending}
        onClick={() => download.mutate()}
      >
        Download
      </Button>
      <Button
        component="a"
        href={asset.access_url}
        target="_blank"
        rel="noopener noreferrer"
        variant="light"
        leftSection={<IconExternalLink size={17} />}
      >
        Open
      </Button>
      <Button variant="light" leftSection={<IconQrcode size={17} />} onClick={onShowQrCode}>
        QR code
      </Button>
      <Button
        variant="subtle"
        color="keel"
        leftSection={<IconTrash size={17} />}
        onClick={() => setDeleting(true)}
      >
        Delete
      </Button>
      <DeleteDialog
        asset={asset}
        opened={deleting}
        onClose={() => setDeleting(false)}
        onDeleted={onDeleted}
      />
    </div>
  );
}
