import type { CallOptions, Connection } from './connection.js';
import type { CreateProjectInput, Page, PageRequest, Project } from './wire.js';

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
    return this.#connection.request(`/projects/${encodeURIComponent(projectId)}`, options);
  }
}
