import { statusOf } from '@slipway/api/http/problem';
import type { ErrorCode } from '@slipway/core/shared/errors';
import type { Answer } from '../../support/http-world';
import type { Reach } from './callers';
import { newApiKey } from './new-api-key';
import {
  withAssetInReview,
  withBystander,
  withGallery,
  withImport,
  withInvitation,
  withTier,
} from './preparations';
import type { Scene } from './scene';

/** A call of a route that succeeds for whoever may make it. */
export interface Case extends Reach {
  /** Of the route's `:parameters`. */
  params?: (scene: Scene) => Record<string, string>;
  query?: (scene: Scene) => Record<string, string>;
  body?: (scene: Scene) => object | Promise<object>;
  headers?: (scene: Scene) => Record<string, string>;
  /** Makes what has to be there first; its ids are in `scene.made`. */
  before?: (scene: Scene) => Promise<Record<string, string>>;
  /** Codes that only somebody who was let in is told. */
  letInWith?: readonly string[];
  /** Of a batch: what became of the one thing that was asked for. */
  outcome?: (answer: Answer) => { status: number; code: string | undefined };
}

const announced = (scene: Scene) => ({
  project_id: scene.project.id,
  file_name: 'photo.png',
  file_size: 1234,
  content_type: 'image/png',
});

const ofProject = (scene: Scene) => ({ id: scene.project.id });
const ofAsset = (scene: Scene) => ({ id: scene.asset.id });
const ofBystander = ({ project, people }: Scene) => ({ id: project.id, user_id: people.bystander.id });
const ofReference = (scene: Scene) => ({ ref: scene.asset.privateRef });
const ofUpload = (scene: Scene) => ({ asset_id: scene.upload.assetId });

interface BatchResult {
  status?: number;
  code?: string;
  problem?: { status: number; code: string };
}

/** The first result of an answer that has one for each thing that was asked for. */
function firstResult(answer: Answer): { status: number; code: string | undefined } {
  const [first] = (answer.body['data'] ?? answer.body['results'] ?? []) as BatchResult[];
  if (!first) return { status: answer.status, code: answer.body['code'] as string | undefined };
  const code = first.problem?.code ?? first.code;
  if (code === undefined) return { status: 200, code };
  return { status: first.problem?.status ?? statusOf(code as ErrorCode), code };
}

/** One for each declared route that is not public, by its name. */
export const CASES: Record<string, Case> = {
  'AccountsController.me': { about: 'nothing' },
  'AccountsController.rename': { about: 'nothing', body: () => ({ name: 'Renamed' }) },
  'AccountsController.changePassword': {
    about: 'nothing',
    // The right one would end the tokens that the rest of the matrix is played with.
    body: () => ({ current_password: 'not the password', new_password: 'another long password' }),
    letInWith: ['wrong_password', 'invalid_credentials', 'too_many_attempts'],
  },
  'AccountLinksController.sendVerification': { about: 'nothing' },
  'SessionsController.list': { about: 'nothing' },
  'SessionsController.end': { about: 'nothing', letInWith: ['not_found'] },
  'MyInvitationsController.list': { about: 'nothing' },
  'MyInvitationsController.answer': {
    about: 'nothing',
    body: () => ({ accept: true }),
    letInWith: ['not_found'],
  },
  'MyInvitationsController.accept': {
    about: 'nothing',
    body: () => ({ token: 'A'.repeat(43) }),
    letInWith: ['link_invalid', 'not_found'],
  },

  'ApiKeysController.list': { about: 'nothing' },
  'ApiKeysController.create': {
    about: 'nothing',
    body: () => ({ name: 'Of a server', scopes: ['assets:read'] }),
  },
  'ApiKeysController.revoke': {
    about: 'nothing',
    before: async ({ caller, people, world }) => ({
      id: (await newApiKey(caller ?? people.owner, world)).id,
    }),
    params: ({ made }) => made,
  },

  'ProjectsController.create': {
    about: 'nothing',
    body: () => ({ name: 'Another' }),
    refusesBoundKeys: true,
  },
  'ProjectsController.list': { about: 'nothing' },
  'ProjectsController.get': { about: 'project', params: ofProject },
  'ProjectsController.update': { about: 'project', params: ofProject, body: () => ({ name: 'Renamed' }) },
  'ProjectsController.usage': { about: 'project', params: ofProject },
  'ProjectQrCodesController.png': { about: 'project', params: ofProject },
  'ProjectQrCodesController.svg': { about: 'project', params: ofProject },

  'ProjectsController.archive': { about: 'project', params: ofProject },
  'ProjectsController.unarchive': { about: 'project', params: ofProject },
  'ProjectsController.transfer': {
    about: 'project',
    before: withBystander,
    params: ofProject,
    body: ({ people }) => ({ user_id: people.bystander.id }),
  },

  'MembersController.list': { about: 'project', params: ofProject },
  'MembersController.add': {
    about: 'project',
    params: ofProject,
    body: ({ people }) => ({ user_id: people.bystander.id, role: 'viewer' }),
  },
  'MembersController.change': {
    about: 'project',
    before: withBystander,
    params: ofBystander,
    body: () => ({ role: 'editor' }),
  },
  'MembersController.remove': { about: 'project', before: withBystander, params: ofBystander },
  'MembersController.invitations': { about: 'project', params: ofProject },
  'MembersController.withdraw': {
    about: 'project',
    before: withInvitation,
    params: ({ project, made }) => ({ id: project.id, invitation_id: made['invitation'] ?? '' }),
  },

  'ImportsController.begin': {
    about: 'project',
    body: ({ project }) => ({ project_id: project.id, url: 'https://files.example.com/a.png' }),
    // No host is one to import from in tests: who is told so was let in.
    letInWith: ['host_not_allowed'],
  },
  'ImportsController.get': {
    about: 'project',
    before: withImport,
    params: ({ made }) => ({ id: made['import'] ?? '' }),
  },

  'UploadsController.begin': { about: 'project', body: announced },
  'UploadsController.beginMany': {
    about: 'project',
    body: (scene) => ({ files: [announced(scene)] }),
    outcome: firstResult,
  },
  'UploadsController.read': { about: 'project', params: ofUpload },
  'UploadsController.signParts': {
    about: 'project',
    params: ofUpload,
    body: () => ({ parts: [{ part_number: 1, size: 1 }] }),
    // The upload is one of a single PUT: who is told so was let in.
    letInWith: ['invalid_request'],
  },
  'UploadsController.complete': {
    about: 'project',
    body: ({ upload }) => ({
      name: 'A photo',
      project_id: upload.projectId,
      file_key: upload.fileKey,
      file_size: upload.fileSize,
      content_type: upload.contentType,
    }),
    letInWith: ['object_missing'],
  },
  'UploadsController.cancel': { about: 'project', params: ofUpload },

  'AssetsController.list': { about: 'project', query: (scene) => ({ project_id: scene.project.id }) },
  'AssetsController.get': { about: 'asset', shared: true, params: ofAsset },
  'AssetsController.renditions': { about: 'asset', shared: true, params: ofAsset },
  'AssetsController.accessUrl': { about: 'asset', shared: true, params: ofAsset, body: () => ({}) },
  'AssetsController.accessUrls': {
    about: 'asset',
    shared: true,
    body: (scene) => ({ ids: [scene.asset.id] }),
    outcome: firstResult,
  },
  'AssetsController.update': { about: 'asset', params: ofAsset, body: () => ({ name: 'Renamed' }) },
  'AssetsController.rotate': { about: 'asset', params: ofAsset },
  'AssetsController.delete': { about: 'asset', params: ofAsset },

  'ReferencesController.signOne': { about: 'asset', shared: true, params: ofReference },
  'ReferencesController.signMany': {
    about: 'asset',
    shared: true,
    body: (scene) => ({ refs: [scene.asset.privateRef] }),
    outcome: firstResult,
  },

  'SharesController.list': { about: 'asset', params: ofAsset },
  'SharesController.create': {
    about: 'asset',
    params: ofAsset,
    body: () => ({ kind: 'link', max_downloads: 3 }),
  },
  'SharesController.revoke': {
    about: 'asset',
    params: ({ asset, shareId }) => ({ id: asset.id, share_id: shareId }),
  },
  'SharesController.sharedWithMe': { about: 'nothing' },
  'GalleriesController.get': { about: 'project', before: withGallery, params: ofProject },
  'GalleriesController.publish': {
    about: 'project',
    params: ofProject,
    body: ({ project }) => ({ slug: `g-${project.id.slice(-10).toLowerCase()}` }),
  },
  'GalleriesController.end': { about: 'project', before: withGallery, params: ofProject },

  'AuditController.ofAsset': { about: 'asset', params: ofAsset },
  'AuditController.ofProject': { about: 'project', params: ofProject },
  'AuditController.ofProjectAsCsv': { about: 'project', params: ofProject },
  'AuditController.ofProjectAsNdjson': { about: 'project', params: ofProject },
  'AuditController.proof': {
    about: 'project',
    alsoAdmin: true,
    params: ({ eventId }) => ({ event_id: eventId }),
  },
  'MyDataController.requestExport': { about: 'nothing' },
  'MyDataController.exports': { about: 'nothing' },
  'MyDataController.erase': {
    about: 'nothing',
    body: () => ({ password: 'not the password' }),
    letInWith: ['invalid_credentials', 'too_many_attempts'],
  },

  'AdminUsersController.list': { about: 'nothing' },
  'AdminUsersController.get': { about: 'nothing', params: ({ people }) => ({ id: people.bystander.id }) },
  'AdminUsersController.update': {
    about: 'nothing',
    params: ({ people }) => ({ id: people.bystander.id }),
    body: () => ({ max_bytes: 1_000_000 }),
  },
  'TiersController.list': { about: 'nothing' },
  'TiersController.save': {
    about: 'nothing',
    params: () => ({ name: 'matrix' }),
    body: () => ({ max_bytes: 1_000_000, max_file_size: 1_000 }),
  },
  'TiersController.delete': { about: 'nothing', before: withTier, params: ({ made }) => made },
  'ModerationController.list': { about: 'nothing' },
  'ModerationController.moderate': {
    about: 'nothing',
    before: withAssetInReview,
    params: ({ asset }) => ({ asset_id: asset.id }),
    body: () => ({ decision: 'publish' }),
  },
  'ModerationController.review': {
    about: 'asset',
    before: withAssetInReview,
    params: ofAsset,
    body: () => ({ decision: 'publish' }),
  },

  'AuditController.ofAll': { about: 'nothing' },
  'AuditController.ofAllAsCsv': { about: 'nothing' },
  'AuditController.ofAllAsNdjson': { about: 'nothing' },
};
