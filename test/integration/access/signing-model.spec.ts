import type { Asset, AssetStatus, ScanState } from '@slipway/core/assets/asset.entity';
import { grantAccess } from '@slipway/core/assets/grant-access';
import { grantAccessToMany } from '@slipway/core/assets/grant-access-to-many';
import { listAssets } from '@slipway/core/assets/list-assets';
import type { Project } from '@slipway/core/projects/project.entity';
import { signReferences } from '@slipway/core/references/sign-references';
import { DomainError } from '@slipway/core/shared/errors';
import {
  accountOf,
  keyPrincipal,
  type Principal,
  userPrincipal,
  visitor,
} from '@slipway/core/shared/principal';
import { PROJECT_ROLES, type ProjectRole } from '@slipway/core/shared/project-role';
import * as fc from 'fast-check';
import { describeCore } from '../../support/describe-core';
import { seedAsset } from '../../support/seed-asset';
import { storageForTests } from '../../support/storage-for-tests';

const HOUR_MS = 3_600_000;
const ORIGIN = { ip: null, userAgent: null, requestId: null };

/** Hours from now; null: never. */
const time = fc.option(fc.integer({ min: -2, max: 2 }).filter((hours) => hours !== 0));

const CALLERS = ['user', 'unproven', 'key', 'key for here', 'key for elsewhere', 'visitor'] as const;

const given = fc.record({
  role: fc.option(fc.constantFrom(...PROJECT_ROLES)),
  claimed: fc.option(fc.constantFrom(...PROJECT_ROLES), { freq: 3 }),
  archived: fc.boolean(),
  review: fc.boolean(),
  asset: fc.record({
    status: fc.constantFrom<AssetStatus[]>('Processing', 'In Review', 'Published', 'Rejected'),
    scanState: fc.constantFrom<ScanState[]>('none', 'none', 'clean', 'pending', 'infected'),
    isPublic: fc.boolean(),
    expires: time,
    deleted: fc.option(fc.constant(true), { freq: 8 }).map(Boolean),
  }),
  shares: fc.array(fc.record({ expires: time, revoked: fc.boolean(), toCaller: fc.boolean() }), {
    maxLength: 2,
  }),
  caller: fc.constantFrom(...CALLERS),
});

type Given = typeof given extends fc.Arbitrary<infer Value> ? Value : never;

const isOver = (hours: number | null): boolean => hours !== null && hours < 0;

function rolesOf({ role, claimed, caller }: Given): Set<ProjectRole | null> {
  if (caller === 'visitor' || caller === 'key for elsewhere') return new Set();
  return new Set([role, caller === 'user' ? claimed : null].filter((one) => one !== null));
}

function isShared({ shares, caller }: Given): boolean {
  if (caller !== 'user' && caller !== 'key') return false;
  return shares.some(({ expires, revoked, toCaller }) => toCaller && !revoked && !isOver(expires));
}

/** docs/decisions/0013, "The decision", by what is in the database. */
function mayOpen(state: Given): boolean {
  const { asset, review } = state;
  const roles = rolesOf(state);
  if (asset.deleted || asset.scanState === 'pending' || asset.scanState === 'infected') return false;
  if (roles.has('editor') || roles.has('owner')) return true;
  const shown = asset.status === 'Published' || (asset.status === 'Processing' && !review);
  if (!shown || isOver(asset.expires)) return false;
  return roles.size > 0 || isShared(state) || asset.isPublic;
}

describeCore(
  'who is given a URL',
  (stage) => {
    const at = (hours: number | null): Date | null =>
      hours === null ? null : new Date(stage.world.deps.clock.now().getTime() + hours * HOUR_MS);

    function principalOf(state: Given, user: Principal): Principal {
      const account = { ...(user.account as NonNullable<Principal['account']>) };
      const key = (projectId: string | null) =>
        keyPrincipal({ id: 'KEY-1', account, scopes: ['assets:read'], projectId }, ORIGIN);
      const callers: Record<Given['caller'], () => Principal> = {
        visitor: () => visitor(ORIGIN),
        user: () =>
          userPrincipal(account, ORIGIN, state.claimed ? { [stage.project.id]: state.claimed } : {}),
        unproven: () => userPrincipal({ ...account, emailTrusted: false }, ORIGIN),
        key: () => key(null),
        'key for here': () => key(stage.project.id),
        'key for elsewhere': () => key('PRJ-ELSEWHERE'),
      };
      return callers[state.caller]();
    }

    async function arrange(state: Given, user: Principal): Promise<Asset> {
      const { deps } = stage.world;
      const { db } = deps;
      const { id: projectId }: Project = stage.project;
      await db.query('update projects set archived_at = $2, review = $3 where id = $1', [
        projectId,
        state.archived ? deps.clock.now() : null,
        state.review,
      ]);
      await db.query('delete from project_members where project_id = $1 and user_id = $2', [
        projectId,
        accountOf(user),
      ]);
      if (state.role) await stage.world.addMember(stage.project, user, state.role);
      const asset = await seedAsset({ projectId, createdBy: accountOf(stage.user) }, deps);
      const { status, scanState, isPublic, expires, deleted } = state.asset;
      await db.query(
        `update assets set status = $2, scan_state = $3, is_public = $4, expires_at = $5, deleted_at = $6
          where id = $1`,
        [asset.id, status, scanState, isPublic, at(expires), deleted ? deps.clock.now() : null],
      );
      for (const [index, share] of state.shares.entries()) await insertShare(asset, share, { user, index });
      return asset;
    }

    async function insertShare(
      asset: Asset,
      { expires, revoked, toCaller }: Given['shares'][number],
      { user, index }: { user: Principal; index: number },
    ): Promise<void> {
      const { db, clock } = stage.world.deps;
      // Two shares of one asset to one person cannot both be alive.
      const email = toCaller ? user.account?.email : 'somebody-else@example.com';
      await db.query(
        `insert into shares (id, project_id, asset_id, kind, email, expires_at, revoked_at, created_by, created_at)
         values ($1, $2, $3, 'user', $4, $5, $6, $7, $8) on conflict do nothing`,
        [
          `SHR-${asset.id}-${index}`,
          asset.projectId,
          asset.id,
          email,
          at(expires),
          revoked ? clock.now() : null,
          accountOf(stage.user),
          clock.now(),
        ],
      );
    }

    const opens = async (principal: Principal, assetId: string): Promise<boolean> => {
      try {
        await grantAccess(principal, { assetId, purpose: 'view' }, stage.world.deps);
        return true;
      } catch (error) {
        if (error instanceof DomainError && /^(not_found|asset_withheld)$/.test(error.code)) return false;
        throw error;
      }
    };

    const opensInBatches = async (principal: Principal, { id, privateRef }: Asset): Promise<boolean[]> => {
      const { deps } = stage.world;
      const byId = await grantAccessToMany(principal, { assetIds: [id], as: 'view' }, deps);
      const byRef = await signReferences(principal, { references: [privateRef], as: 'view' }, deps);
      return [...byId, ...byRef].map((outcome) => !(outcome instanceof DomainError));
    };

    const isListed = async (principal: Principal, assetId: string): Promise<boolean | null> => {
      const request = { projectId: stage.project.id, limit: 100 };
      try {
        const { rows } = await listAssets(principal, request, stage.world.deps);
        return rows.find(({ asset }) => asset.id === assetId)?.decision.allowed ?? null;
      } catch (error) {
        if (error instanceof DomainError && error.code === 'not_found') return null;
        throw error;
      }
    };

    /** On conflict only the first share to one person stays, so the model is told of no other. */
    const asStored = (state: Given): Given => {
      const [first, second] = state.shares;
      const clash =
        first && second && first.toCaller === second.toCaller && !first.revoked && !second.revoked;
      return clash ? { ...state, shares: [first] } : state;
    };

    test('is whom the model allows, by each of the paths that sign one', async () => {
      const user = await stage.world.newUser();
      const property = fc.asyncProperty(given, async (random) => {
        const state = asStored(random);
        const asset = await arrange(state, user);
        const principal = principalOf(state, user);
        expect(await opens(principal, asset.id)).toBe(mayOpen(state));
        expect(await opensInBatches(principal, asset)).toEqual([mayOpen(state), mayOpen(state)]);
        const listed = await isListed(principal, asset.id);
        const isMember = rolesOf(state).size > 0 && !state.asset.deleted;
        expect(listed).toBe(isMember ? mayOpen(state) : null);
      });
      await fc.assert(property, { numRuns: 300 });
    }, 120_000);
  },
  storageForTests().slice(0, 1),
);
