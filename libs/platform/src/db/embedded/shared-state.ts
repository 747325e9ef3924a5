/** Where root keeps what another account must reach while its own folders are closed. Only root can write there. */
export const SHARED_STATE = '/var/lib/slipway';
