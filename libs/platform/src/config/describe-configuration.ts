import { accountsVariables } from './accounts-config';
import { auditVariables } from './audit-config';
import { embeddedVariables } from './embedded-config';
import type { Variable } from './environment';
import { importVariables } from './import-config';
import { httpVariables } from './http-config';
import { mailVariables } from './mail-config';
import { oidcVariables } from './oidc-config';
import { productVariables } from './product-config';
import { storageVariables } from './storage-config';

export const SECTIONS: readonly [string, Record<string, Variable>][] = [
  ['Where it listens, and for whom', httpVariables],
  ['The database and the embedded parts', embeddedVariables],
  ['The storage', storageVariables],
  ['Uploads, URLs and the rest', productVariables],
  ['Accounts', accountsVariables],
  ['Mail', mailVariables],
  ['An outside issuer of tokens', oidcVariables],
  ['The audit trail', auditVariables],
  ['Imports', importVariables],
];

const INTRODUCTION = `# Configuration

Environment variables, read once at start. Every fault is reported at once, by name. Unset, or set to nothing, means the default.
This page is generated from the declarations in \`libs/platform/src/config\`; refresh it with \`npm run config:docs\`.
`;

function row(variable: Variable): string {
  const names = [variable.name, ...(variable.alias === undefined ? [] : [variable.alias])];
  const cells = [
    names.map((name) => `\`${name}\``).join(' or '),
    'default' in variable ? `\`${variable.default}\`` : variable.unset,
    variable.format.expected,
    variable.doc,
  ];
  return `| ${cells.join(' | ')} |`;
}

/** The text of docs/CONFIGURATION.md. */
export function describeConfiguration(): string {
  const sections = SECTIONS.map(([title, variables]) =>
    [
      `\n## ${title}\n`,
      '| variable | default | format | meaning |',
      '|---|---|---|---|',
      ...Object.values(variables).map(row),
      '',
    ].join('\n'),
  );
  return INTRODUCTION + sections.join('');
}
