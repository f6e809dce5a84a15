import {
  type Bar,
  choice,
  flag,
  integer,
  likely,
  number,
  section,
  shares,
  tasteIn,
  training,
  verdictOf,
  verdicts,
} from "../../src/lab.ts";

// Examples teach a model to answer. They can hardly teach it which of two good
// answers people like better, so people are asked to compare. Usually they judge
// whether an answer is *helpful* (it does what was wanted), *honest* (it is true)
// and *harmless* (it hurts nobody). See `llm-lab help preference-data`.
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
      help: "weight of the KL term, which keeps the model near the old one (KL: Kullback-Leibler divergence)",
    }),
  },
});

// The model gave two answers to each question. Pick the one that you prefer. If you
// skip a pair, the simulated rater (`rater`) chooses for you. From your ratings we
// fit a *reward model*, which scores a whole answer. Ours only adds up a value for
// each token; a real one is a neural network. Then the model answers, its answers
// are scored, and those with a high score become likelier.
const rates = lab.step(
  "Your ratings",
  async ({ train, complete, params, choose, show, table }) => {
    if (!params.train) return show("Not tuned", SKIPPED);
    const model = await train({ from: "instruct" });
    const ratings = [];
    const pairs = model.choices().slice(0, params.pairs);
    for (const [at, pair] of pairs.entries()) {
      const place = `Pair ${at + 1} of ${pairs.length}: ${pair.question}`;
      await show(place, `A  ${pair.a}\nB  ${pair.b}`);
      const said = await choose("Which is better?", ["A", "B", "the same"]);
      ratings.push(...verdictOf(pair, said, params.rater));
    }
    if (ratings.length === 0) return show("Nothing to learn", ALL_SAME);
    await table("The chosen answer was", TASTE, tasteIn(ratings));

    const before = model.answers();
    const old = complete({ model: model.save("before"), ...FIRST });
    const worth = await model.reinforce(ratings, { kl: params.kl });
    const after = model.answers();
    const tuned = complete({ model: model.save("after"), ...FIRST });

    await table("What a token adds to the score", ...extremes(worth));
    await table("Before and after", ...shares({ before, after }));
    await table(`${ASKED} …`, ...firstTokens(await tens([old, tuned])));
  },
);

// Two raters of opposite taste tune the same model. One likes to be greeted, the other
// likes short answers. Neither is wrong, but the model cannot please both. Whose
// taste a model has is somebody's decision.
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
const ALL_SAME =
  "Every pair was rated the same, so the ratings prefer nothing and there is nothing to tune by. Run it again and choose A or B at least once.";
const TASTE = ["and the other was not", "pairs"];
const ASKED = "Which currency does Poland have?";
const FIRST = { maxTokens: 1, logprobs: 10 };

/** The ten likeliest first tokens of the answer, of each model. */
async function tens(models: { generate: Generate }[]) {
  const found = [];
  for (const model of models) {
    const { generations } = await model.generate([ASKED]);
    found.push(likely(generations[0]?.[0]));
  }
  return found;
}

type Generate = (prompts: string[]) => Promise<{
  generations: { generationInfo?: Record<string, unknown> }[][];
}>;

/** The first tokens before tuning, with their probabilities before and after. */
function firstTokens([before = [], after = []]: Bar[][]): Table {
  const labels = [...before, ...after].map(({ label }) => label);
  const percent = (bars: Bar[], label: string) => {
    const value = bars.find((bar) => bar.label === label)?.value;
    return value === undefined
      ? "below the ten"
      : `${(100 * value).toFixed(1)} %`;
  };
  return [
    ["first token", "before", "after"],
    [...new Set(labels)]
      .slice(0, 10)
      .map((label) => [
        label.replace(/^ /, "·"),
        percent(before, label),
        percent(after, label),
      ]),
  ];
}

/** The tokens that raise the score most, and those that lower it most. */
function extremes(worth: { token: string; worth: number }[]): Table {
  const shown =
    worth.length > 10 ? [...worth.slice(0, 5), ...worth.slice(-5)] : worth;
  return [
    ["token", "adds"],
    shown.map(({ token, worth: value }) => [
      token.replace(/^ /, "·"),
      `${value > 0 ? "+" : ""}${value.toFixed(2)}`,
    ]),
  ];
}

type Table = [columns: string[], rows: string[][]];

/** A row of a table, by a word of its first cell. */
const rowOf = (
  tables: { title: string; rows: string[][] }[],
  title: string,
  word: string,
) =>
  tables
    .find((table) => table.title === title)
    ?.rows.find(([name]) => name?.startsWith(word)) ?? [];

/** Whether a share rose: "12 %" before, "80 %" after. */
const isMore = ([, before = "", after = ""]: string[]) =>
  Number.parseFloat(after) > Number.parseFloat(before);

/** Whether the raters' models answer the same questions in different words. */
const differ = (rows: string[][]) =>
  QUESTIONS.every((question) => {
    const answers = rows.filter(([, asked]) => asked === question);
    return new Set(answers.map(([, , answer]) => answer)).size === 2;
  });

export default lab.steps(
  rates.expect(
    "answers of the kind that was chosen become more frequent",
    ({ tables }) => isMore(rowOf(tables, "Before and after", "warm")),
  ),
  opposite
    .slowly()
    .briefly()
    .expect("two raters make two models of one", ({ tables }) =>
      differ(tables[0]?.rows ?? []),
    ),
);
