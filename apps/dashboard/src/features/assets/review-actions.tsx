import { Button, Group } from '@mantine/core';
import type { Asset } from '@slipway/sdk';
import { useState } from 'react';
import { tell, tellFailed } from '../../ui/notify';
import { RejectForm } from '../../ui/reject-form';
import { useReviewAsset } from './asset-queries';

/** For whoever decides on the files of a project, while one of them waits. */
export function ReviewActions({ asset }: { asset: Asset }) {
  const review = useReviewAsset(asset.id);
  const [rejecting, setRejecting] = useState(false);
  const onError = tellFailed('Nothing was decided');
  const publish = () =>
    review.mutate({ decision: 'publish' }, { onError, onSuccess: () => tell('Published', asset.name) });
  const reject = (reason: string) =>
    review.mutate({ decision: 'reject', reason }, { onError, onSuccess: () => setRejecting(false) });
  if (rejecting) {
    return (
      <RejectForm
        name={asset.name}
        loading={review.isPending}
        onReject={reject}
        onCancel={() => setRejecting(false)}
      />
    );
  }
  return (
    <Group gap="xs" grow>
      <Button loading={review.isPending} onClick={publish}>
        Publish
      </Button>
      {asset.status === 'In Review' && (
        <Button variant="light" color="keel" disabled={review.isPending} onClick={() => setRejecting(true)}>
          Reject
        </Button>
      )}
    </Group>
  );
}
