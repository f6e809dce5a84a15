import {
  AIMessage,
  type BaseMessage,
  HumanMessage,
  SystemMessage,
  ToolMessage,
  trimMessages,
} from "@langchain/core/messages";
import {
  ClearToolUsesEdit,
  contextEditingMiddleware,
  createAgent,
  createMiddleware,
  tool,
} from "langchain";
import { z } from "zod";
import { integer, section } from "../../src/lab.ts";

// A conversation with tools has messages that belong together. The model *calls* a tool
// in a message of its own, and your program answers with a *tool message* that names
// the call. A provider refuses either without the other. So a history cannot be cut
// just anywhere. More: `llm-lab help trim-messages`, `llm-lab help tool-calling`.
const lab = section({
  title: "Trimming without breaking tool calls",
  params: {
    keep: integer({
      default: 3,
      min: 2,
      max: 6,
      help: "how many of the last messages are kept",
    }),
    results: integer({
      default: 1,
      min: 0,
      max: 3,
      help: "how many of the newest results of tools stay whole",
    }),
  },
});

/** A question that took a tool, its answer, and the next question. */
const HISTORY = [
  new SystemMessage("You answer for a weather station."),
  new HumanMessage("How warm is it in Oslo?"),
  new AIMessage({
    content: "",
    tool_calls: [{ id: "call_1", name: "warmth", args: { city: "Oslo" } }],
  }),
  new ToolMessage({ tool_call_id: "call_1", content: "4 degrees" }),
  new AIMessage("It is 4 degrees in Oslo."),
  new HumanMessage("What is 3 plus 4?"),
];

// Here is the plain way to keep a prompt short: the last messages of an array. The
// tables show the whole history, and what is left of it. What comes of the call is the
// endpoint's own answer, in the words that OpenAI uses.
const sliced = lab.step<{ taken: boolean }>(
  "The last messages",
  async ({ chat, params, table, fails, spent, tell }) => {
    await table("The history", ["message", "text"], HISTORY.map(rowOf));
    const last = HISTORY.slice(-params.keep);
    await table("What is kept", ["message", "text"], last.map(rowOf));
    await fails("the last messages", () => chat().invoke(last));
    await tell({ taken: spent().tokens.output > 0 });
  },
);

const rowOf = (message: BaseMessage) => {
  const [call] = AIMessage.isInstance(message)
    ? (message.tool_calls ?? [])
    : [];
  return [message.type, call ? `calls ${call.name}` : message.text];
};

// `trimMessages` knows the borders. `startOn: "human"` drops what stands before the
// first question that is kept, so no tool message loses its call. With
// `includeSystem: true` the instructions stay, and count as one of the messages.
const trimmed = lab.step<{ kept: number }>(
  "trimMessages",
  async ({ chat, params, table, tell }) => {
    const kept = await trimMessages(HISTORY, {
      maxTokens: params.keep,
      tokenCounter: (messages) => messages.length,
      strategy: "last",
      startOn: "human",
      includeSystem: true,
    });
    await table("What is kept", ["message", "text"], kept.map(rowOf));
    if (kept.length > 0) await chat().invoke(kept);
    await tell({ kept: kept.length });
  },
);

// Often the results of tools are what is long: a page, a table, a file. This middleware
// of `langchain` 1.x leaves the messages where they are, and empties old results once
// the messages are longer than `trigger`. Each call keeps an answer, so nothing is
// refused. `keep` says how many of the newest results stay (`results`).
const emptied = lab.step<{ emptied: number; of: number }>(
  "Empty old results",
  async ({ chat, params, tell }) => {
    const results: string[] = [];
    const look = createMiddleware({
      name: "look",
      wrapModelCall: (request, handler) => {
        const sent = request.messages.filter(ToolMessage.isInstance);
        results.push(...sent.map(({ text }) => text));
        return handler(request);
      },
    });
    const edit = new ClearToolUsesEdit({
      trigger: { tokens: 60 },
      keep: { messages: params.results },
    });
    const editing = contextEditingMiddleware({ edits: [edit] });
    const middleware = [editing, look];
    const agent = createAgent({ model: chat(), tools: [warmth], middleware });
    const question = new HumanMessage("What is 3 plus 4?");
    await agent.invoke({ messages: [...LOOKED_UP, question] });

    const left = results.filter((text) => text.includes("degrees"));
    await tell({ emptied: results.length - left.length, of: results.length });
  },
);

const warmth = tool(async ({ city }) => `4 degrees in ${city}`, {
  name: "warmth",
  description: "Tells how warm it is in a city",
  schema: z.object({ city: z.string() }),
});

/** Three questions, each with a call of the tool, a long result and an answer. */
const LOOKED_UP = ["Oslo", "Bergen", "Bodø"].flatMap((city, at) => [
  new HumanMessage(`How warm is it in ${city}?`),
  new AIMessage({
    content: "",
    tool_calls: [{ id: `call_${at}`, name: "warmth", args: { city } }],
  }),
  new ToolMessage({
    tool_call_id: `call_${at}`,
    content: `4 degrees, ${"light wind from the north, ".repeat(4)}dry`,
  }),
  new AIMessage(`It is 4 degrees in ${city}.`),
]);

export default lab.steps(
  sliced
    .predict({
      question: ({ keep }) =>
        `The last ${keep} messages are sent. Will the endpoint take them?`,
      choices: ["yes", "no"],
      judge: ({ facts }) => (facts.taken ? "yes" : "no"),
      why: ({ facts }) =>
        facts.taken
          ? "No tool message stands there without its call. Try keep=3: the cut then falls " +
            "between a call and its result."
          : "The first message that is left is a tool's result, and its call was cut off. The " +
            "program worked for as long as no tool was used, so tests without tools do not find it.",
    })
    .expect("a result without its call is refused", "no"),
  trimmed
    .predict({
      question: ({ keep }) =>
        `At most ${keep} messages, beginning with a question after the instructions. How many will be kept?`,
      choices: [1, 2, 3, 5],
      judge: ({ facts }) => facts.kept,
      why: ({ params: { keep }, facts: { kept } }) =>
        kept < keep
          ? `${keep} would fit, but the cut would fall inside the exchange about Oslo. Trimming ` +
            "goes on to the next question, so a prompt may be much shorter than its limit."
          : "All that fits is kept, for the cut falls on the beginning of a question.",
    })
    .expect("trimMessages goes on to the next question", 2),
  emptied
    .predict({
      question: ({ results }) =>
        `Three long results, of which the newest ${results === 1 ? "one stays" : `${results} stay`}. How many will be sent empty?`,
      choices: [0, 1, 2, 3],
      judge: ({ facts }) => facts.emptied,
      why: ({ facts }) =>
        `${facts.emptied} of ${facts.of}. The model still sees that it called the tool, and what ` +
        "it answered from the result. Where it needs the result again, it can call again.",
    })
    .expect("all results but the newest are emptied", 2),
);
