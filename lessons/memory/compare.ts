import { ConversationChain } from "@langchain/classic/chains";
import {
  BufferMemory,
  BufferWindowMemory,
  ConversationSummaryMemory,
  ConversationTokenBufferMemory,
} from "@langchain/classic/memory";
import {
  integer,
  largest,
  mentions,
  section,
  type Totals,
  text,
} from "../../src/lab.ts";

// The same conversation goes through four memories. You compare how many tokens
// each sends, what that costs, and when each no longer sends the name.
const lab = section({
  title: "Four memories side by side",
  params: {
    name: text({
      default: "Ada",
      maxLength: 40,
      help: "the name that you give",
    }),
    k: integer({
      default: 2,
      min: 1,
      max: 20,
      help: "exchanges in the window",
    }),
    limit: integer({
      default: 60,
      min: 1,
      max: 2000,
      help: "the token limit",
    }),
    turns: integer({
      default: 12,
      min: 3,
      max: 60,
      help: "turns of the conversation",
    }),
  },
});

const QUESTION = "What is my name?";

const LINES = [
  "I live in Lisbon.",
  "What is 12 times 12?",
  "My dog is called Rex.",
  "What is a token?",
  "I work as a nurse.",
  "What is 7 plus 8?",
  "What is an embedding?",
];

/** The first turn gives the name, every third asks for it. */
const linesOf = (name: string, turns: number) =>
  Array.from({ length: turns }, (_, turn) => {
    if (turn === 0) return `Hi, my name is ${name}.`;
    if (turn % 3 === 2) return QUESTION;
    return LINES[(turn - 1 - Math.floor(turn / 3)) % LINES.length] ?? "";
  });

// Each memory gets the same lines; every third one asks for the name. The plot
// counts the tokens of *all* calls of a turn, hidden ones too. Where points of a
// turn are level, they stand side by side. US$ in the table is for both, tokens in
// and out, at the price of each. See `llm-lab help price`.
const race = lab.step<Sent>(
  "One conversation, four memories",
  async ({ chat, params, spent, plot, table, tell }) => {
    const { k, limit: maxTokenLimit, name } = params;
    const llm = chat();
    const memories = {
      buffer: new BufferMemory(),
      window: new BufferWindowMemory({ k }),
      token: new ConversationTokenBufferMemory({ llm, maxTokenLimit }),
      summary: new ConversationSummaryMemory({ llm }),
    };
    const runs: Run[] = [];
    for (const [kind, memory] of Object.entries(memories)) {
      const conversation = new ConversationChain({ llm, memory });
      const turns: Turn[] = [];
      for (const input of linesOf(name, params.turns)) {
        const { history } = await memory.loadMemoryVariables({});
        const knows = input !== QUESTION || mentions(history, name);
        await conversation.invoke({ input });
        turns.push({ knows, ...spent() });
      }
      runs.push({ name: kind, turns });
    }
    await plot("Tokens sent each turn", AXES, runs.map(seriesOf));
    await table("The bill", BILL, runs.map(billOf));
    await tell(sentOf(runs));
  },
);

const AXES = { x: "turn", y: "tokens" };

type Turn = Totals & { knows: boolean };
type Run = { name: string; turns: Turn[] };

/** The first turn whose prompt does not say the name, from 1; 0 where there is none. */
const forgetsAt = (turns: Turn[]) =>
  turns.findIndex((turn) => !turn.knows) + 1;

const seriesOf = ({ name, turns }: Run) => {
  const x = forgetsAt(turns);
  return {
    name,
    points: turns.map((turn) => turn.tokens.input),
    marks: x > 0 ? [{ x, label: "forgets the name" }] : [],
  };
};

const BILL = [
  "memory",
  "calls",
  "tokens in",
  "tokens out",
  "US$",
  "forgets at turn",
];

const billOf = ({ name, turns }: Run) => {
  const sum = (of: (turn: Turn) => number) =>
    turns.reduce((all, turn) => all + of(turn), 0);
  const free = turns.every((turn) => turn.cost === null);
  return [
    name,
    sum((turn) => turn.calls),
    sum((turn) => turn.tokens.input),
    sum((turn) => turn.tokens.output),
    free ? "free" : sum((turn) => turn.cost ?? 0).toFixed(6),
    forgetsAt(turns) || "never",
  ];
};

type Kind = "buffer" | "window" | "token" | "summary";
/** Tokens that each memory sent; from which turn on the summary sends fewer than the buffer. */
type Sent = { tokens: Record<Kind, number>; crossing: number | null };

const sentOf = (runs: Run[]): Sent => {
  const turnsOf = (kind: Kind) =>
    (runs.find(({ name }) => name === kind)?.turns ?? []).map(
      (turn) => turn.tokens.input,
    );
  const sum = (kind: Kind) =>
    turnsOf(kind).reduce((all, tokens) => all + tokens, 0);
  const [buffer, summary] = [turnsOf("buffer"), turnsOf("summary")];
  const below = summary.map((tokens, at) => tokens < (buffer[at] ?? 0));
  // Crossed is what stays crossed until the last turn.
  const crossing = below.lastIndexOf(false) + 1;
  return {
    tokens: {
      buffer: sum("buffer"),
      window: sum("window"),
      token: sum("token"),
      summary: sum("summary"),
    },
    crossing: crossing < below.length ? crossing + 1 : null,
  };
};

const whySent = ({ tokens, crossing }: Sent) =>
  largest(tokens) === "summary"
    ? "Each turn of the summary makes two calls, and both prompts carry it. " +
      (crossing === null
        ? "The buffer overtakes it only in longer conversations: try turns=30."
        : `From turn ${crossing} on the buffer sends more in a turn.`)
    : "The buffer sends every line again in each turn, so its total grows with " +
      "the square of the number of turns.";

// Providers keep the beginnings of prompts that they have read lately. If a prompt
// begins with the same tokens, these are billed at the *cached* price: a tenth at
// OpenAI for gpt-6-luna, from about 1,024 tokens on (November 2026). The table
// compares each prompt with the one before, token by token from the start. Replies
// are billed on top, the same for both. See `llm-lab help prompt-caching`.
const cached = lab.step<Full>(
  "What prompt caching changes",
  async ({ params, countTokens, table, tell }) => {
    const fresh = { buffer: 0, window: 0 };
    const memories = {
      buffer: new BufferMemory(),
      window: new BufferWindowMemory({ k: params.k }),
    };
    const rows: (string | number)[][] = [];
    for (const kind of ["buffer", "window"] as const) {
      let [sent, before] = [0, ""];
      for (const input of linesOf(params.name, params.turns)) {
        const { history } = await memories[kind].loadMemoryVariables({});
        const prompt = `${RULES}\n${history}\nHuman: ${input}\nAI:`;
        sent += countTokens(prompt);
        fresh[kind] += countTokens(prompt.slice(shared(before, prompt)));
        before = prompt;
        await memories[kind].saveContext({ input }, { output: REPLY });
      }
      const bill = Math.round(fresh[kind] + (sent - fresh[kind]) / 10);
      rows.push([kind, sent, sent - fresh[kind], fresh[kind], bill]);
    }
    await table("Tokens, without and with a cache", CACHED, rows);
    await tell({ fresh });
  },
);

const RULES =
  "You are a friendly assistant. Answer the human from the conversation below, " +
  "and say so where it does not hold the answer.";

const REPLY = "Thank you, I have taken note of that and will remember it.";

const CACHED = ["memory", "sent", "same beginning", "new", "bill, in tokens"];

/** How many characters two texts share at their beginning. */
function shared(one: string, other: string): number {
  let at = 0;
  while (at < one.length && one[at] === other[at]) at += 1;
  return at;
}

/** Tokens that are billed in full, because they are not in an unchanged beginning. */
type Full = { fresh: { buffer: number; window: number } };

export default lab.steps(
  race
    .predict({
      question: "Which of the four will send the most tokens in all?",
      choices: ["buffer", "window", "token", "summary"],
      judge: ({ facts }) => largest(facts.tokens),
      why: ({ facts }) => whySent(facts),
    })
    .briefly(),
  cached.predict({
    question:
      "Both send the same new lines. Which sends more tokens that are not cached?",
    choices: ["buffer", "window", "both the same"],
    judge: ({ facts: { fresh } }) =>
      fresh.buffer === fresh.window ? "both the same" : largest(fresh),
    why: ({ facts: { fresh } }) =>
      `The buffer sent ${fresh.buffer} new tokens, the window ${fresh.window}. A buffer only ` +
      "grows at its end. A window that is full drops its first exchange at each " +
      "turn, so all that follows the instructions is new.",
  }),
);
