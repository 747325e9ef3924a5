// One way of sending a large file, the same in a page and in Node, so that what is measured differs in nothing else.

const LANES = 4;

/** PUTs of the parts and nothing else: what any client could do at best. */
async function sendBare(file, parts) {
  const waiting = parts.values();
  const lane = async () => {
    for (const { url, headers, start, end } of waiting) {
      const response = await fetch(url, { method: 'PUT', headers, body: file.slice(start, end) });
      if (!response.ok) throw new Error(`${response.status} ${await response.text()}`);
      await response.arrayBuffer();
    }
  };
  await Promise.all(Array.from({ length: LANES }, lane));
}

/** The file without the cost of hashing: its parts are read from memory, and their sums known beforehand. */
function withKnownSums(file, sums) {
  const zeros = new ArrayBuffer(Math.max(...Object.keys(sums).map(Number)));
  const slice = file.slice.bind(file);
  file.slice = (...range) => {
    const part = slice(...range);
    part.arrayBuffer = async () => (part.size === zeros.byteLength ? zeros : zeros.slice(0, part.size));
    return part;
  };
  const digest = async (_algorithm, data) => sums[data.byteLength];
  return { file, digest };
}

async function sendBySdk(createClient, file, { apiUrl, token, projectId, knownSums }) {
  const known = knownSums ? withKnownSums(file, knownSums) : { file };
  const client = createClient({
    baseUrl: `${apiUrl}/api`,
    getToken: () => token,
    resumeStore: false,
    ...known,
  });
  const startedAt = performance.now();
  let firstByteMs;
  const handle = client.uploadFile({
    projectId,
    file: known.file,
    fileName: 'large.bin',
    contentType: 'application/octet-stream',
  });
  handle.subscribe(() => {
    if (handle.progress.loaded > 0) firstByteMs ??= performance.now() - startedAt;
  });
  const { file_key: fileKey } = await handle;
  return { firstByteMs, fileKey };
}

/** Sends `file` as `job` says; answers how long it took, in seconds. */
export async function sendLargeFile(createClient, file, job) {
  const startedAt = performance.now();
  const told = job.bareParts ? await sendBare(file, job.bareParts) : await sendBySdk(createClient, file, job);
  return { ...told, seconds: (performance.now() - startedAt) / 1000 };
}
