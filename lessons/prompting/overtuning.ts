import {
  flag,
  integer,
  section,
  shares,
  training,
  verdicts,
} from "../../src/lab.ts";

// Training can be overdone, or done with too little care. Here you see it happen to
// the tiny model, in seconds. Large models have the same troubles.
const lab = section({
  title: "When training is overdone",
  kits: [training],
  params: {
    train: flag({ default: true, help: "whether to train" }),
    steps: integer({
      default: 45,
      min: 5,
      max: 400,
      help: "steps of hard tuning by ratings; 25 gentle ones are enough",
    }),
    pretraining: integer({
      default: 900,
      min: 100,
      max: 5000,
      help: "steps for the model that reads each fact in one phrasing",
    }),
    examples: integer({
      default: 40,
      min: 8,
      max: 1000,
      help: "examples that are learnt again and again",
    }),
    rounds: integer({
      default: 160,
      min: 16,
      max: 1000,
      help: "steps of learning them",
    }),
  },
});

// The reward is only a guess at what the rater wants, learnt from twenty ratings, so
// a model can find answers that fool it. The *KL term* takes reward away for every
// step away from the old model; it is a *Kullback-Leibler divergence*, a measure of
// how far apart the probabilities of two models are. Two ways of tuning, a gentle
// one and a hard one, are tried with the term and without it; nothing else changes.
// The hard one takes more and larger steps, and has no text of pre-training in its
// batches (`replayed: 0`). See `llm-lab help rlhf`.
const noTerm = lab.step<Kept>(
  "Hard tuning with the KL term and without",
  async ({ train, params, show, table, tell }) => {
    if (!params.train) return show("Not tuned", SKIPPED);
    const model = await train({ from: "instruct" });
    const ratings = verdicts(model.choices(), "warm");
    model.save("instruct");
    const before = model.answers();
    const tuned = async (how: object) => {
      model.back("instruct");
      await model.reinforce(ratings, how);
      return model.answers();
    };
    const hard = { steps: params.steps, rate: 1e-3, replayed: 0 };
    const reports = {
      before,
      gentle: await tuned({}),
      "gentle, no KL": await tuned({ kl: 0 }),
      hard: await tuned(hard),
      "hard, no KL": await tuned({ ...hard, kl: 0 }),
    };
    await table("Facts and style", ...shares(reports));
    const { hard: held, "hard, no KL": free } = reports;
    await tell({ held: held.facts, free: free.facts });
  },
);

type Kept = { held: number; free: number };

// *DPO*, direct preference optimisation, needs no reward model: it raises the chosen
// answer above the rejected one directly. It is tried with small steps, with a
// learning rate ten times as high, and then also without *replay*, the text of
// pre-training in each batch. Look at the style and at the facts. See
// `llm-lab help dpo`.
const dpo = lab.step(
  "DPO, with and without replay",
  async ({ train, params, show, table }) => {
    if (!params.train) return show("Not tuned", SKIPPED);
    const model = await train({ from: "instruct" });
    const ratings = verdicts(model.choices(), "warm");
    const before = model.answers();
    model.save("instruct");

    await model.dpo(ratings);
    const gently = model.answers();

    model.back("instruct");
    await model.dpo(ratings, { rate: 1e-3 });
    const fast = model.answers();

    model.back("instruct");
    await model.dpo(ratings, { rate: 1e-3, replayed: 0 });
    const noReplay = model.answers();

    const reports = { before, gently, fast, "fast, no replay": noReplay };
    await table("Style and facts", ...shares(reports));
  },
);

// *Replay* means that each batch of fine-tuning also holds some text of
// pre-training. Without it, the model learns to answer and may forget facts that it
// could have answered with: *catastrophic forgetting*. The facts below were in no
// tuning example. See `llm-lab help catastrophic-forgetting`.
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

// This model reads each fact in one form only: "Paris is the capital of France." It
// can complete "Paris is the capital of" but not "The capital of France is": it
// learnt the fact in one direction only, which is called the *reversal curse*. To be
// found from both sides, a fact must appear in both forms.
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

// A model *overfits* when it learns its examples by heart and gets worse on others.
// So part of the data is kept out of training and only measured: the *validation
// loss*. Here the base model is tuned on a few examples, again and again. The table
// shows the loss on these, and on examples about other facts. See
// `llm-lab help overfitting`.
const heart = lab.step<Overfit>(
  "Learnt by heart",
  async ({ train, params, show, plot, table, tell }) => {
    if (!params.train) return show("Not tuned", SKIPPED);
    const model = await train({ from: "base" });
    const { examples: count, rounds: steps } = params;
    const losses = await model.memorise({ count, steps });

    const rows = losses.map(({ step, training, validation }) => [
      step,
      training.toFixed(2),
      validation.toFixed(2),
    ]);
    await table("Loss", ["step", "training", "validation"], rows);
    await plot("From the second row on", { x: "steps", y: "loss" }, [
      curveOf(losses, "training"),
      curveOf(losses, "validation"),
    ]);
    await tell(overfit(losses));
  },
);

type Losses = { step: number; training: number; validation: number }[];
type Overfit = {
  step: number;
  lowest: number;
  last: number;
  training: number;
};

const curveOf = (losses: Losses, name: "training" | "validation") => ({
  name,
  points: losses.slice(1).map((one) => one[name]),
  xs: losses.slice(1).map(({ step }) => step),
});

/** Whether a loss is at its end about where it was lowest. */
const fell = (lowest: number, last: number) => last < lowest * 1.02;

/** Where the validation loss is lowest, and both losses at the end. */
function overfit(losses: Losses): Overfit {
  const lowest = Math.min(...losses.map(({ validation }) => validation));
  const { step = 0 } = losses.find((one) => one.validation === lowest) ?? {};
  const { validation: last = 0, training = 0 } = losses.at(-1) ?? {};
  return { step, lowest, last, training };
}

const SKIPPED = "because of train=no; set train=yes to see it happen";

/** Whether the first of two models answers more facts: "61 %", "40 %". */
const keepsMore = ([, replay = "", none = ""]: string[]) =>
  Number.parseFloat(replay) > Number.parseFloat(none);

const isOneWay = ([read = [], other = []]: string[][]) =>
  (read[1]?.includes("France") ?? false) && !other[1]?.includes("Paris");

export default lab.steps(
  noTerm
    .slowly()
    .predict({
      question:
        "Hard tuning, once with the KL term and once without: which keeps more facts?",
      choices: ["with the term", "without it", "about the same"],
      judge: ({ facts: { held, free } }) => {
        if (Math.abs(held - free) < 0.1) return "about the same";
        return held > free ? "with the term" : "without it";
      },
      why: ({ facts: { held, free } }) =>
        `Facts kept: ${Math.round(100 * held)} % with the term, ${Math.round(100 * free)} % without. See in the table how much the gentle recipe needs the term, and how much the hard one.`,
    })
    .expect("the KL term keeps the facts", "with the term"),
  dpo.slowly(),
  forgets
    .slowly()
    .expect("replay keeps facts that tuning alone forgets", ({ tables }) =>
      keepsMore(tables[0]?.rows[0] ?? []),
    ),
  heart
    .predict({
      question:
        "While the loss on the examples falls, what will the validation loss do?",
      choices: ["fall to the end", "fall, then rise", "only rise"],
      judge: ({ facts: { step, lowest, last } }) => {
        if (fell(lowest, last)) return "fall to the end";
        return step === 0 ? "only rise" : "fall, then rise";
      },
      why: ({ facts: { step, lowest, last, training } }) =>
        `It is lowest after ${step} steps (${lowest.toFixed(2)}) and ${last.toFixed(2)} at the end, when the examples themselves are at ${training.toFixed(2)}. ${fell(lowest, last) ? "It has not overfitted yet: more steps or fewer examples would show it." : "The model goes on learning these answers by heart, and gets worse on others."} Stop where the validation loss is lowest (*early stopping*), or take more examples.`,
    })
    .expect("the validation loss falls, then rises", "fall, then rise"),
  reversed
    .slowly()
    .briefly()
    .expect(
      "the fact is found from the side that was read, not from the other",
      ({ tables }) => isOneWay(tables[0]?.rows ?? []),
    ),
);
