/** Who is calling, and where from. The first argument of every use case. */
export interface Principal {
  kind: 'user' | 'system';
  /** User id; `system` for jobs. */
  id: string;
  ip: string | null;
  userAgent: string | null;
  requestId: string | null;
}

/** The server itself, acting in a job on nobody's request. */
export const systemPrincipal = (requestId: string | null = null): Principal => ({
  kind: 'system',
  id: 'system',
  ip: null,
  userAgent: null,
  requestId,
});
