import { createAgent, createMiddleware, tool } from "langchain";
import { z } from "zod";
import { section, text } from "../../src/lab.ts";

// One reply may call several tools, or one tool several times. The program can then run them
// at the same time, and the model reads all results in one round. That saves time and calls.
// It also lets two tools change the same thing at once. More:
// `llm-lab help parallel-tool-calls`.
const lab = section({
  title: "Several calls in one reply",
  params: {
    question: text({
      default: "What is the price of a kettle, a teapot and a lamp?",
      maxLength: 300,
      help: "what a customer asks",
    }),
  },
});

const say = (content: string) => ({ messages: [{ role: "user", content }] });
const moment = () => new Promise((resolve) => setTimeout(resolve, 50));

/** A tool that takes a moment, and notes how many of it are under way. */
function priceList() {
  const seen = { now: 0, most: 0, runs: 0 };
  const getPrice = tool(
    async ({ product }) => {
      seen.now += 1;
      seen.runs += 1;
      seen.most = Math.max(seen.most, seen.now);
      await moment();
      seen.now -= 1;
      return `${product}: ${10 + product.length} euros`;
    },
    {
      name: "get_price",
      description: "The price of a product.",
      schema: z.object({ product: z.string() }),
    },
  );
  return { seen, getPrice };
}

// Each call has an id of its own, and each gets its own tool message. `createAgent` runs the
// tools of a reply at the same time.
const together = lab.step<{ most: number; runs: number }>(
  "At once",
  async ({ chat, params, show, tell }) => {
    const { seen, getPrice } = priceList();
    const agent = createAgent({ model: chat(), tools: [getPrice] });
    const ask = (content: string) => agent.invoke(say(content));

    await ask(params.question);
    await show("Times the tool ran", seen.runs);
    await show("At the same time, at most", seen.most);
    await tell({ most: seen.most, runs: seen.runs });
    return ask;
  },
);

// `parallel_tool_calls: false` is a parameter of the request: one call a reply. Not every
// provider knows it. The table holds the two ways against each other.
const single = lab.step<{ single: number; together: number }>(
  "One after the other",
  async ({ chat, params, spent, table, tell }) => {
    const { getPrice } = priceList();
    const oneCall = createMiddleware({
      name: "oneCall",
      wrapModelCall: (request, handler) => {
        const modelSettings = { parallel_tool_calls: false };
        return handler({ ...request, modelSettings });
      },
    });

    const ask = async (middleware: (typeof oneCall)[]) => {
      const tools = [getPrice];
      const agent = createAgent({ model: chat(), tools, middleware });
      await agent.invoke(say(params.question));
      const { calls, tokens } = spent();
      return [calls, tokens.input, tokens.output] as const;
    };
    const one = await ask([oneCall]);
    const all = await ask([]);
    const columns = ["way", "calls", "tokens in", "tokens out"];
    const rows = [
      ["one a reply", ...one],
      ["several a reply", ...all],
    ];
    await table("What it took", columns, rows);
    await tell({ single: one[0], together: all[0] });
  },
);

// Two calls take money from one purse. The tool reads how much there is, waits a moment, as
// a database would, and writes what is left. In the second part each call waits for the one
// before it.
const race = lab.step<{ loose: number; queued: number }>(
  "Two that change the same",
  async ({ chat, show, tell }) => {
    const pay = async (inTurn: boolean) => {
      let purse = 100;
      let before: Promise<unknown> = Promise.resolve();
      const take = async (amount: number) => {
        const there = purse;
        await moment();
        purse = there - amount;
        return `Paid ${amount} euros.`;
      };
      const payOne = tool(
        ({ amount }) => {
          const now = inTurn ? before.then(() => take(amount)) : take(amount);
          before = now;
          return now;
        },
        { name: "pay", description: "Pay an amount in euros.", schema: SUM },
      );
      await createAgent({ model: chat(), tools: [payOne] }).invoke(PAY);
      return purse;
    };
    const [loose, queued] = [await pay(false), await pay(true)];
    await show("Left of 100 euros", { loose, queued });
    await tell({ loose, queued });
  },
);

const SUM = z.object({ amount: z.number() });
const PAY = say("Pay 30 euros, and pay 50 euros.");

export default lab.steps(
  together
    .predict({
      question:
        "The model asks for several prices in one reply. How many calls to the model does the question take?",
      choices: [2, 3, 4],
      judge: ({ calls }) => calls.length,
      why: ({ calls, facts }) =>
        calls.length === 2 && facts.runs > 1
          ? `One reply with ${facts.runs} calls, and one answer. The results stand in the second prompt, a tool message for each call.`
          : "The model did not put several calls into one reply. It may, and your program must be ready for it.",
    })
    .expect("several calls take one round", 2),
  single
    .predict({
      question:
        "One call a reply: how will the number of calls to the model compare?",
      choices: ["more", "the same", "fewer"],
      judge: ({ facts: { single, together } }) =>
        single > together
          ? "more"
          : single === together
            ? "the same"
            : "fewer",
      why:
        "Each result costs a round, and each round sends all that came before. It is worth it " +
        "where the second call must wait for the first.",
    })
    .expect("one call a reply takes more calls", "more"),
  race
    .predict({
      question:
        "100 euros, and two calls at once that take 30 and 50. What is left without a queue?",
      choices: [20, 50, 70],
      judge: ({ facts }) => facts.loose,
      why: ({ facts }) =>
        facts.loose === 20
          ? "The model asked for them one after the other, so neither was lost."
          : "Both read 100, and the last to write wins: one payment is forgotten. Let what writes wait in a queue, or let the database do the sum in one command.",
    })
    .expect("two writes at once lose one", 50),
);
