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
  section,
  type Totals,
  text,
} from "../../src/lab.ts";

// One conversation, four memories, side by side: what each sends, what that
// costs, and when each forgets.
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
  },
});

const QUESTION = "What is my name?";

// Every third turn asks for the name that was given in the first.
const linesOf = (name: string) => [
  `Hi, my name is ${name}.`,
  "I live in Lisbon.",
  QUESTION,
  "What is 12 times 12?",
  "My dog is called Rex.",
  QUESTION,
  "What is a token?",
  "I work as a nurse.",
  QUESTION,
  "What is 7 plus 8?",
  "What is an embedding?",
  QUESTION,
];

// Twelve turns through each of the four. The tokens of a turn are those of *all*
// its calls, so the summary pays for its hidden one. Then look at where the
// lines cross: that depends on how long the conversation gets.
const race = lab.step<Tokens>(
  "A race",
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
      for (const input of linesOf(name)) {
        const { history } = await memory.loadMemoryVariables({});
        const knows = input !== QUESTION || says(history, name);
        await conversation.invoke({ input });
        turns.push({ knows, ...spent() });
      }
      runs.push({ name: kind, turns });
    }
    await plot("Tokens sent each turn", AXES, runs.map(seriesOf));
    await table("The bill", BILL, runs.map(billOf));
    await tell(tokensOf(runs));
  },
);

const says = (text: string, name: string) =>
  text.toLowerCase().includes(name.toLowerCase());

const AXES = { x: "turn", y: "tokens" };

type Turn = Totals & { knows: boolean };
type Run = { name: string; turns: Turn[] };

const seriesOf = ({ name, turns }: Run) => {
  const forgot = turns.findIndex((turn) => !turn.knows) + 1;
  return {
    name,
    points: turns.map((turn) => turn.tokens.input),
    marks: forgot > 0 ? [{ x: forgot, label: "forgets the name" }] : [],
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
    turns.findIndex((turn) => !turn.knows) + 1 || "never",
  ];
};

const tokensOf = (runs: Run[]) => {
  const of = (kind: keyof Tokens) =>
    (runs.find(({ name }) => name === kind)?.turns ?? [])
      .map((turn) => turn.tokens.input)
      .reduce((all, tokens) => all + tokens, 0);
  return {
    buffer: of("buffer"),
    window: of("window"),
    token: of("token"),
    summary: of("summary"),
  };
};

type Tokens = Record<"buffer" | "window" | "token" | "summary", number>;

export default lab.steps(
  race
    .predict({
      question: "Which of the four will send the most tokens in all?",
      choices: ["buffer", "window", "token", "summary"],
      judge: ({ facts }) => largest(facts),
    })
    .briefly(),
);
