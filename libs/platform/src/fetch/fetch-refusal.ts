/**
 * - `not_allowed`: the address, or one that it leads to, is not one that may be fetched.
 * - `unreachable`: nothing that may be asked answers there. Says no more: whoever names addresses to learn what is in
 *   this network gets the same for a host that is not there, is there and refuses, or is ours.
 * - `bad_answer`: it answered, but not with a file.
 * - `too_large`, `too_slow`: more bytes or more time than allowed.
 */
export type FetchFailure = 'not_allowed' | 'unreachable' | 'bad_answer' | 'too_large' | 'too_slow';

/** The message is a sentence for the person who asked, and names no address. */
export class FetchRefusal extends Error {
  constructor(
    readonly failure: FetchFailure,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = 'FetchRefusal';
  }
}

export const unreachable = (cause: unknown): FetchRefusal =>
  new FetchRefusal('unreachable', 'Nothing answers at this address.', { cause });
