import { type DeclaredRoute, declaredRoutes } from '../../support/declared-routes';
import { describeHttp } from '../../support/describe-http';
import type { Answer } from '../../support/http-world';
import { storageForTests } from '../../support/storage-for-tests';
import { callCase } from './call-case';
import { type Caller, CALLERS, type Expected, expected } from './callers';
import { type Case, CASES } from './cases';
import { credentialHeaders, signIn, type Tokens } from './credentials';
import { newPeople, newScene, suspend, type People } from './scene';

type RightRoute = DeclaredRoute & { access: Exclude<DeclaredRoute['access'], 'public' | undefined> };

const isAboutRight = (route: DeclaredRoute): route is RightRoute =>
  route.access !== undefined && route.access !== 'public';

const STATUS: Record<Exclude<Expected, 'allowed'>, number> = {
  unauthenticated: 401,
  forbidden: 403,
  not_found: 404,
};

/** What came out, in the words of the expectation. */
function outcomeOf(answer: Answer, one: Case): string {
  const { status, code } = one.outcome?.(answer) ?? {
    status: answer.status,
    code: answer.body['code'] as string,
  };
  if (status < 400 || one.letInWith?.includes(String(code))) return 'allowed';
  const known = Object.entries(STATUS).some(([name, wanted]) => name === code && status === wanted);
  return known ? String(code) : `${status} ${String(code)} ${answer.text.slice(0, 300)}`;
}

// What a storage does is beside the point here.
describeHttp(
  'every route × every kind of caller',
  (stage) => {
    let people: People;
    let routes: RightRoute[];
    let tokens: Tokens;

    beforeAll(async () => {
      people = await newPeople(stage.world);
      tokens = await signIn(people, stage.http);
      await suspend(stage.world, people);
      routes = declaredRoutes(stage.http.app).filter(isAboutRight);
    });

    async function play(route: RightRoute, one: Case, caller: Caller): Promise<string> {
      const principal = caller.person === null ? null : people[caller.person];
      const scene = await newScene(stage.world, people, principal);
      scene.made = (await one.before?.(scene)) ?? {};
      const headers = await credentialHeaders(caller, scene, tokens);
      return outcomeOf(await callCase(stage.http, route, { one, scene, headers }), one);
    }

    test('each declared route has its case here, and each case its route', () => {
      const names = routes.map(({ name }) => name);
      expect(Object.keys(CASES).sort()).toEqual([...new Set(names)].sort());
    });

    test.each(Object.keys(CASES))('%s', async (name) => {
      const one = CASES[name] as Case;
      const found: Record<string, string> = {};
      const wanted: Record<string, string> = {};
      for (const route of routes.filter((declared) => declared.name === name)) {
        for (const caller of CALLERS) {
          const call = `${route.method} ${route.path} by ${caller.name}`;
          wanted[call] = expected(route.access, one, caller);
          found[call] = await play(route, one, caller);
        }
      }
      expect(found).toEqual(wanted);
    });
  },
  storageForTests().slice(0, 1),
);
