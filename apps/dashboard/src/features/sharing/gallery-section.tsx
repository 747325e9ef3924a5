import { Button, Group, Skeleton, Stack, TextInput } from '@mantine/core';
import type { Gallery } from '@slipway/sdk/people';
import { IconExternalLink } from '@tabler/icons-react';
import { CopyIcon } from '../../ui/copy-icon';
import { describeError } from '../../ui/describe-error';
import { FormFault } from '../../ui/form-fault';
import { faultsOfFields } from '../../ui/form-faults';
import { tellFailed } from '../../ui/notify';
import { Section } from '../../ui/section';
import { useForm } from '../../ui/use-form';
import { useGallery, useGalleryChange } from './share-queries';

function OpenForm({ projectId }: { projectId: string }) {
  const { open } = useGalleryChange(projectId);
  const form = useForm({
    initial: { slug: '' },
    names: { slug: 'The address' },
    check: ({ slug }) =>
      faultsOfFields({
        slug: !/^[a-z0-9-]{3,60}$/.test(slug.trim()) && 'Use 3 to 60 small letters, digits and hyphens.',
      }),
    send: ({ slug }) => open.mutateAsync(slug.trim()),
  });
  return (
    <form onSubmit={form.onSubmit} noValidate>
      <Stack gap="sm">
        <FormFault text={form.fault} />
        <Group align="flex-start" gap="sm">
          <TextInput
            label="Its address ends with"
            placeholder="harbour-survey"
            style={{ flex: '1 1 220px' }}
            {...form.field('slug')}
          />
          <Button type="submit" size="md" mt={{ base: 0, xs: 25 }} variant="light" loading={form.sending}>
            Open gallery
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function OpenGallery({ projectId, gallery }: { projectId: string; gallery: Gallery }) {
  const { close } = useGalleryChange(projectId);
  return (
    <Group gap="sm" justify="space-between">
      <Group gap={6} style={{ minWidth: 0 }}>
        <a href={gallery.url} target="_blank" rel="noopener noreferrer" style={{ overflowWrap: 'anywhere' }}>
          {gallery.url} <IconExternalLink size={14} aria-hidden="true" />
        </a>
        <CopyIcon label="Copy the gallery's address" text={gallery.url} />
      </Group>
      <Button
        variant="light"
        color="keel"
        size="sm"
        loading={close.isPending}
        onClick={() => close.mutate(undefined, { onError: tellFailed('The gallery stays open') })}
      >
        Close gallery
      </Button>
    </Group>
  );
}

/** A page for everybody with the files that are public. */
export function GallerySection({ projectId }: { projectId: string }) {
  const { data, error, isPending } = useGallery(projectId);
  return (
    <Section
      title="Public gallery"
      text="A page that everybody can open, with those files of the project that are marked as public."
    >
      {isPending && <Skeleton height={42} />}
      {data && <OpenGallery projectId={projectId} gallery={data} />}
      {data === null && <OpenForm projectId={projectId} />}
      {error && <FormFault text={describeError(error)} />}
    </Section>
  );
}
