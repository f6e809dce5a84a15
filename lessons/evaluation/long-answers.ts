import { PromptTemplate } from "@langchain/core/prompts";
import type { ChatOpenAI } from "@langchain/openai";
import { z } from "zod";
import { choice, integer, section } from "../../src/lab.ts";
import { EQUALS, PAIRS } from "./pairs.ts";
import { readable } from "./readable.ts";

// A *pairwise* judge is shown two answers and says which is better. That is easier than to
// give marks, but judges have habits that have nothing to do with what is right. Two of
// them are measured here: to prefer what is long, *verbosity bias*, and to prefer what
// stands first, *position bias*. More: `llm-lab help judge-bias`.
const lab = section({
  title: "A judge that prefers long answers",
  params: {
    pairs: integer({
      default: 8,
      min: 1,
      max: 8,
      help: "pairs of answers that are compared",
    }),
    ask: choice({
      default: "detailed",
      choices: ["detailed", "concise"],
      help: "what the vague prompt asks for",
    }),
    tie: choice({
      default: "no",
      choices: ["no", "yes"],
      help: "whether the judge may say that both are as good",
    }),
  },
});

const WHICH = {
  detailed: "Which answer is more helpful and detailed?",
  concise: "Which answer is more concise and to the point?",
};

const COMPARE = PromptTemplate.fromTemplate(
  `{which}

<question>
{question}
</question>
<answer_a>
{a}
</answer_a>
<answer_b>
{b}
</answer_b>`,
);

// In each pair a short answer is right, and a long one is wrong or says nothing. The
// prompt is one that many people write: it asks which answer is more helpful and detailed,
// and gives nothing to hold the answers against. Unfold two or three of the calls and read
// the pairs (`--full` shows them all). Offline, the judge takes the words at their worth:
// "detailed" is how many different words of meaning an answer has, as long as it speaks of
// the question.
const vague = lab.step<{ long: number; of: number }>(
  "Helpful and detailed",
  async ({ chat, params, table, tell }) => {
    const pairs = PAIRS.slice(0, params.pairs);
    const which = WHICH[params.ask];
    const choose = winnerOf(chat(), ["A", "B"]);

    const rows: string[][] = [];
    let long = 0;
    for (const [at, pair] of pairs.entries()) {
      // Which of the two stands first takes turns.
      const isFirst = at % 2 === 0;
      const [a, b] = isFirst
        ? [pair.long, pair.short]
        : [pair.short, pair.long];
      const winner = await choose({ which, question: pair.question, a, b });
      const isLong = winner === (isFirst ? "A" : "B");
      if (isLong) long += 1;
      rows.push([pair.question, isLong ? "the long one" : "the short one"]);
    }
    await table("Which was chosen", ["question", "chosen"], rows);
    await tell({ long, of: pairs.length });
  },
);

/** A judge of two answers that names one of some letters; "" where its reply is none of them. */
function winnerOf(model: ChatOpenAI, letters: [string, ...string[]]) {
  const shape = z.object({ winner: z.enum(letters) });
  const judge = COMPARE.pipe(model.withStructuredOutput(shape));
  return async (asked: Parameters<typeof judge.invoke>[0]) =>
    (await readable(judge.invoke(asked)))?.winner ?? "";
}

const GRADE = PromptTemplate.fromTemplate(
  `Is the answer correct? It is if it says what the reference says, however long it is.

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

// Now the judge gets a reference, sees one answer at a time, and is asked a single point:
// is it correct? It cannot compare lengths, and there is something to hold an answer
// against. The answers are the same as before.
const graded = lab.step<{ short: number; long: number; of: number }>(
  "One answer at a time, with a reference",
  async ({ chat, params, table, tell }) => {
    const pairs = PAIRS.slice(0, params.pairs);
    const isCorrect = correctOrNot(chat());

    const passed = { short: 0, long: 0 };
    for (const { question, reference, ...pair } of pairs)
      for (const length of ["short", "long"] as const) {
        const answer = pair[length];
        const asked = { question, reference, answer };
        if (await isCorrect(asked)) passed[length] += 1;
      }
    const of = pairs.length;
    await table(
      "Graded as correct",
      ["answers", "correct", "of"],
      [
        ["short and right", passed.short, of],
        ["long and wrong", passed.long, of],
      ],
    );
    await tell({ ...passed, of });
  },
);

/** A judge that says whether an answer is correct; why is asked for first. */
function correctOrNot(model: ChatOpenAI) {
  const shape = z.object({ why: z.string(), correct: z.boolean() });
  const judge = GRADE.pipe(model.withStructuredOutput(shape));
  return async (asked: Parameters<typeof judge.invoke>[0]) =>
    (await readable(judge.invoke(asked)))?.correct ?? false;
}

// These pairs say the same thing in other words, and are as long as each other. The judge
// sees each pair twice, the second time with the answers swapped. A verdict that goes to
// the same place both times, and so to another answer, is a verdict about the place.
const swapped = lab.step<{ changed: number; ties: number; of: number }>(
  "The same two answers, swapped",
  async ({ chat, params, table, tell }) => {
    const tie = params.tie === "yes" ? " Reply tie if they are as good." : "";
    const which = `${WHICH.detailed}${tie}`;
    const letters =
      params.tie === "yes"
        ? (["A", "B", "tie"] as const)
        : (["A", "B"] as const);
    const choose = winnerOf(chat(), [...letters]);

    const rows: string[][] = [];
    let [changed, ties] = [0, 0];
    for (const { question, one, other } of EQUALS) {
      const first = await choose({ which, question, a: one, b: other });
      const second = await choose({
        which,
        question,
        a: other,
        b: one,
      });
      if (first === second && first !== "tie" && first !== "") changed += 1;
      if (first === "tie" && second === "tie") ties += 1;
      rows.push([question, first, second]);
    }
    await table("Verdicts", ["question", "as they are", "swapped"], rows);
    await tell({ changed, ties, of: EQUALS.length });
  },
);

export default lab.steps(
  vague
    .predict({
      question: ({ ask }) =>
        `Asked which is more ${ask === "detailed" ? "helpful and detailed" : "concise and to the point"}, how often will the judge choose the long answer that is not right?`,
      choices: ["never", "sometimes, up to half", "more than half", "always"],
      judge: ({ facts: { long, of } }) => {
        if (long === 0) return "never";
        if (long === of) return "always";
        return long > of / 2 ? "more than half" : "sometimes, up to half";
      },
      why: ({ facts: { long, of }, params: { ask } }) =>
        ask === "detailed"
          ? `${long} of ${of}. The prompt asks for detail, and does not say what is right. A score like this rises when a program talks more, ` +
            "whether it is right or not. Try ask=concise: the same judge, and another wish."
          : `${long} of ${of}. A judge gives what it is asked for; whether an answer is right is not among it.`,
    })
    .expect(
      "a judge that is asked for detail prefers the long answer, right or not",
      ({ facts: { long, of } }) => long > of / 2,
    )
    .briefly(),
  graded
    .predict({
      question:
        "With a reference: how many of the long, wrong answers will pass as correct?",
      choices: ["none", "up to half", "more than half"],
      judge: ({ facts: { long, of } }) => {
        if (long === 0) return "none";
        return long > of / 2 ? "more than half" : "up to half";
      },
      why: ({ facts: { short, long, of } }) =>
        `${long} of ${of}, and ${short} of the ${of} short ones. Not the model has changed, but the question and what it has to go by.`,
    })
    .expect("with a reference, no long wrong answer passes", "none")
    .expect(
      "and the short right ones pass",
      ({ facts: { short, of } }) => short > of / 2,
    )
    .briefly(),
  swapped
    .predict({
      question: ({ tie }) =>
        tie === "yes"
          ? "The judge may say tie. How many of six verdicts will go to another answer when the two are swapped?"
          : "The judge must choose. How many of six verdicts will go to another answer when the two are swapped?",
      choices: ["none", "1 to 3", "4 or more"],
      judge: ({ facts: { changed } }) => {
        if (changed === 0) return "none";
        return changed > 3 ? "4 or more" : "1 to 3";
      },
      why: ({ facts: { changed, ties, of }, params: { tie } }) =>
        tie === "yes"
          ? `${changed} of ${of}, with ${ties} ties. Who may say that two are as good need not let the place decide.`
          : `${changed} of ${of}. Where two answers are as good, something else decides, here the place. Ask twice with the places swapped, ` +
            "count only verdicts that stay, and allow a tie: try tie=yes.",
    })
    .expect("without a tie, some verdicts follow the place", "1 to 3")
    .briefly(),
);
