import { ApiError, type Problem } from '../errors/api-error.js';
import { retryAfterMs } from './retry-after.js';

/** Any refusal as an `ApiError`: also a proxy's HTML page, which has no code of ours. */
export async function readProblem(response: Response): Promise<ApiError> {
  const problem = asProblem(await response.text());
  return new ApiError(response.status, problem, {
    retryAfterMs: retryAfterMs(response.headers.get('retry-after')),
  });
}

function asProblem(text: string): Problem {
  try {
    const body: unknown = JSON.parse(text);
    return typeof body === 'object' && body !== null ? (body as Problem) : {};
  } catch {
    return {};
  }
}
