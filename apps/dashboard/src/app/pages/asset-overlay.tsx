import type { Asset } from '@slipway/sdk';
import { useNavigate, useParams } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { useUser } from '../../features/account/session-context';
import { Lightbox } from '../../features/assets/lightbox';
import { useNameOf } from '../../features/members/use-name-of';
import { useProject } from '../../features/projects/project-queries';
import { mayEdit, mayManage } from '../../features/projects/project-rights';
import { QrModal, type QrCodeOf } from '../../features/qr/qr-modal';
import { ShareDialog } from '../../features/sharing/share-dialog';
import { ActivityDialog } from '../../features/trail/activity-dialog';
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

interface ActivityOfAssetProps {
  asset: Asset;
  myId: string;
  onClose: () => void;
}

function ActivityOfAsset({ asset, myId, onClose }: ActivityOfAssetProps) {
  const nameOf = useNameOf(asset.project_id, myId);
  return <ActivityDialog asset={asset} nameOf={nameOf} onClose={onClose} />;
}

/** The lightbox as a page of its own, so that a link can lead to it. */
export function AssetOverlay() {
  const { projectId, assetId } = useParams({ from: '/app/project/$projectId/asset/$assetId' });
  const navigate = useNavigate();
  const { previews } = useUploads();
  const { data: project } = useProject(projectId);
  const user = useUser();
  const [qrCode, setQrCode] = useState<QrCodeOf | null>(null);
  const [shared, setShared] = useState<Asset | null>(null);
  const [traced, setTraced] = useState<Asset | null>(null);
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
        mayEdit={project !== undefined && mayEdit(project)}
        mayReview={project !== undefined && mayEdit(project) && mayManage(project)}
        onShowQrCode={(asset) => setQrCode(qrCodeOf(asset))}
        onShare={project && mayEdit(project) ? setShared : undefined}
        onShowActivity={project && mayManage(project) ? setTraced : undefined}
      />
      <ShareDialog asset={shared} onClose={() => setShared(null)} />
      {traced && user && <ActivityOfAsset asset={traced} myId={user.id} onClose={() => setTraced(null)} />}
      <QrModal code={qrCode} onClose={() => setQrCode(null)} />
    </>
  );
}
