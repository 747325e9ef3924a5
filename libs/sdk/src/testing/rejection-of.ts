/** What a promise rejects with; fails when it does not. */
export async function rejectionOf(promise: PromiseLike<unknown>): Promise<unknown> {
  let value: unknown;
  try {
    value = await promise;
  } catch (error) {
    return error;
  }
  throw new Error(`It resolved with ${JSON.stringify(value)}.`);
}
