import { Button, Group } from '@mantine/core';
import { formatFileSize } from '@slipway/sdk';
import type { ModerationItem } from '@slipway/sdk/admin';
import { useState } from 'react';
import { formatMoment } from '../../ui/format-moment';
import { tell, tellFailed } from '../../ui/notify';
import { Picture } from '../../ui/picture';
import { RejectForm } from '../../ui/reject-form';
import classes from './admin.module.css';
import { useDecide } from './admin-queries';

function Facts({ asset }: { asset: ModerationItem }) {
  const { name, access_url: url } = asset;
  const facts = [
    asset.project_name,
    asset.content_type,
    formatFileSize(asset.file_size),
    formatMoment(asset.created_at),
  ];
  return (
    <div>
      {url === null ? (
        <span className={classes.name}>{name}</span>
      ) : (
        <a className={classes.name} href={url} target="_blank" rel="noopener noreferrer">
          {name}
        </a>
      )}
      <p className={classes.facts}>{facts.filter(Boolean).join(' · ')}</p>
    </div>
  );
}

export function ModerationCard({ asset }: { asset: ModerationItem }) {
  const decide = useDecide();
  const [rejecting, setRejecting] = useState(false);
  const failed = { onError: tellFailed('Nothing was decided') };
  const publish = () => {
    const decision = { assetId: asset.id, input: { decision: 'publish' } as const };
    decide.mutate(decision, { ...failed, onSuccess: () => tell('Published', asset.name) });
  };
  const reject = (reason: string) => {
    const decision = { assetId: asset.id, input: { decision: 'reject', reason } as const };
    decide.mutate(decision, { ...failed, onSuccess: () => tell('Rejected', asset.name) });
  };
  return (
    <li className={classes.card}>
      <Picture type={asset.content_type} fileName={asset.file_name} thumbnail={asset.thumbnail_url} />
      <div className={classes.body}>
        <Facts asset={asset} />
        {rejecting ? (
          <RejectForm
            name={asset.name}
            loading={decide.isPending}
            onReject={reject}
            onCancel={() => setRejecting(false)}
          />
        ) : (
          <Group gap="xs">
            <Button
              size="xs"
              loading={decide.isPending}
              aria-label={`Publish ${asset.name}`}
              onClick={publish}
            >
              Publish
            </Button>
            <Button
              variant="light"
              color="keel"
              size="xs"
              disabled={decide.isPending}
              aria-label={`Reject ${asset.name}`}
              onClick={() => setRejecting(true)}
            >
              Reject
            </Button>
          </Group>
        )}
      </div>
    </li>
  );
}
