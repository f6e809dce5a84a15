import {
  choice,
  flag,
  integer,
  section,
  shares,
  training,
  verdicts,
} from "../../src/lab.ts";

// From nothing to a model that answers as somebody likes it, here, on this
// machine: a *transformer* with two layers and 143,680 numbers, which start out
// random. Four stages:
//
// 1. *Pre-training*: predict the next token of a lot of text. A base model.
//
// 2. *Supervised fine-tuning*: examples of questions with answers. An
// instruction-tuned model.
//
// 3. *Ratings*: somebody says which of two of its answers is better: more
// helpful, more honest, less harmful.
//
// 4. *RLHF*, reinforcement learning from human feedback: what the rater liked is
// made likelier.
const lab = section({
  title: "From noise to a model that pleases",
  kits: [training],
  params: {
    train: flag({
      default: true,
      help: "whether to train; it takes half a minute",
    }),
    steps: integer({
      default: 1800,
      min: 10,
      max: 20000,
      help: "steps of pre-training",
    }),
    seed: integer({
      default: 1,
      min: 0,
      max: 100000,
      help: "what chance starts from",
    }),
    rater: choice({
      default: "warm",
      choices: ["warm", "brief"],
      help: "what the rater likes",
    }),
  },
});

// Watch the loss: how surprised the model is by the next token. Now and
// then you see what it makes of a question at that moment. All figures of the table
// are measured on questions that were held out: their answers stood in no
// example. `Ctrl-C` keeps what was reached; the next run goes on from there.
const stages = lab.step<{ asksOn: number }>(
  "Four stages",
  async ({ train, params, show, table, tell }) => {
    if (!params.train) return show("Not trained", SKIPPED);
    const model = await train({ seed: params.seed, resume: true });

    await model.pretrain({ steps: params.steps });
    const base = model.continues();

    await model.finetune();
    const instruct = model.answers();

    const ratings = verdicts(model.choices(), params.rater);
    await model.reinforce(ratings);
    const preferred = model.answers();

    await table("Base model", ...shares({ base }));
    await table("Tuned", ...shares({ instruct, preferred }));
    await tell({ asksOn: base.asksOn });
  },
);

const SKIPPED = "because of train=no; set train=yes to see it happen";

export default lab.steps(
  stages.predict({
    question:
      "What will the base model do with questions, before it is tuned?",
    choices: ["answer them", "ask more"],
    judge: ({ facts }) => (facts.asksOn > 0.5 ? "ask more" : "answer them"),
  }),
);
