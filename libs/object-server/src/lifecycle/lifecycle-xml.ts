import { S3Error } from '../errors/s3-error';
import { branch, leaf, xmlDocument } from '../xml/build-xml';
import type { XmlElement } from '../xml/xml-element';
import type { LifecycleConfiguration, LifecycleRule } from './lifecycle-rules';

const MAX_RULES = 1000;
const KNOWN_ELEMENTS = new Set([
  'ID',
  'Status',
  'Prefix',
  'Filter',
  'Expiration',
  'AbortIncompleteMultipartUpload',
]);

/**
 * Throws MalformedXML, InvalidArgument, or NotImplemented for what would be stored and never done: transitions, versions,
 * filters by tag or size.
 */
export function parseLifecycleXml(root: XmlElement): LifecycleConfiguration {
  const rules = root.children('Rule').map(parseRule);
  if (rules.length === 0 || rules.length > MAX_RULES) throw new S3Error('MalformedXML');
  return { rules };
}

function parseRule(element: XmlElement): LifecycleRule {
  refuseOthers(element, KNOWN_ELEMENTS);
  const status = element.requireText('Status').trim();
  if (status !== 'Enabled' && status !== 'Disabled') throw new S3Error('MalformedXML');
  const expiration = element.child('Expiration');
  if (expiration) refuseOthers(expiration, new Set(['Days', 'Date']));
  const id = element.text('ID');
  const expirationDays = expiration?.integer('Days', 1);
  const expirationDate = parseDate(expiration?.text('Date'));
  const abortUploadDays = element.child('AbortIncompleteMultipartUpload')?.integer('DaysAfterInitiation', 1);
  if (expirationDays === undefined && expirationDate === undefined && abortUploadDays === undefined) {
    throw new S3Error('InvalidRequest', { message: 'At least one action needs to be specified in a rule' });
  }
  return {
    ...(id !== undefined && { id }),
    isEnabled: status === 'Enabled',
    prefix: parsePrefix(element),
    ...(expirationDays !== undefined && { expirationDays }),
    ...(expirationDate !== undefined && { expirationDate }),
    ...(abortUploadDays !== undefined && { abortUploadDays }),
  };
}

function parsePrefix(rule: XmlElement): string {
  const filter = rule.child('Filter');
  if (filter) refuseOthers(filter, new Set(['Prefix']));
  return filter?.text('Prefix') ?? rule.text('Prefix') ?? '';
}

function parseDate(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const date = Date.parse(text.trim());
  if (!Number.isNaN(date) && date % 86_400_000 === 0) return date;
  throw new S3Error('InvalidArgument', { message: "'Date' must be at midnight GMT" });
}

function refuseOthers(element: XmlElement, known: ReadonlySet<string>): void {
  const unknown = element.childNames().find((name) => !known.has(name));
  if (unknown === undefined) return;
  throw new S3Error('NotImplemented', {
    message: `This server does not carry out ${unknown} in a lifecycle rule.`,
  });
}

export const lifecycleDocument = ({ rules }: LifecycleConfiguration): string =>
  xmlDocument('LifecycleConfiguration', ...rules.map(ruleElement));

function ruleElement(rule: LifecycleRule): string {
  const { expirationDays, expirationDate, abortUploadDays } = rule;
  const expiration = [
    expirationDays === undefined ? '' : leaf('Days', expirationDays),
    expirationDate === undefined ? '' : leaf('Date', new Date(expirationDate).toISOString()),
  ].join('');
  return branch(
    'Rule',
    rule.id === undefined ? '' : leaf('ID', rule.id),
    branch('Filter', leaf('Prefix', rule.prefix)),
    leaf('Status', rule.isEnabled ? 'Enabled' : 'Disabled'),
    expiration === '' ? '' : branch('Expiration', expiration),
    abortUploadDays === undefined
      ? ''
      : branch('AbortIncompleteMultipartUpload', leaf('DaysAfterInitiation', abortUploadDays)),
  );
}
