import { decodeJwt, decodeProtectedHeader, type JWTPayload, SignJWT } from 'jose';
import { type HttpWorld, JWT_SECRET_OF_TESTS } from '../../support/http-world';
import type { Caller } from './callers';
import { newApiKey } from './new-api-key';
import { type People, PEOPLE, type Person, type Scene } from './scene';

export type Tokens = Record<Person, string>;

/** An access token of each, by the password every test account has. */
export async function signIn(people: People, http: HttpWorld): Promise<Tokens> {
  const tokens: Partial<Tokens> = {};
  for (const person of PEOPLE) {
    tokens[person] = await http.signInAs(people[person]);
  }
  return tokens as Tokens;
}

/** The same token, as good as it was, but over for a minute. */
function expire(token: string): Promise<string> {
  const payload: JWTPayload = { ...decodeJwt(token), exp: Math.floor(Date.now() / 1000) - 60 };
  const { alg = 'HS256', ...header } = decodeProtectedHeader(token);
  return new SignJWT(payload)
    .setProtectedHeader({ ...header, alg })
    .sign(new TextEncoder().encode(JWT_SECRET_OF_TESTS));
}

/** The project that a key is for; null for one that is for all. */
async function boundTo(
  { bound }: { bound?: 'here' | 'elsewhere' },
  { people, project, world }: Scene,
): Promise<string | null> {
  if (bound === undefined) return null;
  return bound === 'here' ? project.id : (await world.newProject(people.owner)).id;
}

const bearer = (token: string): Record<string, string> => ({ authorization: `Bearer ${token}` });

export async function credentialHeaders(
  { credential, person }: Caller,
  scene: Scene,
  tokens: Tokens,
): Promise<Record<string, string>> {
  switch (credential.kind) {
    case 'none':
      return {};
    case 'share link token':
      return bearer('k3vQx8ZfW2mNn0aP7rTbYcLd');
    case 'token':
      return bearer(tokens[person as Person]);
    case 'expired token':
      return bearer(await expire(tokens[person as Person]));
    case 'key': {
      const { text } = await newApiKey(scene.people[person as Person], scene.world, {
        ...credential,
        projectId: await boundTo(credential, scene),
      });
      return { 'x-api-key': text };
    }
  }
}
