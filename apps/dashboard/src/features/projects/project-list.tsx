import { Button, Center, Skeleton } from '@mantine/core';
import { IconSailboat } from '@tabler/icons-react';
import { ErrorNote } from '../../ui/error-note';
import { Notice } from '../../ui/notice';
import { ProjectCard } from './project-card';
import { useProjects } from './project-queries';
import classes from './projects.module.css';

function ProjectListSkeleton() {
  return (
    <div className={classes.grid} aria-hidden="true">
      {['a', 'b', 'c', 'd'].map((place) => (
        <Skeleton key={place} height={178} radius={16} />
      ))}
    </div>
  );
}

interface ProjectListProps {
  hrefOf: (projectId: string) => string;
  onCreate: () => void;
}

export function ProjectList({ hrefOf, onCreate }: ProjectListProps) {
  const projects = useProjects();
  if (projects.isPending) return <ProjectListSkeleton />;
  if (!projects.data) {
    const retry = () => void projects.refetch();
    return <ErrorNote title="Your projects could not be loaded" error={projects.error} onRetry={retry} />;
  }
  const all = projects.data.pages.flatMap((page) => page.data);
  if (all.length === 0) {
    const text = 'A project is a place for files that belong together. Create one, then drop files on it.';
    const action = <Button onClick={onCreate}>Create your first project</Button>;
    return (
      <Notice
        icon={<IconSailboat size={40} stroke={1.3} />}
        title="No projects yet"
        text={text}
        action={action}
      />
    );
  }
  return (
    <>
      <ul className={classes.grid} aria-label="Projects">
        {all.map((project) => (
          <ProjectCard key={project.id} project={project} href={hrefOf(project.id)} />
        ))}
      </ul>
      {projects.hasNextPage && (
        <Center mt="xl">
          <Button
            variant="default"
            loading={projects.isFetchingNextPage}
            onClick={() => void projects.fetchNextPage()}
          >
            Show more projects
          </Button>
        </Center>
      )}
    </>
  );
}
