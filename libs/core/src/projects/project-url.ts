/** Where the dashboard shows a project; what its QR code says. */
export const projectUrl = (publicUrl: string, projectId: string): string =>
  `${publicUrl}/#/app/project/${projectId}`;

export const assetUrl = (publicUrl: string, asset: { id: string; projectId: string }): string =>
  `${projectUrl(publicUrl, asset.projectId)}/asset/${asset.id}`;
