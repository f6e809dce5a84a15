import { ConversationChain } from "@langchain/classic/chains";
import { ConversationSummaryMemory } from "@langchain/classic/memory";
import type { BaseMessage } from "@langchain/core/messages";
import { MemorySaver } from "@langchain/langgraph";
import { createAgent, summarizationMiddleware } from "langchain";
import {
  integer,
  mentions,
  section,
  type Totals,
  text,
} from "../../src/lab.ts";

// A summary keeps what was said long ago in few words. Somebody has to write it: the
// model, in a hidden call. The question is when. More: `llm-lab help summary-memory`.
const lab = section({
  title: "Summarise late, not at every turn",
  params: {
    name: text({
      default: "Ada",
      maxLength: 40,
      help: "the name that you give",
    }),
    turns: integer({
      default: 30,
      min: 2,
      max: 30,
      help: "turns of the conversation",
    }),
    trigger: integer({
      default: 300,
      min: 40,
      max: 4000,
      help: "tokens of messages from which on they are summarised",
    }),
  },
});

const LINES = [
  "I live in Lisbon.",
  "What is 12 times 12?",
  "My dog is called Rex.",
  "What is 7 plus 8?",
  "I work as a nurse.",
];

/** The name first, and at the end the question for it. */
const linesOf = (name: string, turns: number) =>
  Array.from({ length: turns }, (_, at) => {
    if (at === 0) return `Hi, my name is ${name}.`;
    if (at === turns - 1) return "What is my name?";
    return LINES[(at - 1) % LINES.length] ?? "";
  });

// `ConversationSummaryMemory` asks for a new summary after each turn, also while the
// whole conversation would be shorter than its summary.
const eachTurn = lab.step<Outcome>(
  "At every turn",
  async ({ chat, params, spent, show, tell }) => {
    const memory = new ConversationSummaryMemory({ llm: chat() });
    const chain = new ConversationChain({ llm: chat(), memory });
    for (const input of linesOf(params.name, params.turns))
      await chain.invoke({ input });

    const { history } = await memory.loadMemoryVariables({});
    await tell(await outcomeOf(history, spent(), params, show));
  },
);

/** Calls that the learner did not ask for, tokens of all prompts, and whether the name stayed. */
type Outcome = { hidden: number; tokens: number; knows: boolean };

// This middleware counts the tokens of the messages before each call of the model, and
// asks for a summary only when there are more than `trigger`. It keeps the last
// three word for word. Until then it costs nothing. Afterwards the summary counts too: where
// it alone nearly fills `trigger`, it is soon written again.
const late = lab.step<Outcome>(
  "When it is too long",
  async ({ chat, params, countTokens, spent, show, tell }) => {
    const middleware = summarizationMiddleware({
      model: chat(),
      trigger: { tokens: params.trigger },
      keep: { messages: 3 },
      tokenCounter: (messages) => countTokens(textsOf(messages)),
    });
    const checkpointer = new MemorySaver();
    const agent = createAgent({
      model: chat(),
      tools: [],
      checkpointer,
      middleware: [middleware],
    });
    const thread = { configurable: { thread_id: "1" } };
    let known = "";
    for (const content of linesOf(params.name, params.turns)) {
      const asked = { messages: [{ role: "user", content }] };
      const { messages } = await agent.invoke(asked, thread);
      known = textsOf(messages.slice(0, -1));
    }
    await tell(await outcomeOf(known, spent(), params, show));
  },
);

const textsOf = (messages: BaseMessage[]) =>
  messages.map(({ text }) => text).join("\n");

/** Shows what a conversation took, and says whether the name was still known. */
async function outcomeOf(
  known: string,
  { calls, tokens }: Totals,
  { name, turns }: { name: string; turns: number },
  show: (label: string, value: unknown) => Promise<void>,
): Promise<Outcome> {
  const hidden = calls - turns;
  await show("Hidden calls", hidden);
  await show("Tokens of all prompts", tokens.input);
  return { hidden, tokens: tokens.input, knows: mentions(known, name) };
}

export default lab.steps(
  eachTurn
    .predict({
      question: ({ turns }) =>
        `${turns} turns. How many hidden calls will be made?`,
      choices: ({ turns }) => [...new Set([1, Math.ceil(turns / 2), turns])],
      judge: ({ facts }) => facts.hidden,
      why: ({ facts }) =>
        `One for each turn, and each of the ${facts.hidden} prompts carries the summary again. ` +
        "A summary of a summary of a summary may lose what was said first.",
    })
    .expect("a summary at each turn takes a hidden call at each", 30)
    .briefly(),
  late
    .predict({
      question: ({ turns, trigger }) =>
        `The same ${turns} turns, summarised only above ${trigger} tokens. How many hidden calls now?`,
      choices: ({ turns }) => [...new Set([0, 1, 2, turns])],
      judge: ({ facts }) => facts.hidden,
      why: ({ facts }) =>
        `${facts.hidden}, and ${facts.tokens} tokens in all prompts. ` +
        (facts.knows
          ? "The name is still among what is sent. "
          : "The name is not among what is sent any more. ") +
        "Try trigger=60 and trigger=4000. A low one asks again and again, for the summary itself " +
        "soon fills it; a high one never asks, and each prompt is longer than the one before. A " +
        "short conversation, such as turns=10, is cheapest without any summary.",
    })
    .expect(
      "a late summary takes few",
      ({ facts }) => facts.hidden >= 1 && facts.hidden <= 3,
    )
    .expect("the name is kept", ({ facts }) => facts.knows)
    .briefly(),
);
