import { integer, section, vectors } from "../../src/lab.ts";
import { accepts, QUESTIONS } from "./questions.ts";
import { ragOf } from "./rag.ts";

// A *test set* is a collection of inputs with known right results. What it needs:
// questions as users ask them, badly typed ones too; questions that have no answer, for
// which "I don't know" is right; right answers that were written before anybody saw the
// program's; and a part that you do not look at while you improve the program. This lesson
// shows all twenty, so none of them is kept apart. In a program of yours, take questions
// from logs and from mails to support. More: `llm-lab help test-set`.
const lab = section({
  title: "A test set of twenty questions",
  kits: [vectors],
  params: {
    k: integer({
      default: 3,
      min: 1,
      max: 6,
      help: "passages that the program hands to the model",
    }),
  },
});

// A RAG program has two parts, and each fails in its own way: the search does not find
// the passage that answers, or the model makes nothing of it. So each question also names
// the passage that answers it, its `topic`. The search is measured alone, and that needs
// no call of a model. Recall does not say how high the passage stands among those that
// were found: that is `llm-lab help mrr`. More: `llm-lab help recall-at-k`.
const searched = lab.step<{ found: number; asked: number }>(
  "The search alone",
  async ({ store, handbook, params, table, show, tell }) => {
    const db = await store();
    await db.addDocuments(await handbook());
    const missed: string[][] = [];
    const asked = QUESTIONS.filter(({ topic }) => topic !== "none");
    for (const { question, topic } of asked) {
      const passages = await db.similaritySearch(question, params.k);
      const ids = passages.map(({ id = "" }) => id);
      if (!ids.includes(topic))
        missed.push([question, topic, ids.join(", ")]);
    }
    const columns = ["question", "answered by", "found instead"];
    if (missed.length > 0) await table("Missed", columns, missed);
    const found = asked.length - missed.length;
    await show("Recall", `${found} of ${asked.length}`);
    await tell({ found, asked: asked.length });
  },
);

// Now the whole program. A pass rate alone does not say what to mend, so the questions
// are counted by kind: the passage was found, it was not found, or there is none.
const whole = lab.step<Counts>(
  "The whole program, by kind of question",
  async ({ chat, store, handbook, params, table, tell }) => {
    const db = await store();
    await db.addDocuments(await handbook());
    const ask = ragOf(chat(), db, params);

    const counts = { found: none(), missed: none(), unanswerable: none() };
    for (const { question, topic, accepted } of QUESTIONS) {
      const { answer, ids } = await ask(question);
      const kind = topic === "none" ? "unanswerable" : kindOf(ids, topic);
      counts[kind].asked += 1;
      if (accepts(answer, accepted)) counts[kind].right += 1;
    }
    const columns = ["the passage", "questions", "right"];
    const { found, missed, unanswerable } = counts;
    await table("Right answers", columns, [
      ["was found", found.asked, found.right],
      ["was not found", missed.asked, missed.right],
      ["does not exist", unanswerable.asked, unanswerable.right],
    ]);
    await tell(counts);
  },
);

type Count = { asked: number; right: number };
type Counts = { found: Count; missed: Count; unanswerable: Count };

const none = (): Count => ({ asked: 0, right: 0 });
const kindOf = (ids: string[], topic: string) =>
  ids.includes(topic) ? "found" : "missed";

/** Which part of the program more of its failures are to be blamed on. */
function blamed({ found, missed }: Counts) {
  const [search, model] = [
    missed.asked - missed.right,
    found.asked - found.right,
  ];
  if (search === model) return "neither";
  return search > model ? "the search" : "the model";
}

export default lab.steps(
  searched.expect(
    "the search finds most of the passages",
    ({ facts }) => facts.found > facts.asked / 2,
  ),
  whole
    .predict({
      question:
        "Questions that the handbook answers and the program does not: which part fails more often?",
      choices: ["the search", "the model", "neither"],
      judge: ({ facts }) => blamed(facts),
      why: ({ facts: { found, missed, unanswerable } }) =>
        `With the passage in the prompt, ${found.asked - found.right} of ${found.asked} answers were wrong; ` +
        `without it, ${missed.asked - missed.right} of ${missed.asked}. Of the ${unanswerable.asked} that have no ` +
        `answer, ${unanswerable.right} got a right one. Mend first what fails most.`,
    })
    .expect(
      "every question is counted once",
      ({ facts: { found, missed, unanswerable } }) =>
        found.asked + missed.asked + unanswerable.asked === QUESTIONS.length,
    )
    .expect(
      'to say "I don\'t know" is right where there is no answer',
      ({ facts: { unanswerable } }) => unanswerable.right > 0,
    )
    .briefly(),
);
