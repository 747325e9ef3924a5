import { setTimeout as sleep } from 'node:timers/promises';
import type { Asset } from '@slipway/sdk';
import type { Person } from '../support/acceptance-stage';
import { describeProduct } from '../support/describe-product';
import { sendCephEventsTo } from '../support/rgw-events';
import { pngFile, sha256, type TestFile } from '../support/test-files';

const SECRET = 'a secret between storage and API';
const PATIENCE_MS = 15_000;

describeProduct(
  'a browser that dies after it has sent its file',
  (stage) => {
    let person: Person;
    let file: TestFile;

    beforeAll(async () => {
      person = await stage.newPerson();
      file = await pngFile();
      const url = `${stage.url}/api/storage-events?token=${encodeURIComponent(SECRET)}`;
      if (stage.storage) await sendCephEventsTo(url, stage.storage);
    });

    async function send() {
      const begun = await person.client.assets.getUploadUrl({
        project_id: person.projectId,
        file_name: file.name,
        file_size: file.body.length,
        content_type: file.contentType,
        checksum_sha256: sha256(file.body),
      });
      const { upload_url: url, headers } = begun;
      const response = await fetch(String(url), { method: 'PUT', headers, body: file.body });
      expect(response.status).toBe(200);
      return begun;
    }

    async function appeared(id: string): Promise<Asset> {
      const deadline = Date.now() + PATIENCE_MS;
      for (;;) {
        const asset = await person.client.assets.get(id).catch(() => null);
        if (asset) return asset;
        if (Date.now() > deadline) throw new Error('No asset was made of what the storage has');
        await sleep(50);
      }
    }

    test('has its asset all the same, at once, because the storage tells of the file', async () => {
      const { asset_id: id } = await send();
      expect(await appeared(id)).toMatchObject({ name: file.name, file_size: file.body.length });
    });

    test('or calls in the same moment has one asset, by the name that it gave', async () => {
      const { asset_id: id, file_key } = await send();
      await person.client.assets.createAsset({
        name: 'Harbour at dusk',
        project_id: person.projectId,
        file_key,
        file_size: file.body.length,
        content_type: file.contentType,
      });
      expect(await appeared(id)).toMatchObject({ name: 'Harbour at dusk' });
      const { data } = await person.client.assets.list({ project_id: person.projectId });
      expect(data.filter((asset) => asset.id === id)).toHaveLength(1);
    });

    test('leaves the secret of the storage in no log', () => {
      expect(stage.process.output).toContain('/api/storage-events');
      expect(stage.process.output).not.toContain(SECRET);
      expect(stage.process.output).not.toContain('token=');
    });
  },
  { STORAGE_EVENTS_SECRET: SECRET },
);
