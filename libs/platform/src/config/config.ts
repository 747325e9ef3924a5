import { readAccounts, type AccountsConfig } from './accounts-config';
import { readAudit, type AuditConfig } from './audit-config';
import { readImports, type ImportConfig } from './import-config';
import { embeddedVariables, readEmbedded, type EmbeddedConfig } from './embedded-config';
import { SECTIONS } from './describe-configuration';
import { Environment } from './environment';
import { httpVariables, readHttp, type HttpConfig } from './http-config';
import { readMail, type MailConfig } from './mail-config';
import { readOidc, type OidcConfig } from './oidc-config';
import { readProduct, productVariables, type ProductConfig } from './product-config';
import { checkForProduction } from './production-checks';
import {
  readCredentials,
  readStorage,
  readUploadCredentials,
  type CredentialsConfig,
  type StorageConfig,
} from './storage-config';

/** What docs/CONFIGURATION.md says of each variable, once parsed. */
export interface Config extends EmbeddedConfig, ProductConfig {
  http: HttpConfig;
  rateLimitPerMinute: number;
  /** Where calls are counted; null: the database. */
  redisUrl: string | null;
  database: {
    /** Null: the embedded database. */
    url: string | null;
    /** Of whom the tables are; null: `url` is their owner too. */
    ownerUrl: string | null;
  };
  accounts: AccountsConfig;
  mail: MailConfig;
  audit: AuditConfig;
  imports: ImportConfig;
  /** Null: only this server's own tokens open it. */
  oidc: OidcConfig | null;
  /** Null: the embedded storage. */
  storage: StorageConfig | null;
  /** Null: the AWS SDK's provider chain. */
  credentials: CredentialsConfig | null;
  /** Null: `credentials` sign for clients too. */
  uploadCredentials: CredentialsConfig | null;
}

/** Its message lists every fault, a line each, with what to do. */
export class ConfigError extends Error {
  constructor(readonly faults: readonly string[]) {
    super(`The configuration cannot be used:\n${faults.map((fault) => `  ${fault}`).join('\n')}`);
    this.name = 'ConfigError';
  }
}

/** Called once, at start. Throws `ConfigError` with all faults at once. */
export function loadConfig(variables: NodeJS.ProcessEnv): Config {
  const environment = new Environment(variables);
  const http = readHttp(environment);
  const embedded = !environment.isSet(embeddedVariables.databaseUrl);
  const mail = readMail(environment, { publicUrl: http.publicUrl, embedded });
  const config: Config = {
    http,
    ...readEmbedded(environment, http.port),
    ...readProduct(environment),
    rateLimitPerMinute: environment.withDefault(httpVariables.rateLimitPerMinute),
    redisUrl: environment.optional(httpVariables.redisUrl) ?? null,
    database: {
      url: environment.optional(embeddedVariables.databaseUrl) ?? null,
      ownerUrl: environment.optional(embeddedVariables.databaseOwnerUrl) ?? null,
    },
    accounts: readAccounts(environment, mail),
    mail,
    audit: readAudit(environment),
    imports: readImports(environment),
    oidc: readOidc(environment),
    storage: readStorage(environment),
    credentials: readCredentials(environment),
    uploadCredentials: readUploadCredentials(environment),
  };
  if (config.database.url === null && config.database.ownerUrl !== null) {
    environment.fault(embeddedVariables.databaseOwnerUrl, 'means nothing without DATABASE_URL; set both');
  }
  if (environment.withDefault(productVariables.nodeEnv) === 'production') {
    const declared = SECTIONS.flatMap(([, section]) => Object.values(section));
    checkForProduction(environment, http, declared);
  }
  if (environment.faults.length > 0) throw new ConfigError(environment.faults);
  return config;
}
