import { objectKey } from '@slipway/platform/object-store/object-key';
import { requireProject } from '../projects/require-project';
import type { Project } from '../projects/project.entity';
import { readMaxFileSize } from '../quotas/read-max-file-size';
import type { Deps } from '../shared/deps';
import { DomainError } from '../shared/errors';
import { newId } from '../shared/ids';
import { accountOf, type Principal } from '../shared/principal';
import { assertAcceptable, type BeginUploadInput } from './announcement';
import { findDuplicate } from './find-duplicate';
import { MAX_UPLOAD_SIZE, planParts } from './upload-plan';
import type { Upload } from './upload.entity';

type PlanDeps = Pick<Deps, 'db' | 'storageProfile' | 'clock' | 'settings'>;

/** What of its project decides about a file. */
interface Terms {
  project: Project;
  /** Bytes. */
  maxFileSize: number;
}

/** Each file as the upload it will be, or why it may not be one. Nothing is recorded yet. */
export async function planUploads(
  principal: Principal,
  inputs: readonly BeginUploadInput[],
  deps: PlanDeps,
): Promise<(Upload | DomainError)[]> {
  const terms = new Map<string, Promise<Terms>>();
  const termsOf = (projectId: string): Promise<Terms> => {
    const known = terms.get(projectId) ?? readTerms(principal, projectId, deps);
    terms.set(projectId, known);
    return known;
  };
  const plan = async (input: BeginUploadInput): Promise<Upload> =>
    planUpload(principal, { input, terms: await termsOf(input.projectId) }, deps);
  return Promise.all(inputs.map((input) => plan(input).catch(asOutcome)));
}

function asOutcome(error: unknown): DomainError {
  if (error instanceof DomainError) return error;
  throw error;
}

async function readTerms(principal: Principal, projectId: string, deps: PlanDeps): Promise<Terms> {
  const { project } = await requireProject(principal, { projectId, right: 'assets.write' }, deps);
  const maxFileSize = await readMaxFileSize(deps.db.manager, project.ownerId);
  return { project, maxFileSize: Math.min(maxFileSize, MAX_UPLOAD_SIZE) };
}

async function planUpload(
  principal: Principal,
  { input, terms }: { input: BeginUploadInput; terms: Terms },
  deps: PlanDeps,
): Promise<Upload> {
  assertAcceptable(input, terms.maxFileSize);
  const sourceAssetId = terms.project.deduplicate ? await findDuplicate(input, deps) : null;
  const parts = sourceAssetId === null ? planParts(input.fileSize, deps.settings.singlePutLimit) : null;
  const partChecksum = parts && (await deps.storageProfile()).partChecksum;
  const at = deps.clock.now();
  const life = parts ? deps.settings.multipartIdleMs : deps.settings.uploadLifeMs;
  return {
    ...newUpload(principal, input, at),
    partSize: parts?.partSize ?? null,
    partCount: parts?.partCount ?? null,
    partChecksum,
    // The whole of a large file is proven by its parts; what was told of it only serves to find a duplicate.
    checksumSha256: parts ? null : (input.checksumSha256 ?? null),
    sourceAssetId,
    expiresAt: new Date(at.getTime() + life),
  };
}

type Undecided = 'partSize' | 'partCount' | 'partChecksum' | 'checksumSha256' | 'sourceAssetId' | 'expiresAt';

function newUpload(principal: Principal, input: BeginUploadInput, at: Date): Omit<Upload, Undecided> {
  const id = newId('UPL');
  const assetId = newId('AST');
  return {
    id,
    assetId,
    projectId: input.projectId,
    createdBy: accountOf(principal),
    fileName: input.fileName,
    fileSize: input.fileSize,
    contentType: input.contentType,
    incomingKey: objectKey.incoming(id),
    fileKey: objectKey.original(input.projectId, assetId, input.fileName),
    storageUploadId: null,
    idempotencyKey: input.idempotencyKey ?? null,
    status: 'pending',
    rejectionCode: null,
    rejectionDetail: null,
    claim: null,
    claimedUntil: null,
    createdAt: at,
    updatedAt: at,
  };
}
