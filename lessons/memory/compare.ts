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
    rules: integer({
      default: 60,
      min: 1,
      max: 200,
      help: "rules in the long instructions",
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
// counts the tokens that *all* calls of a turn send, hidden ones too. Where points of
// a turn are level, they stand side by side. The table's US$ are for the tokens
// sent and for those received, each at its price. See `llm-lab help price`.
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
        ? "The buffer overtakes it only in longer conversations: try turns=40."
        : `From turn ${crossing} on the buffer sends more in a turn.`)
    : "The buffer sends every line again in each turn, so its total grows with " +
      "the square of the number of turns.";

// Providers keep the beginnings of prompts that they have read lately, and bill them
// at a *cached* price. At OpenAI (GPT-5.6 and later, November 2026) only a beginning
// of at least 1,024 tokens counts: it costs a tenth (gpt-6-luna). All other tokens of
// a prompt that is that long cost a quarter more, because they are written to the
// cache. The table computes that bill, in tokens at full price, as if each beginning
// were found. More:
// `llm-lab help prompt-caching`.
const cached = lab.step<Bills>(
  "What prompt caching changes",
  async ({ params, countTokens, table, tell }) => {
    const { k, name, rules, turns } = params;
    const rows: (string | number)[][] = [];
    const bills: Bills = { short: {}, long: {} };
    for (const size of ["short", "long"] as const) {
      const instructions = size === "short" ? RULE : ruleBook(rules);
      for (const kind of ["buffer", "window"] as const) {
        const memory =
          kind === "buffer"
            ? new BufferMemory()
            : new BufferWindowMemory({ k });
        const prompts: string[] = [];
        for (const input of linesOf(name, turns)) {
          const { history } = await memory.loadMemoryVariables({});
          prompts.push(`${instructions}\n${history}\nHuman: ${input}\nAI:`);
          await memory.saveContext({ input }, { output: REPLY });
        }
        const bill = cachedBill(prompts, countTokens);
        bills[size][kind] = bill.total;
        rows.push([countTokens(instructions), kind, ...Object.values(bill)]);
      }
    }
    await table("Tokens of all prompts", CACHED, rows);
    await tell(bills);
  },
);

/** The bill of each memory under short and under long instructions, in tokens at full price. */
type Bills = Record<"short" | "long", { buffer?: number; window?: number }>;

const RULE =
  "You are a friendly assistant. Answer from the conversation below.";

const ruleBook = (rules: number) =>
  [
    RULE,
    ...Array.from(
      { length: rules },
      (_, at) =>
        `Rule ${at + 1}: for questions about chapter ${at + 1}, answer in two ` +
        "sentences and name the page of the manual.",
    ),
  ].join("\n");

const REPLY = "Thank you, I have taken note of that and will remember it.";

const CACHED = [
  "instructions",
  "memory",
  "longest prompt",
  "sent",
  "from the cache",
  "bill",
];

const [LEAST, READ, WRITTEN] = [1024, 0.1, 1.25];

/**
 * What prompts cost, one after the other, where each finds the beginning that it shares with the
 * last.
 */
function cachedBill(
  prompts: string[],
  countTokens: (text: string) => number,
) {
  const bill = { longest: 0, sent: 0, fromCache: 0, total: 0 };
  for (const [at, prompt] of prompts.entries()) {
    const size = countTokens(prompt);
    const same = countTokens(beginningOf(prompts[at - 1] ?? "", prompt));
    const found = same >= LEAST ? same : 0;
    bill.longest = Math.max(bill.longest, size);
    bill.sent += size;
    bill.fromCache += found;
    bill.total +=
      READ * found + (size >= LEAST ? WRITTEN : 1) * (size - found);
  }
  return { ...bill, total: Math.round(bill.total) };
}

/** What two texts share at their beginning. */
function beginningOf(one: string, other: string): string {
  let at = 0;
  while (at < one.length && one[at] === other[at]) at += 1;
  return other.slice(0, at);
}

const whyBills = ({ short, long }: Bills) =>
  `With the long instructions the buffer costs ${long.buffer}, the window ${long.window}; ` +
  `with the short ones ${short.buffer} and ${short.window}. A buffer only grows at its end, ` +
  "so a cache finds nearly all of it. A full window drops its first exchange at each turn, " +
  "so a cache finds no more than the instructions.";

export default lab.steps(
  race
    .predict({
      question: "Which of the four will send the most tokens in all?",
      choices: ["buffer", "window", "token", "summary"],
      judge: ({ facts }) => largest(facts.tokens),
      why: ({ facts }) => whySent(facts),
    })
    .briefly()
    .expect("the hidden calls of the summary send the most", "summary")
    .expect(
      "only the buffer and the summary still know the name",
      ({ tables }) =>
        tables[0]?.rows.map((row) => row.at(-1) === "never").join() ===
        "true,false,false,true",
    ),
  cached
    .predict({
      question:
        "With the long instructions, whose bill will be smaller, the buffer's or the window's?",
      choices: ["buffer", "window", "both the same"],
      judge: ({ facts: { long } }) => {
        if (long.buffer === long.window) return "both the same";
        return Number(long.buffer) < Number(long.window)
          ? "buffer"
          : "window";
      },
      why: ({ facts }) => whyBills(facts),
    })
    .expect(
      "under long instructions a cache makes the buffer cheaper",
      "buffer",
    ),
);
