import { Inject } from '@nestjs/common';

const DEPS = Symbol('deps');
const SESSION_DOOR = Symbol('session door');
const STORAGE_EVENTS = Symbol('storage events');
const METRICS_TOKEN = Symbol('metrics token');

/** The outside world that use cases are given, made once in start-api.ts. */
export const InjectDeps = () => Inject(DEPS);
export const InjectSessionDoor = () => Inject(SESSION_DOOR);

export const InjectStorageEvents = () => Inject(STORAGE_EVENTS);

/** Null where metrics are shown to nobody. */
export const InjectMetricsToken = () => Inject(METRICS_TOKEN);

export const tokens = { DEPS, SESSION_DOOR, STORAGE_EVENTS, METRICS_TOKEN } as const;
