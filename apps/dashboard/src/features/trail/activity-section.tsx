import { ExportButtons } from '../../ui/export-buttons';
import { Section } from '../../ui/section';
import { usePeople } from '../../ui/use-people';
import { Activity, type NameOf } from './activity';

interface ActivitySectionProps {
  project: { id: string; name: string };
  nameOf: NameOf;
}

export function ActivitySection({ project, nameOf }: ActivitySectionProps) {
  const { audit } = usePeople();
  return (
    <Section
      title="Activity"
      text="Who did what, newest first. It is sealed: nobody can change or remove an entry unnoticed."
      actions={
        <ExportButtons
          fileName={`${project.name} activity`}
          fetchFile={(format) => audit.export(project.id, { format })}
        />
      }
    >
      <Activity of={{ projectId: project.id }} nameOf={nameOf} />
    </Section>
  );
}
