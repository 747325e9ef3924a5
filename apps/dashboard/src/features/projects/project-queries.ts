import type { Client, Project } from '@slipway/sdk';
import { useSlipwayClient } from '@slipway/sdk/react';
import { skipToken, useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';

const PROJECTS = ['projects'] as const;
const LIST = [...PROJECTS, 'list'];
const one = (projectId: string) => [...PROJECTS, 'one', projectId];

export function useProjects() {
  const { projects } = useSlipwayClient();
  return useInfiniteQuery({
    queryKey: LIST,
    queryFn: ({ pageParam, signal }) =>
      projects.list({ limit: 48, ...(pageParam && { cursor: pageParam }) }, { signal }),
    initialPageParam: '',
    getNextPageParam: (page) => page.next_cursor,
  });
}

/** Null on pages without a project. */
export function useProject(projectId: string | null) {
  const { projects } = useSlipwayClient();
  return useQuery({
    queryKey: one(projectId ?? ''),
    queryFn: projectId === null ? skipToken : ({ signal }) => projects.get(projectId, { signal }),
  });
}

/** A change of one project that answers what it is now. */
export function useProjectChange<Input>(
  change: (projects: Client['projects'], input: Input) => Promise<Project>,
) {
  const { projects } = useSlipwayClient();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (input: Input) => change(projects, input),
    onSuccess: (project: Project) => {
      queries.setQueryData(one(project.id), project);
      return queries.invalidateQueries({ queryKey: LIST });
    },
  });
}

export const useCreateProject = () => useProjectChange((projects, name: string) => projects.create({ name }));
