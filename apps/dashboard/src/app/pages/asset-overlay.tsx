import type { Asset } from '@slipway/sdk';
import { useNavigate, useParams } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { Lightbox } from '../../features/assets/lightbox';
import { QrModal, type QrCodeOf } from '../../features/qr/qr-modal';
import { useUploads } from '../../features/uploads/uploads-context';
import { assetHref } from '../places';

const qrCodeOf = (asset: Asset): QrCodeOf => ({
  subject: { assetId: asset.id },
  name: asset.name,
  link: new URL(assetHref(asset.project_id, asset.id), document.baseURI).href,
});

/** Puts the focus back on the tile of the file that was seen last; the dialog itself ends with its route. */
function useFocusBack(href: string) {
  const last = useRef(href);
  useEffect(() => {
    last.current = href;
  }, [href]);
  useEffect(() => () => document.querySelector<HTMLElement>(`a[href="${last.current}"]`)?.focus(), []);
}

/** The lightbox as a page of its own, so that a link can lead to it. */
export function AssetOverlay() {
  const { projectId, assetId } = useParams({ from: '/app/project/$projectId/asset/$assetId' });
  const navigate = useNavigate();
  const { previews } = useUploads();
  const [qrCode, setQrCode] = useState<QrCodeOf | null>(null);
  useFocusBack(assetHref(projectId, assetId));
  const go = (to: string) =>
    void navigate({
      to: '/app/project/$projectId/asset/$assetId',
      params: { projectId, assetId: to },
      replace: true,
    });
  return (
    <>
      <Lightbox
        projectId={projectId}
        assetId={assetId}
        previewOf={(id) => previews.ofAsset(id)}
        onGo={go}
        onClose={() => void navigate({ to: '/app/project/$projectId', params: { projectId }, replace: true })}
        onShowQrCode={(asset) => setQrCode(qrCodeOf(asset))}
      />
      <QrModal code={qrCode} onClose={() => setQrCode(null)} />
    </>
  );
}
