import {
  choice,
  flag,
  integer,
  number,
  section,
  shares,
  training,
  verdictOf,
  verdicts,
} from "../../src/lab.ts";

// Examples can show a model *that* it should answer. They can hardly show which
// of two good answers people like better. So one asks people. What they are
// usually asked for is that an answer be *helpful* (it does what was wanted),
// *honest* (it is true) and *harmless* (it hurts nobody).
const lab = section({
  title: "You rate, the model follows",
  kits: [training],
  params: {
    train: flag({ default: true, help: "whether to tune the model" }),
    pairs: integer({
      default: 8,
      min: 2,
      max: 24,
      help: "pairs of answers to rate",
    }),
    rater: choice({
      default: "warm",
      choices: ["warm", "brief"],
      help: "who rates where you do not",
    }),
    kl: number({
      default: 0.1,
      min: 0,
      max: 2,
      help: "how much going away from the old model costs",
    }),
  },
});

// Each pair is two answers that the tuned model really gave. Take the one that
// you find better; where nobody answers, the rater of the param does. Ratings
// become a *reward model*: what each token of an answer is worth. Then the model
// answers, is rewarded, and what was rewarded becomes likelier.
const rates = lab.step(
  "Your ratings",
  async ({ train, params, choose, show, bars, table }) => {
    if (!params.train) return show("Not tuned", SKIPPED);
    const model = await train({ from: "instruct" });
    const ratings = [];
    for (const pair of model.choices().slice(0, params.pairs)) {
      await show(pair.question, `A  ${pair.a}\nB  ${pair.b}`);
      const said = await choose("Which is better?", ["A", "B", "the same"]);
      ratings.push(...verdictOf(pair, said, params.rater));
    }
    const before = model.answers();
    const worth = await model.reinforce(ratings, { kl: params.kl });
    const after = model.answers();

    await bars("What the reward model likes best", top(worth));
    await table("Before and after", ...shares({ before, after }));
  },
);

// Two raters of opposite taste, from one and the same model. One likes to be
// greeted, the other likes it short. Neither is wrong; a model that pleases one
// displeases the other. Whose taste a model has is somebody's decision.
const opposite = lab.step(
  "Two raters",
  async ({ train, complete, params, show, table }) => {
    if (!params.train) return show("Not tuned", SKIPPED);
    const model = await train({ from: "instruct" });
    model.save("instruct");
    const rows = [];
    for (const rater of ["warm", "brief"] as const) {
      model.back("instruct");
      await model.reinforce(verdicts(model.choices(), rater));
      const llm = complete({ model: model.save(rater), maxTokens: 24 });
      for (const question of QUESTIONS) {
        const answer = await llm.invoke(question);
        rows.push([rater, question, answer.trim()]);
      }
    }
    await table("Two models", ["rater", "question", "answer"], rows);
  },
);

const QUESTIONS = [
  "What is the capital of France?",
  "Name the dish of Italy.",
];
const SKIPPED = "because of train=no; set train=yes to see it happen";

/** The tokens that a reward model finds worth most, as shares of the best. */
const top = (worth: { token: string; worth: number }[]) =>
  worth.slice(0, 6).map(({ token, worth: value }) => ({
    label: token,
    value: Math.max(0, value / (worth[0]?.worth || 1)),
  }));

export default lab.steps(rates, opposite.briefly());
