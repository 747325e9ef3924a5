import { decodeUriComponent, encodeUriComponent } from './uri-encoding';

/** The query of a URL, decoded; names may repeat. */
export class Query {
  readonly pairs: readonly (readonly [name: string, value: string])[];

  constructor(raw: string) {
    this.pairs = raw
      .split('&')
      .filter((pair) => pair !== '')
      .map((pair) => {
        const equals = pair.indexOf('=');
        const name = equals === -1 ? pair : pair.slice(0, equals);
        return [decodeFormValue(name), equals === -1 ? '' : decodeFormValue(pair.slice(equals + 1))];
      });
  }

  get(name: string): string | undefined {
    return this.pairs.find(([candidate]) => candidate === name)?.[1];
  }

  has(name: string): boolean {
    return this.get(name) !== undefined;
  }

  /** Encoded and in byte order, as it is signed. */
  canonical(options: { without?: string } = {}): string {
    return this.pairs
      .filter(([name]) => name !== options.without)
      .map(([name, value]) => `${encodeUriComponent(name)}=${encodeUriComponent(value)}`)
      .sort(byNameThenValue)
      .join('&');
  }
}

const decodeFormValue = (text: string): string => decodeUriComponent(text.replaceAll('+', '%20'));

/** By the encoded name first: `a-b=` would come before `a=` if whole pairs were compared. */
function byNameThenValue(left: string, right: string): number {
  const [leftName = '', leftValue = ''] = left.split('=');
  const [rightName = '', rightValue = ''] = right.split('=');
  if (leftName !== rightName) return leftName < rightName ? -1 : 1;
  if (leftValue === rightValue) return 0;
  return leftValue < rightValue ? -1 : 1;
}
