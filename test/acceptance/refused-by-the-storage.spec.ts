import { setTimeout as sleep } from 'node:timers/promises';
import type { Asset, UploadUrl } from '@slipway/sdk';
import type { CapabilityName } from '../contract/capabilities';
import { profileOf } from '../contract/profiles';
import type { Person } from '../support/acceptance-stage';
import { cephWithOneKey, describeProductOn, productStorages } from '../support/describe-product';
import { type Bytes, pngFile, sha256, type TestFile } from '../support/test-files';

/** Long enough to upload and complete, short enough to wait for. */
const URL_LIFE_SECONDS = 4;

interface Change {
  body?: Bytes;
  headers?: object;
  path?: string;
}

interface Attack {
  title: string;
  change: () => Change;
  refusal: { status: number; code: string };
  /** What the storage must be able to for refusing it; where it is not, the completion refuses. Left out: every storage is. */
  needs?: CapabilityName;
}

const badDigest = { status: 400, code: 'BadDigest' };
const badSignature = { status: 403, code: 'SignatureDoesNotMatch' };
const denied = { status: 403, code: 'AccessDenied' };

const describeOnAll = describeProductOn([...productStorages(), ...cephWithOneKey()]);

describeOnAll(
  'an upload URL',
  (stage) => {
    let person: Person;
    let file: TestFile;
    let other: Bytes;
    let secret: Asset;

    beforeAll(async () => {
      person = await stage.newPerson();
      // Of one length: the length alone must not be what keeps them apart.
      const [own, others] = await Promise.all([pngFile(), pngFile()]);
      const length = Math.max(own.body.length, others.body.length);
      file = { ...own, body: padded(own.body, length) };
      other = padded(others.body, length);
      secret = await ownAsset(await stage.newPerson(), { ...file, body: other });
    });

    const padded = (body: Bytes, length: number): Bytes =>
      Buffer.concat([body, Buffer.alloc(length - body.length)]);

    const ownAsset = ({ client, projectId }: Person, { name, contentType, body }: TestFile) =>
      client.uploadFile({ projectId, file: new File([body], name, { type: contentType }) });

    const begin = () =>
      person.client.assets.getUploadUrl({
        project_id: person.projectId,
        file_name: file.name,
        file_size: file.body.length,
        content_type: file.contentType,
        checksum_sha256: sha256(file.body),
      });

    const complete = (begun: UploadUrl) =>
      person.client.assets.createAsset(
        {
          name: file.name,
          project_id: person.projectId,
          file_key: begun.file_key,
          file_size: file.body.length,
          content_type: file.contentType,
        },
        { retry: { attempts: 1 } },
      );

    async function put(begun: UploadUrl, change: Change = {}) {
      const url = new URL(begun.upload_url ?? '');
      if (change.path !== undefined) url.pathname = change.path;
      const headers = { ...begun.headers, ...change.headers };
      const response = await fetch(url, { method: 'PUT', headers, body: change.body ?? file.body });
      return { status: response.status, code: /<Code>(\w+)<\/Code>/.exec(await response.text())?.[1] };
    }

    const bucketOf = (begun: UploadUrl): string =>
      new URL(begun.upload_url ?? '').pathname.split('/')[1] ?? '';

    async function expectUnchanged(asset: Asset): Promise<void> {
      const response = await fetch(String(asset.access_url));
      expect(sha256(Buffer.from(await response.arrayBuffer()))).toBe(sha256(file.body));
    }

    /** A key that may only write reads nothing, so it has nothing to copy, on storages that obey as well. */
    const isStopped = ({ needs }: Attack): boolean =>
      needs === undefined ||
      profileOf(stage.storageName)?.[needs] === true ||
      (needs === 'unsignedCopySourceStopped' && stage.storage?.uploadCredentials !== undefined);

    const attacks: Attack[] = [
      {
        title: 'another file of the same length and type',
        change: () => ({ body: other }),
        refusal: badDigest,
        needs: 'checksumSha256Enforced',
      },
      {
        title: 'one byte more',
        change: () => ({ body: Buffer.concat([file.body, Buffer.from('x')]) }),
        refusal: badSignature,
      },
      {
        title: 'another content type',
        change: () => ({ headers: { 'content-type': 'text/html' } }),
        refusal: badSignature,
      },
      {
        title: 'another checksum',
        change: () => ({ headers: { 'x-amz-checksum-sha256': sha256(other) } }),
        refusal: badSignature,
      },
      {
        title: "a copy of somebody else's file",
        change: () => ({ headers: { 'x-amz-copy-source': `/${bucket}/${secret.file_key}` } }),
        refusal: denied,
        needs: 'unsignedCopySourceStopped',
      },
    ];
    let bucket: string;

    /** What the storage answers to the attack is what is known of it. */
    async function attackWith(attack: Attack): Promise<UploadUrl> {
      const begun = await begin();
      bucket = bucketOf(begun);
      const { status, code } = await put(begun, attack.change());
      expect({ status, code }).toEqual(isStopped(attack) ? attack.refusal : { status: 200 });
      return begun;
    }

    describe.each(attacks)('given $title', (attack) => {
      test('makes no asset of it', async () => {
        const begun = await attackWith(attack);
        const code = isStopped(attack) ? 'object_missing' : 'checksum_mismatch';
        await expect(complete(begun)).rejects.toMatchObject({ code });
        await expect(person.client.assets.get(begun.asset_id)).rejects.toMatchObject({ code: 'not_found' });
      });

      test('still takes its own file', async () => {
        const begun = await attackWith(attack);
        expect((await put(begun)).status).toBe(200);
        await expectUnchanged(await complete(begun));
      });
    });

    test('refuses another path, such as the final key of an asset that is there', async () => {
      const first = await begin();
      await put(first);
      const asset = await complete(first);
      const begun = await begin();
      expect(await put(begun, { path: `/${bucketOf(begun)}/${asset.file_key}` })).toEqual(badSignature);
      await expectUnchanged(asset);
    });

    test('replayed after completion changes nothing, with its own file or with another', async () => {
      const begun = await begin();
      await put(begun);
      const asset = await complete(begun);
      await put(begun, { body: other });
      await expectUnchanged(asset);
      expect((await put(begun)).status).toBe(200);
      await expectUnchanged(asset);
      expect((await complete(begun)).id).toBe(asset.id);
      await expectUnchanged(asset);
    });

    test('refuses everything after its end, and the upload has expired', async () => {
      const begun = await begin();
      await sleep((URL_LIFE_SECONDS + 1) * 1000);
      expect(await put(begun)).toEqual(denied);
      await expect(complete(begun)).rejects.toMatchObject({ code: 'upload_expired' });
    });

    test('that has ended leaves its asset as it was', async () => {
      const begun = await begin();
      await put(begun);
      const asset = await complete(begun);
      await sleep((URL_LIFE_SECONDS + 1) * 1000);
      expect((await put(begun, { body: other })).status).toBe(403);
      await expectUnchanged(asset);
    });
  },
  { UPLOAD_EXPIRY_MINUTES: String(URL_LIFE_SECONDS / 60) },
);
