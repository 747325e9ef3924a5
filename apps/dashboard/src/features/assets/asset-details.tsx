import { Text } from '@mantine/core';
import { type Asset, formatFileSize } from '@slipway/sdk';
import type { ReactNode } from 'react';
import { CopyIcon } from '../../ui/copy-icon';
import { fileKind, KIND_NAMES } from '../../ui/file-kind';
import { formatMoment } from '../../ui/format-moment';
import { useRenditions } from './asset-queries';
import { hexOfBase64 } from './hex-digest';
import classes from './lightbox.module.css';

function Detail({ term, children }: { term: string; children: ReactNode }) {
  return (
    <div className={classes.detail}>
      <dt>{term}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function Digest({ base64 }: { base64: string }) {
  const hex = hexOfBase64(base64);
  return (
    <Detail term="SHA-256">
      <code title={hex}>{hex.slice(0, 16)}…</code>
      <CopyIcon label="Copy the SHA-256" text={hex} />
    </Detail>
  );
}

/** Why there is no thumbnail, where there should be one. */
function MissingThumbnail({ asset }: { asset: Asset }) {
  const expected = asset.status !== 'Processing' && !asset.thumbnail_url;
  const renditions = useRenditions(asset.id, expected);
  const failed = renditions.data?.data.find(
    ({ name, status }) => name === 'thumbnail' && status === 'failed',
  );
  if (!expected || !failed) return null;
  return (
    <p className={classes.reason} role="note">
      <strong>No thumbnail.</strong> {failed.reason ?? 'The file could not be drawn.'} The file is stored as
      it was sent, and can be downloaded.
    </p>
  );
}

export function AssetDetails({ asset }: { asset: Asset }) {
  const kind = KIND_NAMES[fileKind({ type: asset.content_type, name: asset.file_name })];
  return (
    <>
      <MissingThumbnail asset={asset} />
      <dl className={classes.details}>
        <Detail term="Type">
          {kind} <Text span c="dimmed" size="sm">{`· ${asset.content_type}`}</Text>
        </Detail>
        <Detail term="Size">{formatFileSize(asset.file_size)}</Detail>
        {asset.width !== null && asset.height !== null && (
          <Detail term="Dimensions">{`${asset.width} × ${asset.height}`}</Detail>
        )}
        <Detail term="Uploaded">{formatMoment(asset.created_at)}</Detail>
        {asset.checksum_sha256 && <Digest base64={asset.checksum_sha256} />}
        <Detail term="Reference, to store in place of an address">
          <code className={classes.key}>{asset.private_ref}</code>
          <CopyIcon label="Copy the reference" text={asset.private_ref} />
        </Detail>
        <Detail term="Key">
          <code className={classes.key} title={asset.file_key}>
            {asset.file_key}
          </code>
          <CopyIcon label="Copy the key" text={asset.file_key} />
        </Detail>
      </dl>
    </>
  );
}
