import {
  array,
  assert,
  asyncProperty,
  boolean,
  constantFrom,
  integer,
  nat,
  oneof,
  option,
  record,
  toStringMethod,
  tuple,
} from 'fast-check';
import { describeCore } from '../../support/describe-core';
import { cutAboveFiveMiB } from '../../support/part-steps';
import { type Act, type Kind, UploadModel } from './upload-model';

/** As many points as the longest of the acts has, and some more. */
const LAST_POINT = 40;
const UPLOADS = 4;

type Tracked = UploadModel['uploads'][number];

/** Told by its name when it is part of a story that fails. */
class Step {
  constructor(
    private readonly name: string,
    readonly run: (model: UploadModel) => Promise<void>,
  ) {}

  [toStringMethod](): string {
    return this.name;
  }
}

const onUpload = (
  name: string,
  index: number,
  run: (model: UploadModel, tracked: Tracked) => Promise<void>,
): Step =>
  new Step(`${name} #${index}`, async (model) => {
    const tracked = model.uploads[index % Math.max(model.uploads.length, 1)];
    if (tracked) await run(model, tracked);
  });

const anIndex = nat({ max: UPLOADS });

const begin = constantFrom<Kind>('single', 'parts').map(
  (kind) => new Step(`begin ${kind}`, (model) => model.begin(kind)),
);

const send = tuple(anIndex, boolean()).map(([index, half]) =>
  onUpload(half ? 'send half' : 'send', index, (model, tracked) => model.send(tracked, half)),
);

const smuggle = anIndex.map((index) =>
  onUpload('smuggle', index, (model, tracked) => model.smuggle(tracked)),
);

const remove = anIndex.map((index) => onUpload('delete', index, (model, tracked) => model.delete(tracked)));

const anAct = record({
  act: constantFrom<Act>('complete', 'cancel', 'event', 'expire'),
  dieAt: option(integer({ min: 1, max: LAST_POINT })),
});

const act = tuple(anIndex, array(anAct, { minLength: 1, maxLength: 3 })).map(([index, acts]) =>
  onUpload(JSON.stringify(acts), index, (model, tracked) => model.act(tracked, acts)),
);

const aStep = oneof(
  { weight: 2, arbitrary: begin },
  { weight: 4, arbitrary: send },
  { weight: 6, arbitrary: act },
  { weight: 1, arbitrary: smuggle },
  { weight: 1, arbitrary: remove },
);

describeCore('whatever is done to uploads, in any order, with processes that die at any point,', (stage) => {
  cutAboveFiveMiB(stage);

  test('assets, bytes, ledger and bucket agree', async () => {
    const told = assert(
      asyncProperty(begin, array(aStep, { minLength: 5, maxLength: 20 }), async (first, steps) => {
        stage.project = await stage.world.newProject(stage.user);
        const model = new UploadModel(stage);
        for (const step of [first, ...steps]) await step.run(model);
        await model.settle();
      }),
      { numRuns: 15, endOnFailure: true, includeErrorInReport: true },
    );
    await expect(told).resolves.toBeUndefined();
  }, 240_000);
});
