import { Modal, Stack } from '@mantine/core';
import type { Asset } from '@slipway/sdk';
import { Activity, type NameOf } from './activity';

interface ActivityDialogProps {
  asset: Asset | null;
  nameOf: NameOf;
  onClose: () => void;
}

export function ActivityDialog({ asset, nameOf, onClose }: ActivityDialogProps) {
  return (
    <Modal
      opened={asset !== null}
      onClose={onClose}
      title={asset ? `Activity of ${asset.name}` : ''}
      size="lg"
      zIndex={260}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      {asset && (
        <Stack gap="md">
          <Activity of={{ assetId: asset.id }} nameOf={nameOf} />
        </Stack>
      )}
    </Modal>
  );
}
