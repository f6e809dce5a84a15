import { PromptTemplate } from "@langchain/core/prompts";
import { Annotation, END, START, StateGraph } from "@langchain/langgraph";
import { createAgent } from "langchain";
import { largest, section, text } from "../../src/lab.ts";
import { getOrder, refund } from "./shop.ts";

// A chain, an agent and a graph can do the same task. What differs is who decides the next
// step: you, the model, or each in its place. This section plays one task in the three ways and
// holds the bills against each other. More: `llm-lab help agent-or-chain`.
const lab = section({
  title: "A chain, an agent or a graph",
  params: {
    order: text({
      default: "KX-4711",
      maxLength: 20,
      help: "the order that a customer asks about; KX-4712 is another",
    }),
  },
});

const ANSWER =
  "Use the following context to answer the question.\n\nContext:\n{order}" +
  "\n\nQuestion: {line}";
const lineOf = (order: string) => `Look at order ${order}: what did it cost?`;

// The task: tell a customer what an order cost. The chain looks the order up before it asks the
// model. The agent gets the tool and decides. The graph has a node that looks up and a node that
// asks the model. Where the line names no order, an edge leaves both out, and a third node thanks
// without a call. Each way gets the customer's line, and then a line that only says thanks.
const bills = lab.step<{ calls: Record<Way, number>; told: number }>(
  "One task in three ways",
  async ({ chat, params, spent, table, tell }) => {
    const lines = [lineOf(params.order), "Thank you, that is all."];
    const agent = createAgent({ model: chat(), tools: [getOrder, refund] });
    const ways = {
      chain: chainOf(chat()),
      agent: async (content: string) =>
        agent.invoke({ messages: [{ role: "user", content }] }).then(lastOf),
      graph: graphOf(chat()),
    };

    const rows: (string | number)[][] = [];
    const calls = { chain: 0, agent: 0, graph: 0 };
    const price = await priceOf(params.order);
    for (const way of ["chain", "agent", "graph"] as const) {
      const [answer = ""] = await inTurn(lines, ways[way]);
      const { calls: made, tokens } = spent();
      const told = price && answer.includes(price) ? "yes" : "no";
      rows.push([way, made, tokens.input, tokens.output, told]);
      calls[way] = made;
    }
    await table("Two lines of a customer", COLUMNS, rows);
    const told = rows.filter((row) => row.at(-1) === "yes").length;
    await tell({ calls, told });
  },
);

type Way = "chain" | "agent" | "graph";
const COLUMNS = ["way", "calls", "tokens in", "tokens out", "told the price"];
const lastOf = ({ messages }: { messages: { text: string }[] }) =>
  messages.at(-1)?.text ?? "";

/** The number that an answer must have; undefined for an order that there is not. */
const priceOf = async (order: string) =>
  /\d+(?= euros)/.exec(await lookUp(order))?.[0];

/** The answers to lines, one after the other. */
async function inTurn(
  lines: string[],
  ask: (line: string) => Promise<string>,
) {
  const answers: string[] = [];
  for (const line of lines) answers.push(await ask(line));
  return answers;
}

type Model = ReturnType<
  Parameters<Parameters<typeof lab.step>[1]>[0]["chat"]
>;

/** Always looks up, then asks once. */
function chainOf(model: Model) {
  const answer = PromptTemplate.fromTemplate(ANSWER).pipe(model);
  return async (line: string) =>
    (await answer.invoke({ line, order: await lookUp(line) })).text;
}

const lookUp = async (line: string) => {
  const [order] = /\b[A-Z]{2}-\d+\b/.exec(line) ?? [];
  if (order === undefined) return "No order is named.";
  return `Order ${await getOrder.invoke({ order })}.`;
};

const State = Annotation.Root({
  line: Annotation<string>,
  order: Annotation<string>,
  answer: Annotation<string>,
});

/** Looks up where an order is named, asks the model only then, and thanks without it. */
function graphOf(model: Model) {
  const answer = PromptTemplate.fromTemplate(ANSWER).pipe(model);
  const graph = new StateGraph(State)
    .addNode("look_up", async ({ line }) => ({ order: await lookUp(line) }))
    .addNode("ask", async ({ line, order }) => ({
      answer: (await answer.invoke({ line, order })).text,
    }))
    .addNode("thank", async () => ({ answer: "Thank you!" }))
    .addConditionalEdges(START, ({ line }) =>
      /\b[A-Z]{2}-\d+\b/.test(line) ? "look_up" : "thank",
    )
    .addEdge("look_up", "ask")
    .addEdge("ask", END)
    .addEdge("thank", END)
    .compile();
  return async (line: string) => (await graph.invoke({ line })).answer;
}

export default lab.steps(
  bills
    .predict({
      question: "Which of the three will make the most calls to the model?",
      choices: ["chain", "agent", "graph"],
      judge: ({ facts }) => largest(facts.calls),
      why:
        "The agent asks the model what to do, and asks again with the result. You pay for that " +
        "freedom with each line, also where the way was clear. Begin with the least freedom that " +
        "does the task: a chain, then a branch, then an agent for what is really open.",
    })
    .expect("the agent makes the most calls", "agent")
    .expect("each way tells the price", ({ facts }) => facts.told === 3),
);
