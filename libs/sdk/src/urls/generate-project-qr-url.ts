/** Where a project's QR code leads: its page in the dashboard at `baseUrl`. */
export const generateProjectQRUrl = (projectId: string, baseUrl: string): string =>
  `${baseUrl.replace(/\/+$/, '')}/#/app/project/${encodeURIComponent(projectId)}`;
