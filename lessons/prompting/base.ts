import { answerTo, bases, isQuestion, section, text } from "../../src/lab.ts";

// A *base model* has been trained on one task only: predict the next token of a
// lot of text. So it continues whatever it is given, in the way its text would
// go on. It does not answer; nobody has shown it what an answer is.
const lab = section({
  title: "A base model continues",
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

// A question. In the text that the model read, questions stand in quiz lists,
// one below the other. With `LLM_LAB_BASE_MODEL` set, a real base model is
// asked the same, side by side.
const asked = lab.step<Reply>(
  "A question",
  async ({ complete, baseModels, params, table, tell }) => {
    const rows = [];
    for (const model of baseModels) {
      const llm = complete({ model, maxTokens: 24, temperature: 0.7 });
      const text = await llm.invoke(params.question);
      rows.push([model, text]);
      if (model === "tiny-base") await tell(judged(params.question, text));
    }
    await table("What comes after it", ["model", "text"], rows);
  },
);

type Reply = { isEmpty: boolean; asks: boolean; answers: boolean };

const judged = (question: string, text: string): Reply => ({
  isEmpty: text.trim() === "",
  asks: text.split("\n").some(isQuestion),
  answers: answerTo(question)?.(text) ?? false,
});

// The start of a tale. Here continuing is just what one wants.
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

// The knowledge is there, though. Begin the sentence, and the model ends it. To
// get at what a base model knows, write the beginning of a text that would go on
// with it.
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
  asked.predict({
    question: "What will the tiny base model write after the question?",
    choices: ["the answer", "more questions", "nothing", "something else"],
    judge: ({ facts }) => {
      if (facts.isEmpty) return "nothing";
      if (facts.asks) return "more questions";
      return facts.answers ? "the answer" : "something else";
    },
    why: "It goes on as the texts go on in which it read such questions.",
  }),
  told,
  begun,
);
