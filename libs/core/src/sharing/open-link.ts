import type { Asset } from '../assets/asset.entity';
import { signThumbnailUrl } from '../assets/asset-urls';
import type { Deps } from '../shared/deps';
import type { Origin, Principal } from '../shared/principal';
import { checkLinkPassword, type ShownPassword } from './check-link-password';
import type { FoundLink } from './find-link';
import { openLinkSigning } from './link-urls';
import { type Preview, previewOf } from './preview';
import { withLink } from './with-link';

/** What a link tells of its file. Nothing of the project and its people. */
export interface SharedFile {
  name: string;
  contentType: string;
  /** Bytes. */
  fileSize: number;
  asksPassword: boolean;
  /** Null: as many as one likes. */
  downloadsLeft: number | null;
  /** Of the link; null: until it is revoked. */
  expiresAt: Date | null;
  thumbnailUrl: string | null;
  previewUrl: string | null;
}

type OpenDeps = Pick<Deps, 'db' | 'audit' | 'signer' | 'clock' | 'settings'>;

/**
 * What a link leads to, or null where it asks for a password: then not even the name is told. Counts no download. Fails
 * with `not_found`, `share_expired`, `share_exhausted`.
 */
export function lookAtLink(
  origin: Origin,
  { token }: { token: string },
  deps: OpenDeps,
): Promise<SharedFile | null> {
  return withLink(
    { token, action: 'share_opened', origin },
    async (link, principal) => (link.share.passwordHash === null ? show(principal, link, deps) : null),
    deps,
  );
}

/**
 * The same with the password. Fails with `password_required`, `wrong_password`, `too_many_attempts` as well.
 */
export function openLink(
  origin: Origin,
  { token, ...shown }: ShownPassword & { token: string },
  deps: OpenDeps,
): Promise<SharedFile> {
  return withLink(
    { token, action: 'share_opened', origin },
    async (link, principal) => {
      await checkLinkPassword(link, shown, deps);
      return show(principal, link, deps);
    },
    deps,
  );
}

/** Given out only after it is on record: a preview may be the picture itself. */
async function show(principal: Principal, link: FoundLink, deps: OpenDeps): Promise<SharedFile> {
  const { asset, share, downloadsLeft } = link;
  const context = await openLinkSigning(deps);
  const preview = previewOf(link, context);
  await recordOpening(principal, { asset, preview, at: context.now }, deps);
  return {
    name: asset.name,
    contentType: asset.contentType,
    fileSize: asset.fileSize,
    asksPassword: share.passwordHash !== null,
    downloadsLeft,
    expiresAt: share.expiresAt,
    thumbnailUrl: signThumbnailUrl(asset, context)?.url ?? null,
    previewUrl: preview.signed?.url ?? null,
  };
}

const recordOpening = (
  principal: Principal,
  { asset, preview, at }: { asset: Asset; preview: Preview; at: Date },
  { audit }: Pick<Deps, 'audit'>,
): Promise<void> =>
  audit.recordGrant(principal, {
    action: 'share_opened',
    at,
    projectId: asset.projectId,
    assetId: asset.id,
    details: { preview: preview.as },
  });
