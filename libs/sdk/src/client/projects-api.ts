import type { ApiCall, CallOptions, Connection } from './connection.js';
import type { CreateProjectInput, Page, PageRequest, Project, UpdateProjectInput } from './wire.js';

const at = (projectId: string): string => `/projects/${encodeURIComponent(projectId)}`;

/** `/projects`, bodies as the API has them. */
export class ProjectsAPI {
  readonly #connection: Connection;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  create(input: CreateProjectInput, options?: CallOptions): Promise<Project> {
    return this.#connection.request('/projects', { ...options, method: 'POST', body: input });
  }

  /** The caller's projects, newest first. */
  list(page?: PageRequest, options?: CallOptions): Promise<Page<Project>> {
    return this.#connection.request('/projects', { ...options, query: page });
  }

  get(projectId: string, options?: CallOptions): Promise<Project> {
    return this.#connection.request(at(projectId), options);
  }

  /** Only what is given changes. */
  update(projectId: string, input: UpdateProjectInput, options?: CallOptions): Promise<Project> {
    return this.#connection.request(at(projectId), { ...options, method: 'PATCH', body: input });
  }

  /** Nothing in it changes any more until `unarchive`: `project_archived`. */
  archive(projectId: string, options?: CallOptions): Promise<Project> {
    return this.#tell(projectId, 'archive', options);
  }

  unarchive(projectId: string, options?: CallOptions): Promise<Project> {
    return this.#tell(projectId, 'unarchive', options);
  }

  /** To a member, who pays for it from then on. Rejects with `quota_exceeded`. */
  transfer(projectId: string, userId: string, options?: CallOptions): Promise<Project> {
    return this.#tell(projectId, 'transfer', { ...options, body: { user_id: userId } });
  }

  #tell(projectId: string, verb: string, call?: ApiCall): Promise<Project> {
    return this.#connection.request(`${at(projectId)}/${verb}`, { ...call, method: 'POST' });
  }
}
