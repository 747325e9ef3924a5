import { Button, Group } from '@mantine/core';
import type { AuditExportFormat } from '@slipway/sdk/people';
import { IconDownload } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { tellFailed } from './notify';
import { saveFile } from './save-file';

const TYPES: Record<AuditExportFormat, string> = { csv: 'text/csv', ndjson: 'application/x-ndjson' };

interface ExportButtonsProps {
  /** Without its extension. */
  fileName: string;
  fetchFile: (format: AuditExportFormat) => Promise<ArrayBuffer>;
}

export function ExportButtons({ fileName, fetchFile }: ExportButtonsProps) {
  const save = useMutation({
    mutationFn: async (format: AuditExportFormat) =>
      saveFile(`${fileName}.${format}`, await fetchFile(format), TYPES[format]),
    onError: tellFailed('Nothing was exported'),
  });
  return (
    <Group gap="xs">
      {(['csv', 'ndjson'] as const).map((format) => (
        <Button
          key={format}
          variant="default"
          size="xs"
          leftSection={<IconDownload size={15} />}
          loading={save.isPending && save.variables === format}
          onClick={() => save.mutate(format)}
        >
          {format === 'csv' ? 'Export CSV' : 'Export NDJSON'}
        </Button>
      ))}
    </Group>
  );
}
