import { Session } from './accounts/session.entity';
import { User } from './accounts/user.entity';
import { Tier } from './admin/tier.entity';
import { ApiKey } from './api-keys/api-key.entity';
import { Asset } from './assets/asset.entity';
import { AuditEvent } from './audit/audit-event.entity';
import { Invitation } from './members/invitation.entity';
import { Identity } from './identities/identity.entity';
import { Export } from './my-data/export.entity';
import { Project } from './projects/project.entity';
import { ProjectMember } from './projects/project-member.entity';
import { Import } from './imports/import.entity';
import { ReconcileRun } from './reconcile/reconcile-run.entity';
import { Rendition } from './renditions/rendition.entity';
import { Share } from './sharing/share.entity';
import { UploadPart } from './uploads/upload-part.entity';
import { Upload } from './uploads/upload.entity';

/** Every table that is read as entities; given to the data source at start. */
export const entities = [
  User,
  Tier,
  Session,
  ApiKey,
  Identity,
  Project,
  ProjectMember,
  Invitation,
  Upload,
  UploadPart,
  Asset,
  Share,
  Rendition,
  Import,
  Export,
  AuditEvent,
  ReconcileRun,
];
