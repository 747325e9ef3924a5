import { Button, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import type { Asset } from '@slipway/sdk';
import { useSlipwayClient } from '@slipway/sdk/react';
import {
  IconAdjustments,
  IconDownload,
  IconExternalLink,
  IconHistory,
  IconLink,
  IconQrcode,
  IconShare2,
  IconTrash,
} from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { ConfirmDialog } from '../../ui/confirm-dialog';
import { copyText } from '../../ui/copy-text';
import { formatUntil } from '../../ui/format-moment';
import { tell, tellFailed } from '../../ui/notify';
import { useDeleteAsset } from './asset-queries';
import { AssetSettings } from './asset-settings';
import classes from './lightbox.module.css';

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
    onError: tellFailed('No link was made'),
  });
}

function useDownload(asset: Asset) {
  const { assets } = useSlipwayClient();
  return useMutation({
    mutationFn: () => assets.accessUrl(asset.id, { purpose: 'download' }),
    // The storage answers with an attachment, so the page stays.
    onSuccess: ({ url }) => window.location.assign(url),
    onError: tellFailed('The download did not start'),
  });
}

/** What can be done with the bytes; nothing where they are withheld. */
function OpenActions({ asset, url }: { asset: Asset; url: string }) {
  const copyLink = useCopyLink(asset);
  const download = useDownload(asset);
  return (
    <>
      <Button
        className={classes.wide}
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
        href={url}
        target="_blank"
        rel="noopener noreferrer"
        variant="light"
        leftSection={<IconExternalLink size={17} />}
      >
        Open
      </Button>
    </>
  );
}

function DeleteAction({ asset, onDeleted }: { asset: Asset; onDeleted: () => void }) {
  const remove = useDeleteAsset(asset);
  const [asking, setAsking] = useState(false);
  const confirm = () =>
    remove.mutate(undefined, {
      onSuccess: () => {
        setAsking(false);
        onDeleted();
        tell('Deleted', asset.name);
      },
      onError: tellFailed('It was not deleted'),
    });
  return (
    <>
      <Button
        variant="subtle"
        color="keel"
        leftSection={<IconTrash size={17} />}
        onClick={() => setAsking(true)}
      >
        Delete
      </Button>
      <ConfirmDialog
        opened={asking}
        onClose={() => setAsking(false)}
        title="Delete this file?"
        text={
          <Text>
            <strong className={classes.broken}>{asset.name}</strong> and everything made from it go for good.
            Links to it stop working.
          </Text>
        }
        action="Delete"
        keep="Keep it"
        loading={remove.isPending}
        onConfirm={confirm}
      />
    </>
  );
}

interface OfferedAction {
  name: string;
  icon: ReactNode;
  onClick: () => void;
}

export interface AssetActionsProps {
  asset: Asset;
  mayEdit: boolean;
  onShowQrCode: () => void;
  /** Where the person may share it. */
  onShare?: (() => void) | undefined;
  /** Where the person may see who did what. */
  onShowActivity?: (() => void) | undefined;
  onDeleted: () => void;
}

export function AssetActions({ asset, mayEdit, onDeleted, ...props }: AssetActionsProps) {
  const [settings, setSettings] = useState(false);
  const { onShare, onShowActivity, onShowQrCode } = props;
  const offered: (OfferedAction | undefined | false)[] = [
    onShare && { name: 'Share', icon: <IconShare2 size={17} />, onClick: onShare },
    { name: 'QR code', icon: <IconQrcode size={17} />, onClick: onShowQrCode },
    mayEdit && { name: 'Settings', icon: <IconAdjustments size={17} />, onClick: () => setSettings(true) },
    onShowActivity && { name: 'Activity', icon: <IconHistory size={17} />, onClick: onShowActivity },
  ];
  return (
    <div className={classes.actions}>
      {asset.access_url !== null && <OpenActions asset={asset} url={asset.access_url} />}
      {offered
        .filter((action) => !!action)
        .map(({ name, icon, onClick }) => (
          <Button key={name} variant="light" leftSection={icon} onClick={onClick}>
            {name}
          </Button>
        ))}
      {mayEdit && <DeleteAction asset={asset} onDeleted={onDeleted} />}
      <AssetSettings asset={asset} opened={settings} onClose={() => setSettings(false)} />
    </div>
  );
}
