import { S3Error } from '../errors/s3-error';
import { branch, leaf, xmlDocument } from '../xml/build-xml';
import type { XmlElement } from '../xml/xml-element';
import type { CorsConfiguration, CorsRule } from './cors-rules';

const METHODS = new Set(['GET', 'PUT', 'HEAD', 'POST', 'DELETE']);
const MAX_RULES = 100;

/** Throws MalformedXML or InvalidRequest. */
export function parseCorsXml(root: XmlElement): CorsConfiguration {
  const rules = root.children('CORSRule').map(parseRule);
  if (rules.length === 0 || rules.length > MAX_RULES) throw new S3Error('MalformedXML');
  return { rules };
}

function parseRule(element: XmlElement): CorsRule {
  const texts = (name: string): string[] => element.children(name).map((child) => child.asText().trim());
  const id = element.text('ID');
  const maxAge = element.integer('MaxAgeSeconds', 0);
  const rule: CorsRule = {
    ...(id !== undefined && { id }),
    allowedOrigins: texts('AllowedOrigin'),
    allowedMethods: texts('AllowedMethod'),
    allowedHeaders: texts('AllowedHeader'),
    exposedHeaders: texts('ExposeHeader'),
    ...(maxAge !== undefined && { maxAge }),
  };
  checkRule(rule);
  return rule;
}

function checkRule({ allowedOrigins, allowedMethods, allowedHeaders }: CorsRule): void {
  if (allowedOrigins.length === 0 || allowedMethods.length === 0) throw new S3Error('MalformedXML');
  const method = allowedMethods.find((name) => !METHODS.has(name));
  if (method !== undefined) {
    throw new S3Error('InvalidRequest', {
      message: `Found unsupported HTTP method in CORS config. Unsupported method is ${method}`,
    });
  }
  const pattern = [...allowedOrigins, ...allowedHeaders].find((text) => text.split('*').length > 2);
  if (pattern !== undefined) {
    throw new S3Error('InvalidRequest', { message: `"${pattern}" can not have more than one wildcard.` });
  }
}

export const corsDocument = ({ rules }: CorsConfiguration): string =>
  xmlDocument('CORSConfiguration', ...rules.map(ruleElement));

const ruleElement = (rule: CorsRule): string =>
  branch(
    'CORSRule',
    rule.id === undefined ? '' : leaf('ID', rule.id),
    ...rule.allowedOrigins.map((origin) => leaf('AllowedOrigin', origin)),
    ...rule.allowedMethods.map((method) => leaf('AllowedMethod', method)),
    ...rule.allowedHeaders.map((header) => leaf('AllowedHeader', header)),
    ...rule.exposedHeaders.map((header) => leaf('ExposeHeader', header)),
    rule.maxAge === undefined ? '' : leaf('MaxAgeSeconds', rule.maxAge),
  );
