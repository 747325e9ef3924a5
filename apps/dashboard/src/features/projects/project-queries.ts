import type { Project } from '@slipway/sdk';
import { useSlipwayClient } from '@slipway/sdk/react';
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';

const PROJECTS = ['projects'] as const;

export function useProjects() {
  const { projects } = useSlipwayClient();
  return useInfiniteQuery({
    queryKey: [...PROJECTS, 'list'],
    queryFn: ({ pageParam, signal }) =>
      projects.list({ limit: 48, ...(pageParam && { cursor: pageParam }) }, { signal }),
    initialPageParam: '',
    getNextPageParam: (page) => page.next_cursor,
  });
}

export function useProject(projectId: string) {
  const { projects } = useSlipwayClient();
  return useQuery({
    queryKey: [...PROJECTS, 'one', projectId],
    queryFn: ({ signal }) => projects.get(projectId, { signal }),
  });
}

export function useCreateProject() {
  const { projects } = useSlipwayClient();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (name: string) => projects.create({ name }),
    onSuccess: (project: Project) => {
      queries.setQueryData([...PROJECTS, 'one', project.id], project);
      return queries.invalidateQueries({ queryKey: [...PROJECTS, 'list'] });
    },
  });
}
