import { newId } from '@slipway/core/shared/ids';
import { declaredRoutes } from '../../support/declared-routes';
import { describeHttp } from '../../support/describe-http';
import type { Answer } from '../../support/http-world';
import { statementsOf } from '../../support/count-statements';
import { storageForTests } from '../../support/storage-for-tests';
import { CASES, type Case } from '../matrix/cases';
import { signIn, type Tokens } from '../matrix/credentials';
import { newPeople, newScene, type People, type Scene } from '../matrix/scene';
import { callCase } from '../matrix/call-case';
import { expectRefusal } from './refusal';

/** The same scene, as somebody imagines it who has never seen one. */
const imagined = (scene: Scene): Scene => ({
  ...scene,
  eventId: newId('AUD'),
  shareId: newId('SHR'),
  project: Object.assign({}, scene.project, { id: newId('PRJ') }),
  asset: Object.assign({}, scene.asset, { id: newId('AST'), privateRef: 'f'.repeat(32) }),
  upload: Object.assign({}, scene.upload, {
    assetId: newId('AST'),
    projectId: newId('PRJ'),
    fileKey: `projects/${newId('PRJ')}/assets/${newId('AST')}/photo.png`,
  }),
});

const VARYING = /"(request_id|instance|id|ref)":"[^"]*"/g;

/** An answer without what differs from call to call anyway. */
const told = ({ status, text, headers }: Answer): unknown => ({
  status,
  text: text.replace(VARYING, ''),
  type: headers['content-type'],
});

const aboutOthers = Object.entries(CASES).filter(([, one]) => one.about !== 'nothing');

describeHttp(
  'the id of what is another’s',
  (stage) => {
    let people: People;
    let tokens: Tokens;

    beforeAll(async () => {
      people = await newPeople(stage.world);
      tokens = await signIn(people, stage.http);
    });

    async function ask(
      name: string,
      one: Case,
      scene: Scene,
    ): Promise<{ answer: Answer; statements: string[] }> {
      const route = declaredRoutes(stage.http.app).find((declared) => declared.name === name);
      if (!route) throw new Error(`There is no route ${name}`);
      const headers = { authorization: `Bearer ${tokens.stranger}` };
      let answer: Answer | undefined;
      const statements = await statementsOf(stage.world.deps.db, async () => {
        answer = await callCase(stage.http, route, { one, scene, headers });
        // What is denied goes on record beside the answer.
        await stage.world.deps.audit.drain();
      });
      return { answer: answer as Answer, statements };
    }

    test.each(aboutOthers)('%s: is answered, and looked for, like one that never was', async (name, one) => {
      const scene = await newScene(stage.world, people, people.owner);
      scene.made = (await one.before?.(scene)) ?? {};
      const foreign = await ask(name, one, scene);
      const unknown = await ask(name, one, imagined(scene));
      expect(told(foreign.answer)).toEqual(told(unknown.answer));
      expect(foreign.statements).not.toEqual([]);
      expect(foreign.statements).toEqual(unknown.statements);
      if (one.outcome === undefined) expectRefusal(foreign.answer, 404, 'not_found');
    });
  },
  storageForTests().slice(0, 1),
);
