import {
  type AgentMiddleware,
  AIMessage,
  type BaseMessage,
  createAgent,
  createMiddleware,
  ToolInvocationError,
  ToolMessage,
  tool,
  toolErrorMiddleware,
  toolRetryMiddleware,
} from "langchain";
import { z } from "zod";
import { choice, section } from "../../src/lab.ts";

// Tools fail: a server is down, an order does not exist. And models call them badly: a word
// where a number belongs, an argument left out, a tool that there is not. An error that the
// model can read costs one more round, and mostly it is mended then. More:
// `llm-lab help tool-error`.
const lab = section({
  title: "Tools that fail and arguments that do not fit",
  params: {
    fault: choice({
      default: "wrong-type",
      choices: [
        "wrong-type",
        "missing-argument",
        "unknown-tool",
        "broken-arguments",
      ],
      help: "how the model's first call is spoilt",
    }),
  },
});

const product = z.string();
const getPrice = tool(async (given) => `${given.product}: 16 euros`, {
  name: "get_price",
  description: "The price of a product.",
  schema: z.object({ product }),
});
const getStock = tool(
  async (given): Promise<string> => {
    throw new Error(`stock-db-3.internal:5432 refused ${given.product}`);
  },
  {
    name: "get_stock",
    description: "How many of a product are in stock.",
    schema: z.object({ product }),
  },
);

const BOTH = "What is the price of a kettle? How many kettles are in stock?";
const say = (content: string) => ({ messages: [{ role: "user", content }] });

// Two tools, and the second always throws an error. The agent is as it comes, without any
// middleware. Read the last prompt as somebody would who wants to know how your system is built.
const failing = lab.step<{ read: boolean }>(
  "One of two tools fails",
  async ({ chat, show, tell }) => {
    const tools = [getPrice, getStock];
    const agent = createAgent({ model: chat(), tools });
    const { messages } = await agent.invoke(say(BOTH));
    const results = messages.filter(({ type }) => type === "tool");
    const last = results.at(-1)?.text ?? "";
    await show("The last result that the model read", last);
    await tell({ read: last.includes("refused") });
  },
);

// `toolErrorMiddleware` lets you word the message. Say what the model can do now, and keep
// names of machines, paths and passwords out of it: all of it goes to the provider, and
// may come back in the answer.
const worded = lab.step(
  "An error in words for the model",
  async ({ chat, show }) => {
    const words = toolErrorMiddleware({
      onError: (_error, { toolCall }) =>
        `Error: ${toolCall.name} cannot be reached today. Say so, and ` +
        "do not call it again.",
    });
    const agent = createAgent({
      model: chat(),
      tools: [getPrice, getStock],
      middleware: [words],
    });
    const { messages } = await agent.invoke(say(BOTH));
    await show("The answer", messages.at(-1)?.text);
  },
);

// Most agents come to have other middleware too. `wrapToolCall` stands around each call of a
// tool, and this one only writes the call down before it passes it on. The first agent has
// nothing else. The second has `toolErrorMiddleware` beside it.
const watched = lab.step<{ ended: boolean }>(
  "An error and other middleware",
  async ({ chat, show, tell }) => {
    const called: string[] = [];
    const watching = createMiddleware({
      name: "watching",
      wrapToolCall: (request, handler) => {
        called.push(request.toolCall.name);
        return handler(request);
      },
    });
    const agentWith = (...middleware: AgentMiddleware[]) =>
      createAgent({ model: chat(), tools: [getPrice, getStock], middleware });

    const ending = await agentWith(watching)
      .invoke(say(BOTH))
      .then(answerOf, (error: Error) => `It threw: ${error.message}`);
    await show("How the first agent ended", ending);
    await tell({ ended: ending.startsWith("It threw") });

    const onError = () => "Error: not reachable today.";
    const both = agentWith(watching, toolErrorMiddleware({ onError }));
    await show("The second's answer", answerOf(await both.invoke(say(BOTH))));
  },
);

const answerOf = ({ messages }: { messages: BaseMessage[] }) =>
  messages.at(-1)?.text ?? "";

// Some failures pass. `toolRetryMiddleware` runs the function again, in your program, and
// tells the model nothing of it. This tool fails once and then works. Use it only for tools
// that may run twice: a payment that seems to have failed may have gone through.
const retried = lab.step<{ runs: number }>(
  "A failure that passes",
  async ({ chat, show, tell }) => {
    let runs = 0;
    const flaky = tool(
      async (given) => {
        runs += 1;
        if (runs === 1) throw new Error("timed out");
        return `${given.product}: 12 in stock`;
      },
      {
        name: "get_stock",
        description: "How many of a product are in stock.",
        schema: z.object({ product }),
      },
    );

    const again = toolRetryMiddleware({ maxRetries: 2, initialDelayMs: 1 });
    const tools = [flaky];
    const agent = createAgent({ model: chat(), tools, middleware: [again] });
    await agent.invoke(say("How many kettles are in stock?"));
    await show("Times the function ran", runs);
    await tell({ runs });
  },
);

const ORDER = "Order 3 kettles.";

const placeOrder = tool(
  async (given) => `Ordered: ${given.count} of ${given.product}.`,
  {
    name: "place_order",
    description: "Order a product from the shop.",
    schema: z.object({ product, count: z.number().int() }),
  },
);

// llm-lab spoils the call on its way to your program, in the first reply only; the param
// `fault` chooses how. By itself LangChain 1.5.14 (November 2026) answers a bad argument
// with the stack of its own functions, paths included. The middleware here sends the
// schema's complaint alone.
const mended = lab.step<{ ordered: boolean }>(
  "A bad call and what mends it",
  async ({ chat, params, show, tell }) => {
    const words = toolErrorMiddleware({
      onError: (error) =>
        ToolInvocationError.isInstance(error)
          ? `Error: not called. ${complaintOf(error.toolError)}`
          : undefined,
    });
    const agent = createAgent({
      model: chat({ fault: params.fault }),
      tools: [placeOrder],
      middleware: [words],
    });
    const { messages } = await agent.invoke(say(ORDER));
    const ordered = messages.some(isOrdered);
    await show("The answer", messages.at(-1)?.text);
    await tell({ ordered });
  },
);

/** The lines in which Zod says what does not fit, without the places in LangChain's code. */
const complaintOf = ({ message }: Error) =>
  message
    .split("\n")
    .filter((line) => /[✖→]/.test(line))
    .map((line) => line.replace(/^\W*/, "").trim())
    .join(" ");

// A call whose arguments are not JSON never becomes a call. LangChain puts it into
// `invalid_tool_calls` of the reply, and createAgent of 1.5.14 does not look there. (It prints
// a remark about new packages, which llm-lab leaves out.) The first agent below is as it comes.
// The second has middleware that answers such calls by their ids, and asks once more.
const broken = lab.step<{ text: string; ordered: boolean }>(
  "Arguments that are not JSON",
  async ({ chat, show, tell }) => {
    const model = chat({ fault: "broken-arguments" });
    const tools = [placeOrder];
    const trusting = createAgent({ model, tools });
    const first = await trusting.invoke(say(ORDER));
    const text = first.messages.at(-1)?.text ?? "";
    await show("The answer", text);
    await tell({ text, ordered: first.messages.some(isOrdered) });

    const readable = createMiddleware({
      name: "readable",
      wrapModelCall: async (request, handler) => {
        const reply = await handler(request);
        if (!AIMessage.isInstance(reply)) return reply;
        const broken = reply.invalid_tool_calls ?? [];
        if (broken.length === 0 || reply.tool_calls?.length) return reply;
        const results = broken.map(({ id = "" }) => complaint(id));
        const messages = [...request.messages, reply, ...results];
        return handler({ ...request, messages });
      },
    });
    const careful = createAgent({ model, tools, middleware: [readable] });
    await careful.invoke(say(ORDER));
  },
);

const complaint = (id: string) =>
  new ToolMessage("Error: the arguments are not valid JSON.", id);

const isOrdered = ({ text }: BaseMessage) => text.startsWith("Ordered");

export default lab.steps(
  failing
    .predict({
      question: "A tool throws an error. What does createAgent do with it?",
      choices: ["it throws it", "the model reads it"],
      judge: ({ facts }) =>
        facts.read ? "the model reads it" : "it throws it",
      why:
        "The agent of LangChain 1.5.14 (November 2026) turns an error into a tool message, word for word, and " +
        'adds "Please fix your mistakes". So the price is answered all the same. But the ' +
        "model has now read the address of your database, and so has its provider.",
    })
    .expect("the model reads a tool's error", "the model reads it"),
  worded,
  watched
    .predict({
      question:
        "The first agent's middleware changes nothing. What becomes of the error?",
      choices: ["the run ends with it", "the model reads it"],
      judge: ({ facts }) =>
        facts.ended ? "the run ends with it" : "the model reads it",
      why:
        "The agent of LangChain 1.5.14 (November 2026) turns a tool's error into a message only while no " +
        "middleware has wrapToolCall. Any such middleware, even one that only looks, lets the error end the " +
        "run, and the price that the other tool found is lost with it. A toolErrorMiddleware in the " +
        "list answers the error again, before the other middleware or after it.",
    })
    .expect(
      "other middleware lets an error end the run",
      "the run ends with it",
    ),
  retried
    .predict({
      question:
        "The function fails at first and is run again. How many calls to the model does that take?",
      choices: [2, 3, 4],
      judge: ({ calls }) => calls.length,
      why:
        "The model asks once and reads one result. A second run costs no tokens, whereas an " +
        "error that the model must read costs a round.",
    })
    .expect("a second run costs no call", 2),
  mended
    .predict({
      question: ({ fault }) =>
        `The first call is spoilt (${fault}). Will the order be placed in the end?`,
      choices: ["yes", "no"],
      judge: ({ facts }) => (facts.ordered ? "yes" : "no"),
      why: ({ facts }) =>
        facts.ordered
          ? "The tool message says what was wrong, and the model sends a better call. Without the check, your function would have run with whatever came."
          : "No tool message was written, so the model never learnt that its call was bad. The next step shows why.",
    })
    .expect("a bad argument is mended", "yes"),
  broken
    .predict({
      question: "What will the first agent answer?",
      choices: ["an order", "an error", "nothing"],
      judge: ({ facts: { text, ordered } }) => {
        if (ordered) return "an order";
        return text === "" ? "nothing" : "an error";
      },
      why:
        "A reply without a valid call ends the loop, and this one has no text either. Nothing " +
        "is thrown, so check that there is an answer. Where a reply has good calls and broken " +
        "ones, the broken ones are dropped, and nobody hears of them.",
    })
    .expect("a call that is not JSON ends in silence", "nothing"),
);
