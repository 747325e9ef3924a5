import type { S3Response } from './s3-response';

/** Reads the first bytes of the answer: an object that cannot be read is refused properly, not with half an answer. */
export async function primeStream(response: S3Response): Promise<S3Response> {
  const { stream, ...rest } = response;
  if (!stream) return response;
  try {
    const first = await stream.next();
    return first.done ? rest : { ...rest, stream: rejoin(first.value, stream) };
  } catch (error) {
    await response.release?.();
    throw error;
  }
}

async function* rejoin(first: Buffer, others: AsyncGenerator<Buffer>): AsyncGenerator<Buffer> {
  yield first;
  yield* others;
}
