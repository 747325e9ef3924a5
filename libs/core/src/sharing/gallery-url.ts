/** Where people see a gallery. */
export const galleryUrl = (publicUrl: string, slug: string): string => `${publicUrl}/g/${slug}`;
