import {
  choice,
  flag,
  integer,
  section,
  shares,
  training,
  verdicts,
} from "../../src/lab.ts";

// You will train a model from scratch on this machine: a *transformer* of two
// layers, each with a step of *attention*, in which a token takes in what stands
// before it (see prompting/next-token). Its 143,680 *parameters*, the numbers that
// training sets, start out random, and it ends by answering the way a rater
// prefers. There are four stages:
//
// 1. *Pre-training*: the model learns to predict the next token of a lot of text.
//
// 2. *Supervised fine-tuning*: it learns from examples of questions with answers. Of
// an example, only the answer's tokens count in the loss.
//
// 3. *Ratings*: a rater says which of two of its answers is better.
//
// 4. *RLHF*, reinforcement learning from human feedback: answers like the preferred
// ones become likelier.
const lab = section({
  title: "Train a model, from random numbers to RLHF",
  kits: [training],
  short: { steps: 150 },
  params: {
    train: flag({
      default: true,
      help: "whether to train; it takes a minute or so",
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

// Watch the *loss*: the mean of -ln p, where p is the probability that the model
// gave the token which really came next. That is the *cross-entropy*: 0 would be
// certain and right each time. The samples show what the model makes of one
// question: before the first step, after 10, 30 and 100 steps, and whenever its
// words change later. The tables measure questions whose answers were in no
// example. Ctrl-C keeps what was reached; the next run continues from there. See
// `llm-lab help loss`.
const stages = lab.step<{ asksOn: number; answers: number }>(
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
    await tell({ asksOn: base.asksOn, answers: base.answers });
  },
);

const SKIPPED = "because of train=no; set train=yes to see it happen";

export default lab.steps(
  stages
    .predict({
      question:
        "Before it is tuned, what will the model mostly write after a question?",
      choices: ["an answer", "more questions", "something else"],
      judge: ({ facts: { asksOn, answers } }) => {
        if (asksOn > 0.5) return "more questions";
        return answers > 0.5 ? "an answer" : "something else";
      },
      why: ({ facts: { asksOn, answers } }) =>
        `It wrote a question after ${Math.round(100 * asksOn)} % of them, and an answer after ${Math.round(100 * answers)} %. A quarter of its text is lists of questions; in only 6 % are they answered, and marked Q: and A:.`,
    })
    .expect("before it is tuned, the model asks on", "more questions"),
);
