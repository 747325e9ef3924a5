import { ActionIcon, Group, Modal, Skeleton, Text, Title } from '@mantine/core';
import type { Asset } from '@slipway/sdk';
import { IconChevronLeft, IconChevronRight, IconX } from '@tabler/icons-react';
import { type ReactNode, useRef } from 'react';
import { ErrorNote } from '../../ui/error-note';
import { StatusBadge } from '../../ui/status-badge';
import { AssetActions } from './asset-actions';
import { AssetDetails } from './asset-details';
import { useAsset, useAssets } from './asset-queries';
import { assetsOf } from './asset-pages';
import { standingOf } from './asset-standing';
import classes from './lightbox.module.css';
import { ReviewActions } from './review-actions';
import { Stage } from './stage';
import { useOwnKeys } from './use-own-keys';

interface LightboxProps {
  projectId: string;
  assetId: string;
  previewOf: (assetId: string) => string | null;
  onGo: (assetId: string) => void;
  onClose: () => void;
  mayEdit: boolean;
  /** Whether the person decides on files that wait for a review. */
  mayReview: boolean;
  onShowQrCode: (asset: Asset) => void;
  onShare?: ((asset: Asset) => void) | undefined;
  onShowActivity?: ((asset: Asset) => void) | undefined;
}

interface StepProps {
  direction: 'previous' | 'next';
  to: Asset | undefined;
  onGo: (assetId: string) => void;
}

function Step({ direction, to, onGo }: StepProps) {
  if (!to) return null;
  const Arrow = direction === 'next' ? IconChevronRight : IconChevronLeft;
  return (
    <ActionIcon
      className={classes[direction]}
      size={46}
      radius="xl"
      variant="filled"
      color="dark.7"
      aria-label={`${direction === 'next' ? 'Next' : 'Previous'} file`}
      onClick={() => onGo(to.id)}
    >
      <Arrow size={24} />
    </ActionIcon>
  );
}

function Close({ onClose }: { onClose: () => void }) {
  return (
    <ActionIcon
      className={classes.close}
      size={40}
      radius="xl"
      variant="filled"
      color="dark.7"
      onClick={onClose}
      aria-label="Close"
    >
      <IconX size={22} />
    </ActionIcon>
  );
}

function SidePanel({ asset, children }: { asset: Asset; children: ReactNode }) {
  const { text, tone, why } = standingOf(asset);
  return (
    <aside className={classes.side}>
      <div className={classes.heading}>
        <Title order={2} size="h4" className={classes.broken}>
          {asset.name}
        </Title>
        <Group gap={6}>
          <StatusBadge text={text} tone={tone} />
          {asset.is_public && <StatusBadge text="Public" tone="settled" />}
        </Group>
        {why !== null && (
          <Text size="sm" c="dimmed" role="note">
            {why}
          </Text>
        )}
      </div>
      {children}
    </aside>
  );
}

/** One asset over the whole window, with its neighbours an arrow key away. */
export function Lightbox(props: LightboxProps) {
  const { projectId, assetId, onGo, onClose } = props;
  const all = assetsOf(useAssets(projectId).data);
  const place = all.findIndex(({ id }) => id === assetId);
  const [previous, next] = place < 0 ? [] : [all[place - 1], all[place + 1]];
  const { data: asset, error, refetch } = useAsset({ id: assetId, known: all[place] });
  const frame = useRef<HTMLDivElement>(null);
  useOwnKeys(frame, {
    Escape: onClose,
    ArrowLeft: () => previous && onGo(previous.id),
    ArrowRight: () => next && onGo(next.id),
  });
  const about = (show: ((asset: Asset) => void) | undefined) => show && asset && (() => show(asset));
  const leave = () => ((next ?? previous) ? onGo((next ?? previous)!.id) : onClose());
  return (
    <Modal.Root opened fullScreen closeOnEscape={false} onClose={onClose} transitionProps={{ duration: 120 }}>
      <Modal.Content className={classes.content} aria-label={asset?.name ?? 'File'} ref={frame}>
        <div className={classes.stage}>
          {asset && (
            <Stage
              key={asset.id}
              asset={asset}
              preview={props.previewOf(asset.id)}
              onExpired={() => void refetch()}
            />
          )}
          <Step direction="previous" to={previous} onGo={onGo} />
          <Step direction="next" to={next} onGo={onGo} />
        </div>
        <Close onClose={onClose} />
        {asset && (
          <SidePanel asset={asset}>
            {props.mayReview && (asset.status === 'In Review' || asset.status === 'Rejected') && (
              <ReviewActions key={asset.id} asset={asset} />
            )}
            <AssetActions
              asset={asset}
              mayEdit={props.mayEdit}
              onShowQrCode={() => props.onShowQrCode(asset)}
              onShare={about(props.onShare)}
              onShowActivity={about(props.onShowActivity)}
              onDeleted={leave}
            />
            <AssetDetails asset={asset} />
          </SidePanel>
        )}
        {!asset && (
          <aside className={classes.side}>
            {error ? (
              <ErrorNote title="This file cannot be shown" error={error} />
            ) : (
              <Skeleton height={220} />
            )}
          </aside>
        )}
      </Modal.Content>
    </Modal.Root>
  );
}
