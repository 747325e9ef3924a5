import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

/** Reads are many and seldom asked about; what changes something or goes wrong is. */
function levelOf(request: FastifyRequest, reply: FastifyReply): 'debug' | 'info' {
  const quiet = (request.method === 'GET' || request.method === 'OPTIONS') && reply.statusCode < 400;
  return quiet ? 'debug' : 'info';
}

/** One line a call, when it is answered. Without the query: it may hold what should not be in a log. */
export function logRequests(fastify: FastifyInstance): void {
  fastify.addHook('onResponse', async (request, reply) => {
    request.log[levelOf(request, reply)](
      {
        method: request.method,
        path: request.url.split('?', 1)[0],
        status: reply.statusCode,
        ms: Math.round(reply.elapsedTime),
        user: request.principal?.id,
      },
      'answered',
    );
  });
}
