import type { EntityManager } from 'typeorm';
import type { UploadStatus } from './upload';
import { Upload } from './upload.entity';

export function findUploadByFileKey(db: EntityManager, fileKey: string): Promise<Upload | null> {
  return db.findOneBy(Upload, { fileKey });
}

export function findUploadByAssetId(db: EntityManager, assetId: string): Promise<Upload | null> {
  return db.findOneBy(Upload, { assetId });
}

/** The uploads that were begun before with the Idempotency-Keys of `planned`, by the ids of those. */
export async function findBegunBefore(
  db: EntityManager,
  planned: readonly Upload[],
): Promise<Map<string, Upload>> {
  const where = planned.flatMap(({ createdBy, idempotencyKey }) =>
    idempotencyKey === null ? [] : [{ createdBy, idempotencyKey }],
  );
  const found = where.length > 0 ? await db.findBy(Upload, where) : [];
  const byKey = new Map(found.map((upload) => [upload.idempotencyKey, upload]));
  return new Map(
    planned.flatMap(({ id, idempotencyKey }) => {
      const upload = idempotencyKey === null ? undefined : byKey.get(idempotencyKey);
      return upload ? [[id, upload] as const] : [];
    }),
  );
}

export interface UploadEnd {
  status: Exclude<UploadStatus, 'pending'>;
  at: Date;
  rejectionCode?: Upload['rejectionCode'];
  rejectionDetail?: string;
}

const END = `
  update uploads
     set status = $3, updated_at = $4, rejection_code = $5, rejection_detail = $6, claim = null, claimed_until = null
   where id = $1 and status = 'pending' and claim = $2`;

/**
 * Ends a pending upload if the caller still holds its claim; false when the claim was lost.
 * The row stays locked until the transaction is over, so what follows in it happens once.
 */
export async function endUpload(tx: EntityManager, upload: Upload, end: UploadEnd): Promise<boolean> {
  const [, ended] = await tx.query<[unknown[], number]>(END, [
    upload.id,
    upload.claim,
    end.status,
    end.at,
    end.rejectionCode ?? null,
    end.rejectionDetail ?? null,
  ]);
  return ended === 1;
}
