import { configuredStorage } from '../support/object-stores';
import { describeObjectStore } from './object-store-contract';

const storage = configuredStorage();

if (storage) describeObjectStore(storage);
else
  it.todo(
    'a storage of your own: set S3_CONTRACT_ENDPOINT, _BUCKET, _ACCESS_KEY_ID and _SECRET_ACCESS_KEY (see README.md)',
  );
