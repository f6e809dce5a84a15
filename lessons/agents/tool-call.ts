import {
  AIMessage,
  type BaseMessage,
  HumanMessage,
  ToolMessage,
} from "@langchain/core/messages";
import { tool } from "langchain";
import { z } from "zod";
import { section, text } from "../../src/lab.ts";

// A model can only write text. A *tool* is a function of your program that the model may
// ask for: it writes the function's name and arguments, and your program decides what
// happens then. Three things travel: a description goes out with the request, a call
// comes back in the reply, and a result goes out with the next request. The screen marks
// them as tools, call (in the reply: an arrow) and result. More: `llm-lab help tool-calling`.
const lab = section({
  title: "What a tool call is",
  params: {
    question: text({
      default: "How many kettles are in stock?",
      maxLength: 300,
      help: "what a customer asks",
    }),
  },
});

const getStock = tool(async ({ product }) => `${product}: 12 in stock`, {
  name: "get_stock",
  description: "How many of a product are in stock.",
  schema: z.object({ product: z.string() }),
});

// `bindTools` adds the tool to each request: its name, its description and a JSON schema
// of its arguments, which LangChain makes from the Zod schema. The function itself stays
// in your program, and here it counts how often it runs. More: `llm-lab help tool-schema`.
const asks = lab.step<{ runs: number }>(
  "The description out, the call back",
  async ({ chat, params, show, tell }) => {
    let runs = 0;
    const counted = tool(
      async ({ product }) => {
        runs += 1;
        return `${product}: 12 in stock`;
      },
      {
        name: "get_stock",
        description: "How many of a product are in stock.",
        schema: z.object({ product: z.string() }),
      },
    );

    const reply = await chat().bindTools([counted]).invoke(params.question);
    await show("Text of the reply", reply.text);
    await show("Calls in the reply", reply.tool_calls);
    await show("Times the function ran", runs);
    await tell({ runs });
  },
);

// Now the program does what the reply asks for. `getStock.invoke(call)` checks the
// arguments against the schema, runs the function, and returns a *tool message*: the
// result, with the id of the call that it answers. `type: "tool_call"` says that what is
// given is a call with its id; for bare arguments `invoke` returns the bare result. The
// whole list is sent again.
const answers = lab.step(
  "The result out, the answer back",
  async ({ chat, params }) => {
    const model = chat().bindTools([getStock]);
    const messages: BaseMessage[] = [new HumanMessage(params.question)];

    const reply = await model.invoke(messages);
    messages.push(reply);
    for (const call of reply.tool_calls ?? []) {
      messages.push(await getStock.invoke({ ...call, type: "tool_call" }));
    }
    await model.invoke(messages);
  },
);

// A call and its result belong together, by the id. Code that shortens or stores a
// conversation may lose one of them. The step sends such lists on purpose, and then a
// whole one. More: `llm-lab help trim-messages`.
const orphans = lab.step<{ refused: number }>(
  "A call without its result",
  async ({ chat, fails, tell }) => {
    const model = chat().bindTools([getStock]);
    const question = new HumanMessage("How many kettles are in stock?");
    const call = new AIMessage({
      content: "",
      tool_calls: [
        { id: "a1", name: "get_stock", args: { product: "kettles" } },
      ],
    });
    const result = new ToolMessage({ content: "12", tool_call_id: "a1" });

    let refused = 0;
    const send = (messages: BaseMessage[]) => () =>
      model.invoke(messages).then(textOf, (error) => {
        refused += 1;
        throw error;
      });
    await fails("the result is missing", send([question, call]));
    await fails("the call is missing", send([question, result]));
    await fails("mended", send([question, call, result]));
    await tell({ refused });
  },
);

const textOf = (reply: AIMessage) => reply.text;

// The model chooses whether it calls a tool, and you can decide it instead: with
// `tool_choice` "none" it may not, with "any" or the name of a tool it must. The step
// asks for the stock with "none", and then says good morning and demands a call.
const forced = lab.step<{ calls: number }>(
  "A call that is demanded",
  async ({ chat, params, show, tell }) => {
    const tools = [getStock];
    const may = chat().bindTools(tools, { tool_choice: "none" });
    await may.invoke(params.question);

    const must = chat().bindTools(tools, { tool_choice: "get_stock" });
    const reply = await must.invoke("Good morning!");
    await show("Calls in the last reply", reply.tool_calls);
    await tell({ calls: reply.tool_calls?.length ?? 0 });
  },
);

export default lab.steps(
  asks
    .predict({
      question:
        "The reply is there. How many times has your function run by then?",
      choices: [0, 1, 2],
      judge: ({ facts }) => facts.runs,
      why:
        "A model has no access to your program. What came back is a wish, a name and " +
        "arguments, and the text of the reply may be empty. Nothing runs unless you run it.",
    })
    .expect("the function has not run when the reply is there", 0),
  answers
    .predict({
      question: "How many messages does the last request have?",
      choices: [1, 2, 3],
      judge: ({ messages }) => messages.at(-1)?.length ?? 0,
      why: ({ messages }) =>
        messages.at(-1)?.length === 3
          ? "The question, the model's own call, and the result. A model remembers nothing, so it must read its own call again to know what the result is for."
          : "All that was said so far is sent again, the model's own calls included.",
    })
    .expect("the last request has question, call and result", 3),
  orphans
    .predict({
      question: "How many of the three lists will the endpoint refuse?",
      choices: [0, 1, 2],
      judge: ({ facts }) => facts.refused,
      why: ({ facts }) =>
        facts.refused === 2
          ? "OpenAI and most others answer 400: each call must be followed by its result, and each result must follow its call. One lost message spoils each request after it, until the list is mended."
          : "This endpoint is less strict than OpenAI, which refuses the first two with 400. Do not rely on it.",
    })
    .expect("a call and its result are refused without each other", 2),
  forced
    .predict({
      question:
        "Nobody named a product in the last line. Will there be a call all the same?",
      choices: ["yes", "no"],
      judge: ({ facts }) => (facts.calls > 0 ? "yes" : "no"),
      why:
        "What is demanded is delivered, and what nobody said is made up or left empty. " +
        "Demand a call only where the arguments are there, and check them as you would " +
        "check a form that a stranger has filled in.",
    })
    .expect("a demanded call comes, whatever was said", "yes"),
);
