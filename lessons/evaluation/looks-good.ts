import { integer, section, vectors } from "../../src/lab.ts";
import { accepts, QUESTIONS } from "./questions.ts";
import { ragOf } from "./rag.ts";

// You have built a program, you try a question or two, and the answers look good. Then
// users come. *Evaluation* means to run many cases, and to score each by the same
// measure. This lesson evaluates a program that answers questions from the handbook, with
// the passages that it finds there (*RAG*). More: `llm-lab help evaluation`.
const lab = section({
  title: 'Why "looks good" fails',
  kits: [vectors],
  params: {
    k: integer({
      default: 3,
      min: 1,
      max: 6,
      help: "passages that the program hands to the model",
    }),
    tries: integer({
      default: 3,
      min: 1,
      max: 10,
      help: "questions that are tried by hand",
    }),
  },
});

// Whoever builds a program tries it with what they have in mind: questions in the words
// of the handbook. Read the answers. Would you let users ask this program?
const byHand = lab.step<{ asked: number }>(
  "A few questions by hand",
  async ({ chat, store, handbook, params, table, tell }) => {
    const db = await store();
    await db.addDocuments(await handbook());
    const ask = ragOf(chat(), db, params);

    const rows: string[][] = [];
    for (const { question } of QUESTIONS.slice(0, params.tries)) {
      const { answer } = await ask(question);
      rows.push([question, answer]);
    }
    await table("Tried by hand", ["question", "answer"], rows);
    await tell({ asked: rows.length });
    return async (question) => (await ask(question)).answer;
  },
);

// The program now answers all twenty questions of a *test set*, each with a right answer
// that was written before. Some are asked in the words of somebody who does not know the
// field, one is typed in a hurry, and two ask what the handbook does not tell. An answer
// counts as right if it has words that a right answer must have.
const all = lab.step<Shares>(
  "The same program, twenty questions",
  async ({ chat, store, handbook, params, table, show, tell }) => {
    const db = await store();
    await db.addDocuments(await handbook());
    const ask = ragOf(chat(), db, params);

    const isRight: boolean[] = [];
    const failed: string[][] = [];
    for (const { question, accepted, reference } of QUESTIONS) {
      const { answer } = await ask(question);
      isRight.push(accepts(answer, accepted));
      if (!isRight.at(-1)) failed.push([question, answer, reference]);
    }
    const columns = ["question", "answer", "right would be"];
    if (failed.length > 0) await table("Failed", columns, failed);
    await show("Right", `${right(isRight)} of ${isRight.length}`);
    const tried = right(isRight.slice(0, params.tries));
    await tell({ right: right(isRight), asked: isRight.length, tried });
  },
);

/** How many of the set are right, and how many of those that were tried by hand. */
type Shares = { right: number; asked: number; tried: number };

const right = (all: boolean[]) => all.filter(Boolean).length;

/** How likely it is that all of some questions are right, if they are drawn from a set by lot. */
function luck(drawn: number, { right, asked }: Shares): number {
  let chance = 1;
  for (let at = 0; at < drawn; at += 1)
    chance *= Math.max(0, right - at) / (asked - at);
  return chance;
}

export default lab.steps(
  byHand.expect(
    "the program answers each question that is tried",
    ({ facts, params, calls }) =>
      facts.asked === params.tries && calls.length === params.tries,
  ),
  all
    .predict({
      question: ({ tries }) =>
        `You saw ${tries === 1 ? "1 answer" : `${tries} answers`}. How large a share of the twenty will be right?`,
      choices: [
        "the same share as of those",
        "a smaller share",
        "a larger share",
      ],
      judge: ({ facts: { right, asked, tried }, params: { tries } }) => {
        if (right * tries === tried * asked)
          return "the same share as of those";
        return right * tries < tried * asked
          ? "a smaller share"
          : "a larger share";
      },
      why: ({ facts, params: { tries } }) =>
        `${facts.tried} of ${tries} were right, and ${facts.right} of ${facts.asked}. Of questions drawn from ` +
        `the set by lot, ${tries} would all be right ${percent(luck(tries, facts))} of the time. So an ` +
        "impression from a few says little, and from questions that you chose yourself even less.",
    })
    .expect(
      "the few that were tried look better than the set",
      "a smaller share",
    )
    .expect(
      "the program fails on some of the twenty",
      ({ facts }) => facts.right < facts.asked,
    )
    .briefly(),
);

const percent = (share: number) => `${Math.round(100 * share)} %`;
