import { StringOutputParser } from "@langchain/core/output_parsers";
import { PromptTemplate } from "@langchain/core/prompts";
import type { ChatOpenAI } from "@langchain/openai";
import { choice, endpoints, integer, section } from "../../src/lab.ts";

// A *regression* is something that worked and works no longer. Prompts get them as code
// does: somebody tidies a file, and a line is gone. A *tape* is a file with the requests
// and replies of a run. A test that replays it needs no key, no network and no model, and
// it notices when the program asks anything else. More: `llm-lab help regression-test`,
// `llm-lab help record-replay`.
const lab = section({
  title: "Regressions, held by a tape",
  kits: [endpoints],
  params: {
    questions: integer({
      default: 3,
      min: 1,
      max: 3,
      help: "questions on the tape",
    }),
    accident: choice({
      default: "a lost line",
      choices: [
        "a lost line",
        "a lost word",
        "swapped lines",
        "a space at an end",
        "none",
      ],
      help: "what happens to the prompt",
    }),
  },
});

const PROMPT = `You answer for a shop that sells kettles.
Answer only from the context below.
If the context does not say, answer that you don't know.

Context:
A kettle may be returned within 30 days, with its receipt.
The guarantee lasts two years.

Question: {question}
Answer:`;

const QUESTIONS = [
  "For how long may I return a kettle?",
  "How long does the guarantee last?",
  "Do you sell teapots?",
];

/** The program under test: answers some questions, one after the other. */
async function answersOf(model: ChatOpenAI, prompt: string, count: number) {
  const chain = PromptTemplate.fromTemplate(prompt)
    .pipe(model)
    .pipe(new StringOutputParser());
  const answers: string[] = [];
  for (const question of QUESTIONS.slice(0, count))
    answers.push(await chain.invoke({ question }));
  return answers;
}

// `tape` is from `llm-lab/testing`. With `record` it hands each request on and writes it
// down with its reply; you do that once, with the model that you use. Without `record` it
// answers from the file, and that is what runs in CI, for example at every commit.
// `wire` is this run's own way to its model; in a project of yours, it is an address:
// docs/testing.md, in llm-lab's repository, has such a test as a file of vitest.
const recorded = lab.step<{ then: number; now: number; same: boolean }>(
  "Record once, replay for ever",
  async ({ chat, tape, wire, file, params, spent, table, tell }) => {
    const { questions } = params;
    const path = file("shop.tape.json");
    const recorder = await tape(path, { record: wire });
    const model = chat({ fetch: recorder.fetch });
    const first = await answersOf(model, PROMPT, questions);
    await recorder.close();
    const then = spent().calls;

    const player = await tape(path);
    const again = chat({ fetch: player.fetch });
    const second = await answersOf(again, PROMPT, questions);
    const now = spent().calls;
    const isSame = first.every((answer, at) => answer === second[at]);
    await table("Two runs", COLUMNS, [
      ["recorded", then, first.length],
      ["replayed", now, second.length],
    ]);
    await tell({ then, now, same: isSame });
  },
);

const COLUMNS = ["run", "calls of the model", "answers"];

// Now the accident happens that you set (`accident`), and CI runs the test once more. The
// tape does not know whether a prompt is good; it knows what was asked when you looked at
// the answers and found them good.
const changed = lab.step<{ failed: boolean; line: number }>(
  "A prompt changed by accident",
  async ({ chat, tape, wire, file, params, show, tell }) => {
    const path = file("shop.tape.json");
    const recorder = await tape(path, { record: wire });
    await answersOf(chat({ fetch: recorder.fetch }), PROMPT, 1);
    await recorder.close();

    const prompt = ACCIDENTS[params.accident]?.(PROMPT) ?? PROMPT;
    const player = await tape(path);
    let said = "It passes.";
    try {
      await answersOf(chat({ fetch: player.fetch }), prompt, 1);
    } catch (error) {
      const { message } = error as Error;
      said = message.replaceAll(path, "shop.tape.json").trim();
    }
    await show("The test in CI says", said);
    const failed = said !== "It passes.";
    await tell({ failed, line: lineThatDiffers(PROMPT, prompt) });
  },
);

/** What people do to prompts without meaning to. */
const ACCIDENTS: Record<string, (prompt: string) => string> = {
  "a lost line": (prompt) => prompt.replace(/^If the context.*\n/m, ""),
  "a lost word": (prompt) => prompt.replace("only ", ""),
  "swapped lines": (prompt) =>
    prompt.replace(/^(Answer only.*)\n(If the.*)$/m, "$2\n$1"),
  "a space at an end": (prompt) => prompt.replace("kettles.", "kettles. "),
  none: (prompt) => prompt,
};

/** The number of the first line that differs, from 1; 0 where none does. */
function lineThatDiffers(one: string, other: string): number {
  const [then, now] = [one.split("\n"), other.split("\n")];
  return 1 + then.findIndex((line, at) => line !== now[at]);
}

// A prompt may change on purpose. Then the tape fails too, and you record it again; but
// first ask the whole test set with both prompts, as in the section before. Here the
// model itself has become another one, behind the same name: it says no to everything.
// `scripted` plays it. The prompt is as it was. An agent's way is tested like a prompt:
// compare the names and arguments in the `tool_calls` of its messages with what you expect.
const drifted = lab.step<{ tape: number; model: number }>(
  "A model changed by its provider",
  async ({ chat, tape, scripted, wire, file, params, table, tell }) => {
    const { questions } = params;
    const path = file("shop.tape.json");
    const recorder = await tape(path, { record: wire });
    const before = chat({ fetch: recorder.fetch });
    const good = await answersOf(before, PROMPT, questions);
    await recorder.close();

    const player = await tape(path);
    const taped = chat({ fetch: player.fetch });
    const today = scripted(() => "I am afraid that I cannot help with that.");
    const asked = chat({ fetch: today.fetch });
    const differing = async (model: ChatOpenAI) => {
      const answers = await answersOf(model, PROMPT, questions);
      return answers.filter((answer, at) => answer !== good[at]).length;
    };
    const facts = {
      tape: await differing(taped),
      model: await differing(asked),
    };
    await table(
      "Answers that are not as they were",
      ["from the tape", "from today's model"],
      [[facts.tape, facts.model]],
    );
    await tell(facts);
  },
);

export default lab.steps(
  recorded
    .predict({
      question: ({ questions }) =>
        `The run is recorded with ${questions === 1 ? "1 call" : `${questions} calls`} and then replayed. How many calls does the replay make?`,
      choices: [0, 1, 3],
      judge: ({ facts }) => facts.now,
      why: ({ facts }) =>
        `${facts.then} then, ${facts.now} now, and ${facts.same ? "the same answers" : "other answers"}. ` +
        "Prompts, chains, parsers and retries of the program really run; only the model is a file. " +
        "Put the tape into version control, beside the test.",
    })
    .expect("a replay calls nobody", 0)
    .expect(
      "its answers are those of the recording",
      ({ facts }) => facts.same,
    ),
  changed
    .predict({
      question: ({ accident }) =>
        `What happens to the prompt: ${accident}. Will the test in CI fail?`,
      choices: ["yes", "no"],
      judge: ({ facts }) => (facts.failed ? "yes" : "no"),
      why: ({ facts }) =>
        facts.failed
          ? `It names line ${facts.line} of the prompt, as it stands on the tape and as it is now. ` +
            "So strict a test fails at a space, too; that is the price for missing nothing."
          : "The requests are the same to the letter, so the tape has an answer to each.",
    })
    .expect("a lost line is found", "yes"),
  drifted
    .predict({
      question:
        "The provider puts another model behind the same name. Will the test with the tape notice?",
      choices: ["yes", "no"],
      judge: ({ facts }) => (facts.tape > 0 ? "yes" : "no"),
      why:
        "A tape is yesterday's model. It holds your program still, and nothing else. Ask the test set " +
        "of the real model from time to time, for example each night, outside of the tests that " +
        "must pass before a change goes in.",
    })
    .expect("a tape does not notice another model", "no"),
);
