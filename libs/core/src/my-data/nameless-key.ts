/**
 * SQL of a key without the name of a file, for rows that stay when their object goes; objects are found by the asset's
 * prefix then. `assetId` is the column with the asset's id.
 */
export const namelessKey = (assetId: 'id' | 'asset_id'): string =>
  `'projects/' || project_id || '/assets/' || ${assetId} || '/erased'`;
