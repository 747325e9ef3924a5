import { Asset } from '@slipway/core/assets/asset.entity';
import { AuditEvent } from '@slipway/core/audit/audit-event.entity';
import { accountOf } from '@slipway/core/shared/principal';
import { downloadByLink } from '@slipway/core/sharing/download-by-link';
import { lookAtLink, openLink } from '@slipway/core/sharing/open-link';
import { type LinkLimits, shareByLink } from '@slipway/core/sharing/share-asset';
import type { CoreStage } from '../../support/describe-core';
import { seedAsset } from '../../support/seed-asset';

export const VISITOR = { ip: '203.0.113.7', userAgent: 'a phone', requestId: 'request-1' };

/** An asset of the stage's user, without an object. */
export const seed = ({ world, user, project }: CoreStage): Promise<Asset> =>
  seedAsset({ projectId: project.id, createdBy: accountOf(user) }, world.deps);

/** What people do with links. */
export const linkSteps = (stage: CoreStage) => ({
  share: (asset: Asset, limits: Partial<LinkLimits & { expiresAt: Date }> = {}) =>
    shareByLink(
      stage.user,
      { assetId: asset.id, expiresAt: null, password: null, maxDownloads: null, ...limits },
      stage.world.deps,
    ),
  look: (token: string) => lookAtLink(VISITOR, { token }, stage.world.deps),
  open: (token: string, password: string | null, addressBlock = '203.0.113.7') =>
    openLink(VISITOR, { token, password, addressBlock }, stage.world.deps),
  download: (token: string, password: string | null = null, addressBlock = '203.0.113.7') =>
    downloadByLink(VISITOR, { token, password, addressBlock, purpose: 'download' }, stage.world.deps),
});

export const change = ({ world }: CoreStage, asset: Asset, to: Partial<Asset>): Promise<unknown> =>
  world.deps.db.manager.update(Asset, asset.id, to);

/** Events about an asset, oldest first, without those of its upload. */
export async function eventsOf({ world }: CoreStage, asset: Asset): Promise<AuditEvent[]> {
  await world.deps.audit.drain();
  return world.deps.db.manager.find(AuditEvent, { where: { assetId: asset.id }, order: { seq: 'asc' } });
}
