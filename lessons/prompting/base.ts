import { answerTo, bases, isQuestion, section, text } from "../../src/lab.ts";

// A *base model* is what comes out of the first stage of training, in which a model
// only learns to predict the next token of a lot of text. Here it gets a question,
// the start of a tale, and half a sentence. See `llm-lab help base-model`.
const lab = section({
  title: "A base model",
  kits: [bases],
  params: {
    question: text({
      default: "What is the capital of France?",
      maxLength: 200,
      help: "a question",
    }),
    tale: text({
      default: "Once upon a time there was a",
      maxLength: 200,
      help: "how a tale begins",
    }),
    start: text({
      default: "The capital of France is",
      maxLength: 200,
      help: "a sentence that is begun",
    }),
  },
});

// First, a question. With `LLM_LAB_BASE_MODEL` set, a larger base model gets the
// same question, and the table shows both.
const asked = lab.step<Reply>(
  "A question",
  async ({ complete, baseModels, params, table, tell }) => {
    const rows: [model: string, text: string][] = [];
    for (const model of baseModels) {
      const llm = complete({ model, maxTokens: 24, temperature: 0.7 });
      rows.push([model, await llm.invoke(params.question)]);
    }
    await table("What comes after it", ["model", "text"], rows);
    await tell(judged(params.question, rows[0]?.[1] ?? ""));

    const llm = complete({ model: baseModels[0], maxTokens: 24 });
    return (input) => llm.invoke(input);
  },
);

type Reply = { comes: "nothing" | "questions" | "the answer" | "other" };

/** What a text does after a question: its first line decides, then any other. */
function judged(question: string, text: string): Reply {
  const lines = text.split("\n").filter((line) => line.trim() !== "");
  const isRight = answerTo(question) ?? (() => false);
  const [first = ""] = lines;
  if (first === "") return { comes: "nothing" };
  if (isRight(first) && !isQuestion(first)) return { comes: "the answer" };
  return { comes: lines.some(isQuestion) ? "questions" : "other" };
}

// Now the start of a tale. Here, a text that goes on is just what you want.
const told = lab.step(
  "A tale",
  async ({ complete, baseModels, params, table }) => {
    const rows = [];
    for (const model of baseModels) {
      const llm = complete({ model, maxTokens: 40, temperature: 0.7 });
      rows.push([model, params.tale + (await llm.invoke(params.tale))]);
    }
    await table("The tale", ["model", "text"], rows);
  },
);

// The model does know facts. To get knowledge out of a base model, write the start
// of a text whose natural next words are the answer. What it knows ends where its
// text ended, its *knowledge cutoff*: of what happened later it has read nothing,
// and it goes on all the same. See `llm-lab help knowledge-cutoff`.
const begun = lab.step(
  "A sentence that is begun",
  async ({ complete, baseModels, params, table }) => {
    const rows = [];
    for (const model of baseModels) {
      const llm = complete({ model, maxTokens: 8, stop: ["."] });
      rows.push([model, params.start + (await llm.invoke(params.start))]);
    }
    await table("The sentence", ["model", "text"], rows);
  },
);

export default lab.steps(
  asked
    .predict({
      question:
        "What will the base model (the first, if there are two) write after the question?",
      choices: ["the answer", "more questions", "nothing", "something else"],
      judge: ({ facts: { comes } }) => {
        if (comes === "questions") return "more questions";
        return comes === "other" ? "something else" : comes;
      },
      why: "A base model continues what it is given, as its text would go on; nobody has trained it to answer. In the text that the tiny model read, most questions stand in quiz lists, with another question below.",
    })
    .expect("a base model goes on with more questions", "more questions"),
  told,
  begun,
);
