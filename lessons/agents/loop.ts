import { type BaseMessage, HumanMessage } from "@langchain/core/messages";
import type { StructuredToolInterface } from "@langchain/core/tools";
import { createAgent, ToolMessage } from "langchain";
import { section, text } from "../../src/lab.ts";
import { getOrder, refund } from "./shop.ts";

// One call is seldom enough: what a tool finds may tell the model what to ask for next.
// So the program asks, runs what the reply calls, sends the results, and asks again,
// until a reply calls nothing. This loop is all that an *agent* is. More:
// `llm-lab help agent`.
const lab = section({
  title: "The loop of an agent",
  params: {
    question: text({
      default: "Look at order KX-4711, and refund what it cost.",
      maxLength: 300,
      help: "what the shop's assistant is told; KX-4712 is an order too",
    }),
  },
});

// The loop in twenty lines. Both tools come from a small shop: one looks at an order, the
// other pays money back. What the order cost is not in the question. A loop needs an end,
// so this one asks five times at most.
const byHand = lab.step("By hand", async ({ chat, params, show }) => {
  const tools: StructuredToolInterface[] = [getOrder, refund];
  const model = chat().bindTools(tools);
  const messages: BaseMessage[] = [new HumanMessage(params.question)];

  for (let round = 1; round <= 5; round += 1) {
    const reply = await model.invoke(messages);
    messages.push(reply);
    const calls = reply.tool_calls ?? [];
    if (calls.length === 0) break;
    for (const call of calls) {
      const tool = tools.find(({ name }) => name === call.name);
      const result = tool
        ? await tool.invoke({ ...call, type: "tool_call" })
        : new ToolMessage(`There is no tool ${call.name}.`, call.id ?? "");
      messages.push(result);
    }
  }
  await show("The answer", messages.at(-1)?.text);
});

// `createAgent` of LangChain 1.x is the same loop, tested by many. You give it a model and
// tools, and it returns the whole list of messages. It also has places for what your own
// loop lacks: limits, consent, memory. Those are *middleware*, and the next sections use
// them. In older code you may meet `AgentExecutor` of LangChain and `createReactAgent` of
// LangGraph, which it replaces. Given a schema as `responseFormat`, it also returns an
// object of that shape, `structuredResponse`. More: `llm-lab help middleware`.
const agent = lab.step<{ messages: number; calls: number }>(
  "With createAgent",
  async ({ chat, params, show, tell }) => {
    const agent = createAgent({ model: chat(), tools: [getOrder, refund] });
    const ask = (content: string) =>
      agent.invoke({ messages: [{ role: "user", content }] });

    const { messages } = await ask(params.question);
    await show(
      "The messages",
      messages.map((message) => message.type),
    );
    const calls = messages.filter(({ type }) => type === "ai").length;
    await tell({ messages: messages.length, calls });
    return ask;
  },
);

// An agent is a *graph*: a node asks the model, a node runs the tools, and arrows say what
// may come next. LangChain can tell its own graph, and llm-lab draws that. A filled dot
// marks the arrows that this run has taken.
const drawn = lab.step("Its own drawing", async ({ chat, params, draw }) => {
  const agent = createAgent({ model: chat(), tools: [getOrder, refund] });
  const messages = [{ role: "user", content: params.question }];
  await agent.invoke({ messages });
  await draw(agent.graph, "The agent as a graph");
});

export default lab.steps(
  byHand
    .predict({
      question: "How many calls to the model will this question take?",
      choices: [1, 2, 3, 4],
      judge: ({ calls }) => calls.length,
      why: ({ calls }) =>
        calls.length === 3
          ? "The first reply asks for the order, because only that tells the amount. The second asks for the refund, and the third answers. Each carries all that came before it."
          : "One for each round in which the model asks for tools, and one for the answer.",
    })
    .expect("what a tool finds takes a round of its own", 3),
  agent
    .predict({
      question:
        "How many of the messages that come back did the model write itself?",
      choices: [1, 2, 3],
      judge: ({ facts }) => facts.calls,
      why:
        "Each reply of the model is one, also those that only call tools. The question is " +
        "yours, and your tools wrote the results. The prompts are the same as by hand, but " +
        "for a name that createAgent gives to the model's messages.",
    })
    .expect("the model writes three of the messages", 3),
  drawn,
);
