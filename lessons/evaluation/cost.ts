import type { Document } from "@langchain/core/documents";
import {
  choice,
  integer,
  PRICES_AS_OF,
  priceOf,
  section,
  vectors,
} from "../../src/lab.ts";
import { percentile, points } from "./figures.ts";
import { accepts, QUESTIONS } from "./questions.ts";
import { ragOf } from "./rag.ts";

// A variant that passes two more questions and costs three times as much is not better,
// it is a choice. So what a run cost and how long it took are results like the pass rate,
// and belong in the same table. A reply tells its tokens in `usage_metadata`. More:
// `llm-lab help price`, `llm-lab help latency`.
const lab = section({
  title: "Cost and latency are results",
  kits: [vectors],
  params: {
    few: integer({
      default: 2,
      min: 1,
      max: 20,
      help: "passages in the first variant's prompt",
    }),
    many: integer({
      default: 6,
      min: 1,
      max: 20,
      help: "passages in the second variant's prompt",
    }),
    prices: choice({
      default: "gpt-6-luna",
      choices: ["gpt-6-luna", "gpt-6.1-terra", "gpt-6.1-sol"],
      help: "the model whose prices are used",
    }),
    calls: integer({
      default: 5,
      min: 1,
      max: 50,
      help: "calls in a row that one question takes",
    }),
  },
});

// The test set is asked twice: with a few passages in each prompt, and with many. The
// passages are searched before, so that only calls of the model are timed and paid for.
// *p50* is the *latency*, the time until the reply is whole, that half of the calls stay
// within; *p95* is that of 95 in a hundred. Offline, that is the time of your own machine,
// and in a terminal the pace at which replies are shown. The times of a provider are
// others, and they vary with the hour.
const variants = lab.step<Record<"few" | "many", Measured>>(
  "Two variants in one table",
  async ({ chat, store, handbook, params, spent, table, tell }) => {
    const db = await store();
    await db.addDocuments(await handbook());
    const measure = async (k: number): Promise<Measured> => {
      const found = new Map<string, Document[]>();
      for (const { question } of QUESTIONS)
        found.set(question, await db.similaritySearch(question, k));
      const similaritySearch = async (asked: string) =>
        found.get(asked) ?? [];
      const ask = ragOf(chat(), { similaritySearch }, { k });
      spent();
      const times: number[] = [];
      let passed = 0;
      for (const { question, accepted } of QUESTIONS) {
        const begin = performance.now();
        const { answer } = await ask(question);
        times.push(performance.now() - begin);
        if (accepts(answer, accepted)) passed += 1;
      }
      return { k, passed, times, ...spent().tokens };
    };
    const few = await measure(params.few);
    const many = await measure(params.many);
    const rows = rowsOf([few, many], params.prices);
    await table(`Prices of ${PRICES_AS_OF}`, columnsOf(few, many), rows);
    await tell({ few, many });
  },
);

/** A run over the test set: what passed, tokens of all calls, and milliseconds of each. */
type Measured = {
  k: number;
  passed: number;
  input: number;
  output: number;
  times: number[];
};

const columnsOf = (few: Measured, many: Measured) => [
  "of one run",
  `${few.k} passages`,
  `${many.k} passages`,
];

/** US dollars of a run over the test set. */
const costOf = ({ input, output }: Measured, model: string) =>
  priceOf(model, input, output) ?? 0;

function rowsOf(runs: Measured[], model: string): (string | number)[][] {
  const row = (name: string, of: (run: Measured) => string | number) => [
    name,
    ...runs.map(of),
  ];
  const { length } = QUESTIONS;
  const ms = (per: number) => (run: Measured) =>
    Math.round(percentile(run.times, per));
  const cost = (run: Measured) => costOf(run, model);
  return [
    row("passed, per cent", ({ passed }) => points(passed / length)),
    row("tokens in, a call", ({ input }) => Math.round(input / length)),
    row("tokens out, a call", ({ output }) => Math.round(output / length)),
    row("p50, ms", ms(50)),
    row("p95, ms", ms(95)),
    row("US$, 1000 calls", (run) => ((1000 * cost(run)) / length).toFixed(3)),
    row("passed, a US cent", (run) =>
      Math.round(run.passed / (100 * cost(run))),
    ),
  ];
}

// An agent makes several calls for one question, one after the other, and each of them may
// be one of the slow ones. With `calls` calls in a row, a user waits for at least one of
// them unless all are quick.
const tail = lab.step<{ slow: number }>(
  "Slow calls, in a row",
  async ({ params, table, tell }) => {
    const slowOf = (calls: number) => Math.round(100 * (1 - 0.95 ** calls));
    const rows = [1, 2, 5, 10, 20].map((calls) => [calls, slowOf(calls)]);
    const columns = ["calls", "of 100 questions wait for a slow one"];
    await table("One call of twenty is slow", columns, rows);
    await tell({ slow: slowOf(params.calls) });
  },
);

export default lab.steps(
  variants
    .predict({
      question: ({ few, many }) =>
        `The prompts carry ${few} and then ${many} passages. With which will more of the twenty answers pass?`,
      choices: ["the first", "the second", "as many"],
      judge: ({ facts: { few, many } }) => {
        if (few.passed === many.passed) return "as many";
        return few.passed > many.passed ? "the first" : "the second";
      },
      why: ({ facts: { few, many }, params: { prices } }) =>
        `${few.passed} and ${many.passed} of ${QUESTIONS.length} passed. A run of the second costs ` +
        `${(costOf(many, prices) / costOf(few, prices)).toFixed(1)} times as much. More passages are ` +
        "more chances that the right one is there, and more text to overlook it in. Whether a " +
        "difference of so few answers counts, an interval tells (`evaluation/compare`).",
    })
    .expect(
      "twenty questions are asked of each variant",
      ({ calls }) => calls.length === 2 * QUESTIONS.length,
    )
    .expect(
      "more passages are more tokens",
      ({ facts: { few, many } }) => many.input > few.input,
    )
    .briefly(),
  tail
    .predict({
      question: ({ calls }) =>
        `One call of twenty is slow. A question takes ${calls === 1 ? "1 call" : `${calls} calls in a row`}. Of 100 questions, how many wait for a slow call?`,
      choices: [5, 23, 40, 64],
      judge: ({ facts }) => facts.slow,
      why: ({ params: { calls }, facts: { slow } }) =>
        `All ${calls} are quick in ${100 - slow} of 100 questions (0.95 to the power of ${calls}). So look at ` +
        "p95 of whole questions, not of calls, and shorten what runs in a row.",
    })
    .expect("five calls in a row make a slow one common", 23),
);
