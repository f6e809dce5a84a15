import { PromptTemplate } from "@langchain/core/prompts";
import { CORRECTNESS_PROMPT, createLLMAsJudge } from "openevals";
import { z } from "zod";
import { integer, largest, number, section } from "../../src/lab.ts";
import LABELLED from "./labelled.csv";
import {
  type Agreement,
  agreementOf,
  agreementsOf,
  COLUMNS,
  errorsByKind,
  labelledIn,
  rowsOf,
} from "./labels.ts";
import { readable } from "./readable.ts";
import { type Grade, showJudges } from "./show-judges.ts";
import { hasKey, isExact, similarities } from "./simple-judges.ts";

// Somebody, or something, must say whether an answer is right: a *judge*. A judge can err
// as well. So a person *labels* some answers first, right or wrong, and then each judge is
// measured by how often it agrees with these labels. *Cohen's kappa* is the agreement that
// is left when chance is taken off: 1 is all, 0 is what guessing gives, and less is worse
// than guessing. More: `llm-lab help agreement`. The forty answers here were written to be
// hard, and half of them are right, so a judge that always says right agrees with twenty.
// For labelled answers of your own: `--file`, a CSV with the columns question, reference,
// answer and right (yes or no).
const lab = section({
  title: "Four judges, and where each errs",
  params: {
    threshold: number({
      default: 0.6,
      min: 0,
      max: 1,
      help: "the similarity from which the embedding judge says right",
    }),
    count: integer({
      default: 40,
      min: 2,
      max: 1000,
      help: "labelled answers that are judged",
    }),
  },
});

// Three judges need no chat model. *Exact* asks whether the answer is the reference, but
// for capitals and marks. *Contains* looks for words that a right answer must have, such
// as "10 to 20". *Embedding* compares the meanings of answer and reference by the cosine
// of their vectors, and says right from a `threshold` on. "Too kind" counts wrong answers
// that a judge called right, "too strict" right ones that it called wrong. The second
// table counts errors by how an answer was written: paraphrased, long, with the words of
// the reference and another meaning ("same words"), and so on.
const simple = lab.step<Found<"exact" | "contains" | "embedding">>(
  "Three judges without a chat model",
  async ({ embeddings, params, rows, table, tell }) => {
    const answers = labelledIn(await rows(LABELLED), params.count);
    const near = await similarities(embeddings(), answers);
    const judges = {
      exact: answers.map(isExact),
      contains: answers.map(hasKey),
      embedding: near.map((cosine) => cosine >= params.threshold),
    };
    const found = agreementsOf(judges, answers);
    await table("Agreement with the labels", COLUMNS, rowsOf(found));
    const columns = ["kind of answer", "answers", ...Object.keys(judges)];
    await table("Errors", columns, errorsByKind(answers, judges));
    await tell(found);
  },
);

type Found<Name extends string> = Record<Name, Agreement>;

// Perhaps another threshold is better? The curve shows the agreement for each. Only the
// threshold moves, so the answers are embedded once.
const thresholds = lab.step<{ best: number; at: number; of: number }>(
  "All thresholds",
  async ({ embeddings, params, rows, plot, show, tell }) => {
    const answers = labelledIn(await rows(LABELLED), params.count);
    const labels = answers.map(({ isRight }) => isRight);
    const near = await similarities(embeddings(), answers);
    const points = STEPS.map((threshold) => {
      const verdicts = near.map((cosine) => cosine >= threshold);
      return agreementOf(verdicts, labels).agrees;
    });
    const axes = { x: "threshold", y: "agrees" };
    await plot("Agreement by threshold", axes, [
      { name: "embedding", points, xs: STEPS },
    ]);
    const best = Math.max(...points);
    const at = STEPS[points.indexOf(best)] ?? 0;
    await show("Best", `${best} of ${labels.length}, from ${at} on`);
    await tell({ best, at, of: labels.length });
  },
);

const STEPS = Array.from({ length: 21 }, (_, at) => at / 20);

const RUBRIC = PromptTemplate.fromTemplate(
  `Grade an answer to a question about a handbook.
It is correct if it says all that the reference says, in whatever words and however
long, and nothing that contradicts the reference. If it leaves out a part, it is not.

<question>
{question}
</question>
<reference>
{reference}
</reference>
<answer>
{answer}
</answer>`,
);

const VERDICT = z.object({
  why: z
    .string()
    .describe("one sentence: what is missing or wrong, if anything"),
  correct: z.boolean(),
});

// The fourth judge is a call of a model, *LLM as judge*. Its prompt has a *rubric*, which
// says what makes an answer correct, and the reference. The reply is structured: first
// why, so that the verdict can follow from the reasons, then yes or no. Offline, the judge
// is a program of rules that compares words, numbers, denials and meanings. A real model
// judges in another way, so measure yours. More: `llm-lab help llm-as-judge`.
const rubric = lab.step<Found<"exact" | "contains" | "embedding" | "rubric">>(
  "A model as the judge, with a rubric",
  async ({ chat, embeddings, params, rows, table, tell }) => {
    const answers = labelledIn(await rows(LABELLED), params.count);
    const near = await similarities(embeddings(), answers);
    const grade = RUBRIC.pipe(chat().withStructuredOutput(VERDICT));
    const graded: Grade[] = [];
    for (const { question, reference, answer } of answers) {
      const asked = { question, reference, answer };
      // A reply that is no verdict is not a pass.
      const verdict = await readable(grade.invoke(asked));
      graded.push(verdict ?? { why: "no verdict", correct: false });
    }
    const judges = {
      exact: answers.map(isExact),
      contains: answers.map(hasKey),
      embedding: near.map((cosine) => cosine >= params.threshold),
      rubric: graded.map(({ correct }) => correct),
    };
    await showJudges(table, answers, judges, graded);
    await tell(agreementsOf(judges, answers));
  },
);

// `openevals` is LangChain's library of ready judges (version 0.2.2, seen in November
// 2026). `createLLMAsJudge` fills a prompt, here its own for correctness, calls the model
// that you give it, and returns a score with a comment. Its prompts are long and general;
// what "correct" means for your answers, your own rubric says more exactly.
const ready = lab.step<{ agrees: number; of: number }>(
  "A judge from openevals",
  async ({ chat, params, rows, table, tell }) => {
    const all = labelledIn(await rows(LABELLED), params.count);
    const answers = all.filter(({ answer }) => answer !== "").slice(0, 6);
    const judge = createLLMAsJudge({
      prompt: CORRECTNESS_PROMPT,
      judge: chat(),
      feedbackKey: "correctness",
    });

    const shown: string[][] = [];
    let agrees = 0;
    for (const { question, reference, answer, isRight } of answers) {
      const asked = { inputs: question, outputs: answer };
      const verdict = await readable(
        judge({ ...asked, referenceOutputs: reference }),
      );
      const score = verdict?.score ?? false;
      if (score === isRight) agrees += 1;
      shown.push([
        answer,
        isRight ? "right" : "wrong",
        score ? "right" : "wrong",
      ]);
    }
    await table("Verdicts", ["answer", "label", "openevals"], shown);
    await tell({ agrees, of: answers.length });
  },
);

export default lab.steps(
  simple
    .predict({
      question: "Which of the three will agree with the labels most often?",
      choices: ["exact", "contains", "embedding"],
      judge: ({ facts: { exact, contains, embedding } }) =>
        largest({
          exact: exact.agrees,
          contains: contains.agrees,
          embedding: embedding.agrees,
        }),
      why: ({ facts: { exact, contains, embedding } }) =>
        `Exact agrees ${exact.agrees} times, contains ${contains.agrees}, embedding ${embedding.agrees}, of ${exact.of}. ` +
        `Exact was too kind ${times(exact.tooKind)}, and too strict ${times(exact.tooStrict)}. The other two look at ` +
        `words and at nearness, and a "not" changes little of either: too kind ${times(contains.tooKind)} and ${times(embedding.tooKind)}.`,
    })
    .expect(
      "on answers that were written to be hard, exact match beats nearness",
      "exact",
    )
    .expect(
      "exact match calls no wrong answer right",
      ({ facts }) => facts.exact.tooKind === 0,
    ),
  thresholds
    .predict({
      question:
        "At its best threshold, how often will the embedding judge agree?",
      choices: [
        "with at most two thirds",
        "with more than two thirds",
        "with all",
      ],
      judge: ({ facts: { best, of } }) => {
        if (best === of) return "with all";
        return 3 * best > 2 * of
          ? "with more than two thirds"
          : "with at most two thirds";
      },
      why: ({ facts: { best, of, at } }) =>
        `${best} of ${of}, from ${at} on. ${
          at === 1 || at === 0
            ? "There it gives all answers the same verdict, which is no judgement."
            : "Wrong answers lie as near to the reference as right ones, so no threshold parts them."
        }`,
    })
    .expect(
      "no threshold makes nearness a good judge here",
      "with at most two thirds",
    ),
  rubric
    .predict({
      question:
        "The judge with a rubric: in which direction will it err more often?",
      choices: [
        "too kind: wrong answers called right",
        "too strict: right answers called wrong",
        "equally often, or never",
      ],
      judge: ({ facts: { rubric } }) => {
        if (rubric.tooKind === rubric.tooStrict)
          return "equally often, or never";
        return rubric.tooKind > rubric.tooStrict
          ? "too kind: wrong answers called right"
          : "too strict: right answers called wrong";
      },
      why: ({ facts: { rubric, exact } }) =>
        `It agrees with ${rubric.agrees} of ${rubric.of} labels, kappa ${rubric.kappa.toFixed(2)} (exact: ${exact.agrees}). ` +
        `Too kind ${times(rubric.tooKind)}, too strict ${times(rubric.tooStrict)}. A judge that is too strict hides ` +
        "progress, and one that is too kind hides faults. This is what this judge does with these answers: measure your own.",
    })
    .expect(
      "the rubric agrees more often than the other three",
      ({ facts: { rubric, exact, contains, embedding } }) =>
        rubric.agrees >
        Math.max(exact.agrees, contains.agrees, embedding.agrees),
    )
    .briefly(),
  ready
    .expect(
      "openevals gives each answer a verdict, with one call",
      ({ facts, calls }) => calls.length === facts.of,
    )
    .expect(
      "its verdicts agree with most of these labels",
      ({ facts }) => facts.agrees > facts.of / 2,
    )
    .briefly(),
);

const times = (count: number) =>
  count === 0 ? "never" : count === 1 ? "once" : `${count} times`;
