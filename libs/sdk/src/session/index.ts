export { sessionTokens, type SessionTokens, type SessionTokensOptions } from './session-tokens.js';
export type { OnSessionEnd, SessionState } from './session-state.js';
