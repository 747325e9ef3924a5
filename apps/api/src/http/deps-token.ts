import { Inject } from '@nestjs/common';

const DEPS = Symbol('deps');
const ACCESS_TOKENS = Symbol('access tokens');

/** The outside world that use cases are given, made once in start-api.ts. */
export const InjectDeps = () => Inject(DEPS);
export const InjectAccessTokens = () => Inject(ACCESS_TOKENS);

export const tokens = { DEPS, ACCESS_TOKENS } as const;
