import { Inject } from '@nestjs/common';

const DEPS = Symbol('deps');
const ACCESS_TOKENS = Symbol('access tokens');
const STORAGE_EVENTS = Symbol('storage events');
const METRICS_TOKEN = Symbol('metrics token');

/** The outside world that use cases are given, made once in start-api.ts. */
export const InjectDeps = () => Inject(DEPS);
export const InjectAccessTokens = () => Inject(ACCESS_TOKENS);

export const InjectStorageEvents = () => Inject(STORAGE_EVENTS);

/** Null where metrics are shown to nobody. */
export const InjectMetricsToken = () => Inject(METRICS_TOKEN);

export const tokens = { DEPS, ACCESS_TOKENS, STORAGE_EVENTS, METRICS_TOKEN } as const;
