import { User } from './accounts/user.entity';
import { ApiKey } from './api-keys/api-key.entity';
import { Asset } from './assets/asset.entity';
import { AuditEvent } from './audit/audit-event.entity';
import { Identity } from './identities/identity.entity';
import { Project } from './projects/project.entity';
import { ProjectMember } from './projects/project-member.entity';
import { ReconcileRun } from './reconcile/reconcile-run.entity';
import { Rendition } from './renditions/rendition.entity';
import { UploadPart } from './uploads/upload-part.entity';
import { Upload } from './uploads/upload.entity';

/** Every table that is read as entities; given to the data source at start. */
export const entities = [
  User,
  ApiKey,
  Project,
  ProjectMember,
  Identity,
  Upload,
  UploadPart,
  Asset,
  Rendition,
  AuditEvent,
  ReconcileRun,
];
