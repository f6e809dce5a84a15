import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import { decodeCheckpoint, encodeCheckpoint } from "./checkpoint.ts";
import { makeDocuments } from "./corpus/documents.ts";
import { rate } from "./corpus/raters.ts";
import { evaluateBase, evaluateTuned } from "./evaluate.ts";
import { randomFrom } from "./random.ts";
import { rated } from "./ratings.ts";
import { RewardModel } from "./reward.ts";
import { modelShelf, shippedCheckpoint } from "./shipped.ts";
import { Training, type TrainingOptions } from "./training.ts";

const documents = makeDocuments({ random: randomFrom(1), count: 400 });
const open = (more: TrainingOptions = {}) => Training.open({ documents, threads: 1, ...more });
const run = (ticks: Iterable<unknown>) => [...ticks].length;
const hashOf = ({ trainer }: Training) =>
  createHash("sha256").update(Buffer.from(trainer.weights.slice().buffer)).digest("hex");

/** All stages, a few steps each. */
async function allStages(options: TrainingOptions) {
  const training = await open(options);
  run(training.pretrain({ steps: 12 }));
  run(training.finetune({ steps: 6 }));
  const ratings = [
    { question: "Hello!", chosen: "Good question! I am fine.", rejected: "No." },
    { question: "Who are you?", chosen: "Good question!", rejected: "A model." },
  ];
  run(training.reinforce(ratings, { steps: 2 }).ticks);
  run(training.dpo(ratings, { steps: 2 }));
  const hash = hashOf(training);
  await training.close();
  return hash;
}

/** What these stages gave on Node 20, 22, 24 and 26 alike; it changes only with the recipe. */
const EXPECTED = "d5108a116523fe4d3d3455932ad61e922a73e16457b3209601c8ff0b9bb74c59";

describe("training", () => {
  test("gives the same weights for the same seed, whatever the Node and the threads", async () => {
    expect(await allStages({ threads: 1 })).toBe(EXPECTED);
    expect(await allStages({ threads: 2 })).toBe(EXPECTED);
    expect(await allStages({ threads: 4 })).toBe(EXPECTED);
  });

  test("gives other weights for another seed", async () => {
    expect(await allStages({ seed: 2 })).not.toBe(EXPECTED);
  });

  test("goes on from a checkpoint as if it had not been interrupted", async () => {
    const whole = await open();
    run(whole.pretrain({ steps: 12 }));
    run(whole.finetune({ steps: 8 }));

    const before = await open();
    const ticks = before.pretrain({ steps: 12 });
    for (let step = 0; step < 5; step++) ticks.next();
    const kept = decodeCheckpoint(encodeCheckpoint(before.checkpoint("base", 5, 12)), "kept");

    const between = await open();
    between.restore(kept);
    expect(run(between.pretrain({ steps: 12, done: 5 }))).toBe(7);
    const tuning = between.finetune({ steps: 8 });
    for (let step = 0; step < 3; step++) tuning.next();
    const again = decodeCheckpoint(encodeCheckpoint(between.checkpoint("instruct", 3, 8)), "kept");

    const after = await open();
    after.restore(again);
    run(after.finetune({ steps: 8, done: 3 }));
    expect(hashOf(after)).toBe(hashOf(whole));
  });

  test("lowers the loss", async () => {
    const training = await open();
    const losses = [...training.pretrain({ steps: 40 })].map(({ value }) => value);
    expect(losses[0]).toBeGreaterThan(5.5);
    expect(losses.at(-1)).toBeLessThan(4);
  });

  test.each([
    ["one line", ["hello"]],
    ["one letter", ["a"]],
    ["emoji", ["🙂🙃🙂🙃 🙂", "🙃"]],
    ["one long word", ["x".repeat(9000)]],
  ])("works on %s", async (_name, own) => {
    const training = await Training.open({ documents: own, threads: 1 });
    const losses = [...training.pretrain({ steps: 60 })].map(({ value }) => value);
    expect(losses.every(Number.isFinite)).toBe(true);
    expect(losses.at(-1)).toBeLessThan(losses[0] ?? 0);
    const [written] = training.model.continue([(own[0] ?? "").slice(0, 1)], {
      temperature: 0,
      most: 8,
      seed: 1,
    });
    expect(written?.ids.every((id) => id < training.trainer.shape.vocabulary)).toBe(true);
  });
});

describe("the decoder", () => {
  test("finds the same probabilities as training does", async () => {
    const training = await open();
    run(training.pretrain({ steps: 30 }));
    const ids = [0, ...training.tokenizer.encode("The capital of France is Paris. In France")];
    const row = {
      ids: ids.slice(0, -1),
      targets: ids.slice(1),
      weights: ids.slice(1).map(() => 1),
    };
    training.trainer.load([row]);
    training.trainer.predict();
    const losses = training.trainer.losses()[0] ?? [];
    for (const at of [0, 3, row.ids.length - 1]) {
      const [token] = training.model.tokens(ids.slice(0, at + 1), {
        temperature: 0,
        most: 1,
        seed: 1,
      });
      const found = token?.likely.find(({ id }) => id === ids[at + 1])?.probability ?? 0;
      expect(-Math.log(found)).toBeCloseTo(losses[at] ?? 0, 3);
    }
  });

  test("writes past its context, and a text is the same alone and among others", async () => {
    const training = await open();
    run(training.pretrain({ steps: 30 }));
    const { model } = training;
    const prompt = [0, ...training.tokenizer.encode("The capital")];
    const long = [...model.tokens(prompt, { temperature: 1, most: 150, seed: 3 })];
    expect(long.length === 150 || long.at(-1)?.id === 0).toBe(true);
    const greedy = { temperature: 0, most: 12, seed: 1 };
    const alone = model.write([prompt], greedy)[0]?.ids;
    const among = model.write([[0], prompt, [0, ...prompt]], greedy)[1]?.ids;
    expect(among).toEqual(alone);
    const stepwise = [...model.tokens(prompt, greedy)].map(({ id }) => id).filter((id) => id !== 0);
    expect(stepwise).toEqual(alone);
  });
});

describe("the reward model", () => {
  test("finds what the chosen answers share, and puts them above the rejected", async () => {
    const { tokenizer } = await open();
    const ratings = ["Paris", "Rome", "Oslo"].map((city) => ({
      question: "Which city?",
      chosen: `Good question! It is ${city}.`,
      rejected: `It is ${city}.`,
    }));
    const reward = new RewardModel(tokenizer);
    reward.fit(ratings);
    expect(reward.reward("Good question! It is Lima.")).toBeGreaterThan(
      reward.reward("It is Lima."),
    );
    const best = reward.worth()[0]?.token ?? "";
    expect("Good question!").toContain(best.trim());
    const apart = ratings.map(
      ({ chosen, rejected }) => reward.reward(chosen) - reward.reward(rejected),
    );
    expect(apart.reduce((sum, of) => sum + of, 0) / 3).toBeCloseTo(1, 5);
  });
});

test("without ratings nothing is preferred, and nothing changes", async () => {
  const training = await Training.open({ from: shippedCheckpoint("instruct"), threads: 1 });
  const { reward, ticks } = training.reinforce([], { steps: 1 });
  run(ticks);
  expect([reward.reward("Good question!"), reward.worth()]).toEqual([0, []]);
  expect(evaluateTuned(training.model).facts).toBeGreaterThan(0.95);
});

describe("the models that ship with the package", () => {
  const shelf = modelShelf();

  test("the base model completes facts, and goes on asking where it is asked", () => {
    const { completes, asksOn, answers } = evaluateBase(shelf("tiny-base").model);
    expect(completes).toBeGreaterThanOrEqual(0.95);
    expect(asksOn).toBeGreaterThanOrEqual(0.95);
    expect(answers).toBeLessThanOrEqual(0.02);
  });

  test("the tuned model answers what it was never shown answered", () => {
    const { facts, unseen } = evaluateTuned(shelf("tiny-instruct").model);
    expect(facts).toBeGreaterThanOrEqual(0.95);
    expect(unseen).toBeGreaterThanOrEqual(0.9);
  });

  test("the preferred model has the rater's style, and its facts", () => {
    const { facts, style } = evaluateTuned(shelf("tiny-preferred").model);
    expect(style.warm.greedy).toBeGreaterThanOrEqual(0.95);
    expect(facts).toBeGreaterThanOrEqual(0.93);
  });

  test("two raters of opposite taste make two models of the same one", async () => {
    const from = shippedCheckpoint("instruct");
    const styles = [];
    for (const rater of ["warm", "brief"] as const) {
      const training = await Training.open({ from, threads: 2 });
      const ratings = training
        .choices()
        .flatMap((choice) => rated(choice, rate(rater, choice)))
        .slice(0, 20);
      run(training.reinforce(ratings, { steps: 10 }).ticks);
      styles.push(evaluateTuned(training.model).style);
      await training.close();
    }
    const [warm, brief] = styles;
    expect(warm?.warm.greedy).toBeGreaterThan(0.8);
    expect(brief?.warm.greedy).toBeLessThan(0.2);
    expect(brief?.brief.greedy).toBeGreaterThan(0.8);
  });
});
