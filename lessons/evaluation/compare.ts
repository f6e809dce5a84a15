import {
  choice,
  integer,
  type LabVectorStore,
  section,
  vectors,
} from "../../src/lab.ts";
import { bootstrap, type Interval, points, sideOf } from "./figures.ts";
import { accepts, QUESTIONS } from "./questions.ts";
import { ragOf } from "./rag.ts";

// You change a prompt, and more questions pass than before. Is the new prompt better, or
// were the questions kind to it? Ask each question with both prompts, so that hard
// questions are hard for both: the test is *paired*. Then ask how much the difference
// depends on which questions happen to be in the set. More: `llm-lab help bootstrap`.
const lab = section({
  title: "Two prompts, and an interval",
  kits: [vectors],
  params: {
    questions: integer({
      default: 20,
      min: 2,
      max: 20,
      help: "questions of the test set that are asked",
    }),
    against: choice({
      default: "no passages",
      choices: ["no passages", "one passage", "wrong passages"],
      help: "what the second prompt carries",
    }),
    difference: integer({
      default: 10,
      min: 2,
      max: 50,
      help: "the difference in points that you want to tell",
    }),
  },
});

const WITHOUT = `Answer the question.
If you don't know the answer, say so.

Question: {question}
Answer:`;

// The first prompt carries the three nearest passages of the handbook; what the second
// carries is yours to set (`against`). An answer passes if it has words that a right
// answer must have. That is quick and makes no call, but such a judge can be fooled, as
// the section on judges shows: read some answers before you believe its figures. Offline,
// the model knows parts of the handbook by heart, so it passes some questions without any
// passage. A *bootstrap* draws as many questions as were asked out of these
// questions, some of them twice and some not at all, and takes the difference of the pass
// rates. It does so a thousand times. The *interval* is where the middle 95 per cent of
// these differences lie.
const paired = lab.step<Paired>(
  "The same questions with both prompts",
  async ({ chat, store, handbook, params, table, bars, tell }) => {
    const db = await store();
    await db.addDocuments(await handbook());
    const first = ragOf(chat(), db, { k: 3 });
    const second = {
      "no passages": ragOf(chat(), db, { k: 1, prompt: WITHOUT }),
      "one passage": ragOf(chat(), db, { k: 1 }),
      "wrong passages": ragOf(chat(), searching(db, OTHER), { k: 3 }),
    }[params.against];

    const pairs: [boolean, boolean][] = [];
    for (const one of QUESTIONS.slice(0, params.questions)) {
      const answers = [await first(one.question)];
      if (second) answers.push(await second(one.question));
      const passes = answers.map(({ answer }) =>
        accepts(answer, one.accepted),
      );
      pairs.push([passes[0] ?? false, passes[1] ?? false]);
    }
    const values = pairs.map(([one, other]) => Number(one) - Number(other));
    const interval = bootstrap(values, 1000);
    await table("What passed", COLUMNS, rowsOf(pairs));
    await bars("Who is ahead in a thousand draws", sharesOf(interval));
    await table("First less second, in points", BOUNDS, [boundsOf(interval)]);
    await tell(factsOf(pairs, interval));
  },
);

const OTHER = "What is a tokenizer?";

/** A search that finds the passages for another question, as a bug might. */
const searching = (db: LabVectorStore, question: string) => ({
  similaritySearch: (_: string, k: number) =>
    db.similaritySearch(question, k),
});

type Paired = {
  first: number;
  second: number;
  low: number;
  high: number;
};

const BOUNDS = ["measured", "from", "to", "0 is"];
const COLUMNS = ["both", "first only", "second only", "neither"];

/** How many questions passed with which of the prompts. */
function rowsOf(pairs: [boolean, boolean][]): number[][] {
  const count = (first: boolean, second: boolean) =>
    pairs.filter(([one, other]) => one === first && other === second).length;
  const [both, neither] = [count(true, true), count(false, false)];
  return [[both, count(true, false), count(false, true), neither]];
}

/** Which prompt is ahead in what share of the draws. */
function sharesOf({ draws }: Interval) {
  const share = (fits: (draw: number) => boolean) =>
    draws.filter(fits).length / draws.length;
  return [
    { label: "first", value: share((draw) => draw > 0) },
    { label: "equal", value: share((draw) => draw === 0) },
    { label: "second", value: share((draw) => draw < 0) },
  ];
}

const boundsOf = ({ measured, low, high }: Interval) => [
  ...[measured, low, high].map(points),
  sideOf({ low, high }) === "around 0" ? "inside" : "outside",
];

function factsOf(pairs: [boolean, boolean][], { low, high }: Interval) {
  const passed = (at: 0 | 1) => pairs.filter((pair) => pair[at]).length;
  return { first: passed(0), second: passed(1), low, high };
}

// How many questions would it take? Suppose that two prompts differ on a third of all
// questions, and that one of them is better by `difference` points. The step makes up
// test sets of growing size whose results come as near to that as their size lets them,
// and takes the interval of each. No model is asked. Real results vary around the
// difference, so the size that the step finds is the least to plan with.
const sizes = lab.step<{ enough: number }>(
  "How many questions tell a difference",
  async ({ params, table, tell }) => {
    const better = params.difference / 100;
    const intervals = SIZES.map((size) => {
      const differ = Math.max(1 / 3, better);
      const wins = Math.round((size * (differ + better)) / 2);
      const losses = Math.round((size * (differ - better)) / 2);
      const values = Array.from({ length: size }, (_, at) => {
        if (at < wins) return 1;
        return at < wins + losses ? -1 : 0;
      });
      return { size, ...bootstrap(values, 1000) };
    });

    const rows = intervals.map((one) => [one.size, ...boundsOf(one)]);
    await table("Test sets of growing size", ["questions", ...BOUNDS], rows);
    const told = intervals.find((one) => sideOf(one) === "above 0");
    await tell({ enough: told?.size ?? 0 });
  },
);

const SIZES = [5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000];

export default lab.steps(
  paired
    .predict({
      question: ({ questions, against }) =>
        `${questions} questions; the first prompt carries three passages, the second ${against}. ` +
        "Where will the interval of the difference lie?",
      choices: ["above 0", "around 0", "below 0"],
      judge: ({ facts }) => sideOf(facts),
      why: ({ params: { questions }, facts }) =>
        `${facts.first} and ${facts.second} of ${questions} passed, and the interval goes from ` +
        `${points(facts.low)} to ${points(facts.high)} points. ` +
        (sideOf(facts) === "around 0"
          ? "With other questions the second prompt might have won, so this set cannot tell which is better."
          : "Hardly any other draw of the questions would have turned the result round."),
    })
    .expect(
      "each question is asked with both prompts",
      ({ calls, params }) => calls.length === 2 * params.questions,
    )
    .expect("the interval holds what was measured", ({ facts, params }) => {
      const measured = (facts.first - facts.second) / params.questions;
      return facts.low <= measured && measured <= facts.high;
    })
    .briefly(),
  sizes
    .predict({
      question: ({ difference }) =>
        `One prompt is better by ${difference} points. How many questions does it take to tell?`,
      choices: [20, 50, 200, 1000],
      judge: ({ facts }) => facts.enough,
      why: ({ facts, params }) =>
        `With ${facts.enough} questions the interval no longer holds 0. For half of ` +
        `${params.difference} points you need about four times as many: the interval narrows with ` +
        "the square root of their number.",
    })
    .expect(
      "twenty questions do not tell ten points",
      ({ facts }) => facts.enough > 20,
    ),
);
