import {
  flag,
  integer,
  section,
  shares,
  training,
  verdicts,
} from "../../src/lab.ts";

// Each stage can be overdone, or done with too little care. All of these happen
// to large models too; here you see each in seconds.
const lab = section({
  title: "What goes wrong",
  kits: [training],
  params: {
    train: flag({ default: true, help: "whether to train" }),
    steps: integer({
      default: 45,
      min: 5,
      max: 400,
      help: "steps of preference tuning, where 25 are enough",
    }),
    pretraining: integer({
      default: 900,
      min: 100,
      max: 5000,
      help: "steps for the model that reads each fact in one phrasing",
    }),
  },
});

// No *KL term*: nothing holds the model near what it was. The reward is only a
// guess at what the rater wants, learnt from twenty ratings, and the model finds
// out what fools it. The reward rises; the answers are ruined.
const noTerm = lab.step<{ before: number; after: number }>(
  "Too much of a good thing",
  async ({ train, complete, params, show, table, tell }) => {
    if (!params.train) return show("Not tuned", SKIPPED);
    const model = await train({ from: "instruct" });
    const before = model.answers();
    const ratings = verdicts(model.choices(), "warm");

    const hard = { steps: params.steps, kl: 0, replayed: 0, rate: 1e-3 };
    await model.reinforce(ratings, hard);
    const after = model.answers();

    const llm = complete({ model: model.save("fooled"), maxTokens: 24 });
    await show(QUESTION, (await llm.invoke(QUESTION)).trim());
    await table("Before and after", ...shares({ before, after }));
    await tell({ before: before.facts, after: after.facts });
  },
);

// *DPO*, direct preference optimisation, skips the reward model: it raises the
// chosen answer above the rejected one directly. Gently it does what RLHF does.
// With ten times the learning rate it wins the style and loses the facts.
const dpo = lab.step(
  "DPO, gently and hard",
  async ({ train, params, show, table }) => {
    if (!params.train) return show("Not tuned", SKIPPED);
    const model = await train({ from: "instruct" });
    const ratings = verdicts(model.choices(), "warm");
    const before = model.answers();
    model.save("instruct");

    await model.dpo(ratings);
    const gently = model.answers();

    model.back("instruct");
    await model.dpo(ratings, { steps: 80, rate: 1e-3, replayed: 0 });
    const hard = model.answers();

    await table("Style and facts", ...shares({ before, gently, hard }));
  },
);

// Fine-tuning without *replay*: every batch is examples, none is text of
// pre-training. The model learns to answer, and forgets what it could have
// answered with: *catastrophic forgetting*. Held-out facts show it.
const forgets = lab.step(
  "Forgetting",
  async ({ train, params, show, table }) => {
    if (!params.train) return show("Not tuned", SKIPPED);
    const model = await train({ from: "base" });
    model.save("base");
    await model.finetune({ replayed: 4 });
    const replay = model.answers();

    model.back("base");
    await model.finetune({ replayed: 0 });
    const none = model.answers();

    await table("Fine-tuned", ...shares({ replay, none }));
  },
);

// A text that states each fact in one phrasing only: "Paris is the capital of
// France." The model learns it, but only that way round. Asked from the other
// side it does not know it: the *reversal curse*. Facts must be read in several
// forms to be known in any.
const reversed = lab.step(
  "One phrasing a fact",
  async ({ train, complete, params, show, table }) => {
    if (!params.train) return show("Not trained", SKIPPED);
    const model = await train({ phrasings: 1 });
    await model.pretrain({ steps: params.pretraining });
    const base = model.continues();

    const llm = complete({ model: model.save("once"), maxTokens: 10 });
    const rows = [];
    for (const start of [
      "Paris is the capital of",
      "The capital of France is",
    ]) {
      rows.push([start, await llm.invoke(start)]);
    }
    await table("The same fact, from both sides", ["text", "goes on"], rows);
    await table("Facts", ...shares({ base }));
  },
);

const QUESTION = "Which language do people speak in Japan?";
const SKIPPED = "because of train=no; set train=yes to see it happen";

export default lab.steps(
  noTerm.predict({
    question:
      "Nearly twice the steps, larger ones, and nothing to hold it. What becomes of the facts?",
    choices: ["they stay", "they suffer"],
    judge: ({ facts: { before, after } }) =>
      after < before - 0.1 ? "they suffer" : "they stay",
    why: "Only the reward was asked for, and facts are not in it.",
  }),
  dpo,
  forgets,
  reversed.briefly(),
);
