import { Button, Modal, Stack, Title } from '@mantine/core';
import type { Asset } from '@slipway/sdk';
import type { Share } from '@slipway/sdk/people';
import { IconLink, IconUser } from '@tabler/icons-react';
import { useState } from 'react';
import { tellFailed } from '../../ui/notify';
import { Row, Rows, RowsState } from '../../ui/rows';
import { StatusBadge } from '../../ui/status-badge';
import { describeShare, isSpent } from './describe-share';
import { LinkForm } from './link-form';
import { MadeLink } from './made-link';
import { PersonForm } from './person-form';
import { useShareChange, useShares } from './share-queries';
import classes from './sharing.module.css';

function ShareRow({ assetId, share }: { assetId: string; share: Share }) {
  const { revoke } = useShareChange(assetId);
  const name = share.email ?? 'Link';
  return (
    <Row
      icon={share.kind === 'link' ? <IconLink size={19} stroke={1.6} /> : <IconUser size={19} stroke={1.6} />}
      name={name}
      badge={isSpent(share) && <StatusBadge text="Over" tone="failed" />}
      facts={describeShare(share)}
      actions={
        <Button
          variant="subtle"
          color="keel"
          size="compact-sm"
          loading={revoke.isPending}
          aria-label={`Revoke ${share.kind === 'link' ? 'this link' : `the share with ${name}`}`}
          onClick={() => revoke.mutate(share.id, { onError: tellFailed('It was not revoked') })}
        >
          Revoke
        </Button>
      }
    />
  );
}

function ShareList({ assetId }: { assetId: string }) {
  const { data: alive = [], isPending, error } = useShares(assetId);
  return (
    <section aria-labelledby="shared-with">
      <Title order={3} size="h5" id="shared-with" mb="xs">
        Shared so far
      </Title>
      <RowsState
        isPending={isPending}
        error={error}
        empty={alive.length === 0 && 'With nobody outside the project.'}
      />
      {alive.length > 0 && (
        <Rows label="Shares">
          {alive.map((share) => (
            <ShareRow key={share.id} assetId={assetId} share={share} />
          ))}
        </Rows>
      )}
    </section>
  );
}

function ShareBody({ asset }: { asset: Asset }) {
  const [made, setMade] = useState<string | null>(null);
  return (
    <Stack gap="xl">
      <PersonForm assetId={asset.id} />
      <section className={classes.link} aria-labelledby="by-link">
        <Title order={3} size="h5" id="by-link">
          By link, without an account
        </Title>
        {made === null ? (
          <LinkForm assetId={asset.id} onMade={({ url }) => setMade(url)} />
        ) : (
          <MadeLink url={made} name={asset.name} onAnother={() => setMade(null)} />
        )}
      </section>
      <ShareList assetId={asset.id} />
    </Stack>
  );
}

export function ShareDialog({ asset, onClose }: { asset: Asset | null; onClose: () => void }) {
  return (
    <Modal
      opened={asset !== null}
      onClose={onClose}
      title={asset ? `Share ${asset.name}` : ''}
      size="lg"
      zIndex={260}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      {asset && <ShareBody key={asset.id} asset={asset} />}
    </Modal>
  );
}
