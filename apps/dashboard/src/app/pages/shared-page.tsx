import { useDocumentTitle } from '@mantine/hooks';
import { SharedFiles } from '../../features/sharing/shared-files';
import { BackLink } from '../../ui/back-link';
import { PageHead } from '../../ui/page-head';

export function SharedPage() {
  useDocumentTitle('Shared with me · Slipway');
  return (
    <>
      <PageHead title="Shared with me" above={<BackLink href="#/">All projects</BackLink>} />
      <SharedFiles />
    </>
  );
}
