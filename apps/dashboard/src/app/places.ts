/** Addresses of the pages; QR codes and links lead to them from outside, so they do not change. */
export const projectHref = (projectId: string): string => `#/app/project/${encodeURIComponent(projectId)}`;

export const projectSettingsHref = (projectId: string): string => `${projectHref(projectId)}/settings`;

export const assetHref = (projectId: string, assetId: string): string =>
  `${projectHref(projectId)}/asset/${encodeURIComponent(assetId)}`;

export const SHARED_HREF = '#/app/shared';
export const SETTINGS_HREF = '#/app/settings';
export const ADMIN_HREF = '#/app/admin';
