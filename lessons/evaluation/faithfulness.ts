import { PromptTemplate } from "@langchain/core/prompts";
import type { ChatOpenAI } from "@langchain/openai";
import { z } from "zod";
import { integer, section, text, vectors } from "../../src/lab.ts";
import { accepts, QUESTIONS } from "./questions.ts";
import { ragOf, written } from "./rag.ts";
import { readable } from "./readable.ts";

// An answer of a RAG program is *faithful* if all that it says follows from the passages
// in its prompt. To measure that you need no right answer, only the passages: so it can
// be measured for every answer, in production too. Faithful is not the same as right.
// More: `llm-lab help faithfulness`.
const lab = section({
  title: "Faithful to its sources",
  kits: [vectors],
  params: {
    question: text({
      default: "How much overlap should chunks have?",
      maxLength: 300,
      help: "what was asked",
    }),
    answer: text({
      default:
        "10 to 20 per cent of a chunk's length is the usual advice. Overlap costs storage. LangChain.js uses 50 per cent if you set nothing. If you split at paragraphs, you need little or none.",
      maxLength: 1500,
      help: "an answer, of which each sentence is checked",
    }),
    k: integer({
      default: 3,
      min: 1,
      max: 6,
      help: "passages that the program hands to the model",
    }),
    count: integer({
      default: 8,
      min: 1,
      max: 20,
      help: "questions of the test set that the program answers",
    }),
  },
});

const SUPPORTED = PromptTemplate.fromTemplate(
  `Is the sentence supported by the context? It is if the context says so, in whatever
words. What you know from elsewhere does not count.

<context>
{context}
</context>
<sentence>
{sentence}
</sentence>`,
);

/** Asks a model whether a sentence follows from passages, and why. */
function supportJudge(model: ChatOpenAI) {
  const shape = z.object({ why: z.string(), supported: z.boolean() });
  const judge = SUPPORTED.pipe(model.withStructuredOutput(shape));
  return async (asked: { context: string; sentence: string }) =>
    (await readable(judge.invoke(asked))) ?? {
      why: "no verdict",
      supported: false,
    };
}

const sentencesOf = (answer: string) =>
  answer.split(/(?<=[.!?]["”]?)\s+/).filter((one) => /\p{L}/u.test(one));

// One verdict for a whole answer hides what is made up among what is not. So the answer is
// cut into sentences, and the judge is asked about each of them: a yes or a no about a
// single point. The answer was written by hand for this lesson, and you can give another one.
// Each call carries all passages, which is what this costs.
const bySentence = lab.step<{ supported: number; of: number }>(
  "Each sentence against the passages",
  async ({ chat, store, handbook, params, table, tell }) => {
    const db = await store();
    await db.addDocuments(await handbook());
    const found = await db.similaritySearch(params.question, params.k);
    const context = written(found);

    const judge = supportJudge(chat());
    const rows: string[][] = [];
    let supported = 0;
    for (const sentence of sentencesOf(params.answer)) {
      const verdict = await judge({ context, sentence });
      if (verdict.supported) supported += 1;
      const word = verdict.supported ? "yes" : "no";
      rows.push([sentence, word, verdict.why]);
    }
    const columns = ["sentence", "supported", "why"];
    await table("Held against the passages", columns, rows);
    await tell({ supported, of: rows.length });
  },
);

// Now the program's own answers, to the first questions of the test set. Two measures stand
// side by side: is every sentence supported, and is the answer right? Offline, the model
// only quotes its passages. A real one writes in words of its own, and adds things.
const sideBySide = lab.step<Sides>(
  "Faithful, and right",
  async ({ chat, store, handbook, params, table, tell }) => {
    const db = await store();
    await db.addDocuments(await handbook());
    const ask = ragOf(chat(), db, params);
    const judge = supportJudge(chat());

    const sides = { both: 0, faithfulOnly: 0, rightOnly: 0, neither: 0 };
    for (const { question, accepted } of QUESTIONS.slice(0, params.count)) {
      const { answer, context } = await ask(question);
      let isFaithful = true;
      for (const sentence of sentencesOf(answer)) {
        const { supported } = await judge({ context, sentence });
        isFaithful &&= supported;
      }
      sides[sideOf(isFaithful, accepts(answer, accepted))] += 1;
    }
    const { both, faithfulOnly, rightOnly, neither } = sides;
    await table(
      "Answers",
      ["", "right", "not right"],
      [
        ["faithful", both, faithfulOnly],
        ["not faithful", rightOnly, neither],
      ],
    );
    await tell(sides);
  },
);

type Sides = {
  both: number;
  faithfulOnly: number;
  rightOnly: number;
  neither: number;
};

const sideOf = (isFaithful: boolean, isRight: boolean): keyof Sides => {
  if (isFaithful) return isRight ? "both" : "faithfulOnly";
  return isRight ? "rightOnly" : "neither";
};

export default lab.steps(
  bySentence
    .predict({
      question:
        "How many sentences of the answer will the judge find supported?",
      choices: [1, 2, 3, 4],
      judge: ({ facts }) => facts.supported,
      why: ({ facts: { supported, of } }) =>
        supported === of
          ? `All ${of}. Check a few by hand all the same: a judge errs, and the passages may be the wrong ones.`
          : `${supported} of ${of}. What is not supported reads like the rest: nothing in an answer's tone says what was made up. ` +
            "Faithfulness is often given as this share.",
    })
    .expect("three of the four sentences stand in the handbook", 3)
    .briefly(),
  sideBySide
    .predict({
      question: "Will every faithful answer also be right?",
      choices: ["yes", "no", "there is no faithful answer"],
      judge: ({ facts: { both, faithfulOnly } }) => {
        if (both + faithfulOnly === 0) return "there is no faithful answer";
        return faithfulOnly === 0 ? "yes" : "no";
      },
      why: ({ facts: { both, faithfulOnly, rightOnly, neither } }) =>
        `Faithful and right: ${both}; faithful and not right: ${faithfulOnly}; right and not faithful: ${rightOnly}; neither: ${neither}. ` +
        'A quotation of the wrong sentence is faithful, and so is "I don\'t know" where the answer stood in the passages. So measure both.',
    })
    .expect("an answer can be faithful and not right", "no")
    .briefly(),
);
