import {
  AIMessage,
  type BaseMessage,
  HumanMessage,
  SystemMessage,
} from "@langchain/core/messages";
import { tool } from "@langchain/core/tools";
import { convertToOpenAITool } from "@langchain/core/utils/function_calling";
import { z } from "zod";
import { integer, largest, section } from "../../src/lab.ts";

// A model reads one request at a time, and nothing else. All that it should know has to
// fit into its *context window*: the tokens that one request and its reply may have
// together. Most of them are not the question. More: `llm-lab help context-window`.
const lab = section({
  title: "What fills a context window",
  params: {
    turns: integer({
      default: 6,
      min: 0,
      max: 40,
      help: "earlier exchanges that are sent",
    }),
    passages: integer({
      default: 3,
      min: 0,
      max: 20,
      help: "passages that a search found",
    }),
    room: integer({
      default: 6,
      min: 1,
      max: 400,
      help: "tokens that the short reply may have",
    }),
  },
});

const RULES =
  "You answer for the lending library of Hillview. Be brief and friendly. Never " +
  "promise that a book is in. Name the desk for questions about fees.";

const PASSAGES = [
  "Loans run for three weeks, and can be extended twice unless somebody has reserved " +
    "the book. Reminders are sent two days before the end. ",
  "Fees are ten cents for each day and book, and five euros for a book that is lost " +
    "or damaged. Children under sixteen pay nothing. ",
  "Reserved books wait at the desk for a week. A message says when they have come, and " +
    "after the week the next reader gets them. ",
];

/** What a search found; where more are asked for than there are, they come again. */
const passagesOf = (count: number) =>
  Array.from({ length: count }, (_, at) => PASSAGES[at % PASSAGES.length]);

const QUESTION = "When are reminders sent?";

const findBook = tool(async () => "No book was found.", {
  name: "find_book",
  description:
    "Finds books by title, author or subject, and says which are in",
  schema: z.object({
    words: z
      .string()
      .describe("words of the title, the author or the subject"),
    language: z.enum(["en", "fr", "de"]).describe("the language of the book"),
  }),
});

const extendLoan = tool(async () => "Extended.", {
  name: "extend_loan",
  description: "Extends the loan of a book by three weeks",
  schema: z.object({
    card: z.string().describe("the number on the reader's card"),
    book: z.string().describe("the number on the back of the book"),
  }),
});

// Below is the prompt of a small library's helper. It has instructions, two tools, some
// earlier turns, passages that a search found, and a question of a few words. The
// tools are not messages, but their names, descriptions and schemas are sent and read
// too. The table counts each part by itself.
const filled = lab.step<Record<Part, number>>(
  "One request, part by part",
  async ({ chat, params, countTokens, table, tell }) => {
    const parts = {
      instructions: RULES,
      tools: [findBook, extendLoan].map(schemaOf).join("\n"),
      history: historyOf(params.turns),
      passages: passagesOf(params.passages).join(""),
      question: QUESTION,
    };
    const { instructions, history, passages, question } = parts;
    const asked = new HumanMessage(
      `Context: ${passages}\n\nQuestion: ${question}`,
    );
    const model = chat().bindTools([findBook, extendLoan]);
    await model.invoke([new SystemMessage(instructions), ...history, asked]);

    const counted = tokensOf(parts, countTokens);
    await table("Tokens", ["part", "tokens"], Object.entries(counted));
    await tell(counted);
  },
);

type Part = "instructions" | "tools" | "history" | "passages" | "question";

/** What an endpoint is told of a tool. */
const schemaOf = (one: typeof findBook | typeof extendLoan) =>
  JSON.stringify(convertToOpenAITool(one));

/** The tokens of each part; a list of messages counts as their texts. */
function tokensOf(
  parts: Record<Part, string | BaseMessage[]>,
  countTokens: (text: string) => number,
) {
  const counted = Object.entries(parts).map(([name, part]) => {
    const texts =
      typeof part === "string" ? [part] : part.map(({ text }) => text);
    return [name, countTokens(texts.join("\n"))];
  });
  return Object.fromEntries(counted) as Record<Part, number>;
}

/** Exchanges about opening hours, each with a number of its own. */
const historyOf = (turns: number) =>
  Array.from({ length: turns }, (_, at) => [
    new HumanMessage(`Is the library open on day ${at + 1} of the holidays?`),
    new AIMessage(
      `On day ${at + 1} it is open from ten to four, as on Saturdays.`,
    ),
  ]).flat();

// The reply needs room in the same window. `maxTokens` sets how much it may take. When
// that is used up, the endpoint stops in the middle, and says so by the
// *finish reason* "length" instead of "stop". In a stream this reason comes with the last
// piece.
// LangChain throws nothing.
const cut = lab.step<{ finish: string }>(
  "Room for the reply",
  async ({ chat, params, show, tell }) => {
    const short = chat({ maxTokens: params.room });
    const stream = await short.stream("Explain what a token is.");
    let finish = "";
    for await (const { response_metadata } of stream)
      finish = String(response_metadata.finish_reason ?? finish);
    await show("Finish reason", finish);
    await tell({ finish });
  },
);

const sumOf = (counted: Record<Part, number>) =>
  Object.values(counted).reduce((sum, tokens) => sum + tokens);

export default lab.steps(
  filled
    .predict({
      question: "Which part will take the most tokens?",
      choices: ["instructions", "tools", "history", "passages", "question"],
      judge: ({ facts }) => largest(facts),
      why: ({ facts }) =>
        `The question has ${facts.question} tokens, and all parts together ${sumOf(facts)}. You pay ` +
        "for all of them at every call. The tools are counted here as JSON; each " +
        "endpoint counts them in a form of its own.",
    })
    .expect("tools take more than all messages", "tools")
    .expect(
      "the question takes the least",
      ({ facts }) => facts.question === Math.min(...Object.values(facts)),
    ),
  cut
    .predict({
      question: ({ room }) =>
        `The reply may have ${room} ${room === 1 ? "token" : "tokens"}. How will it end?`,
      choices: ["it is whole", "it is cut"],
      judge: ({ facts }) =>
        facts.finish === "length" ? "it is cut" : "it is whole",
      why: ({ facts }) =>
        facts.finish === "length"
          ? "A program that parses the reply or stores it must look at the finish reason first: " +
            "half a sentence looks like a reply too."
          : "It came to its own end before the limit. A larger limit costs nothing by itself: " +
            "you pay for the tokens that are written.",
    })
    .expect("a reply is cut when its tokens are used up", "it is cut"),
);
