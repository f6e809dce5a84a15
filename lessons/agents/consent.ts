import {
  Command,
  INTERRUPT,
  interrupt,
  isInterrupted,
  MemorySaver,
} from "@langchain/langgraph";
import { SqliteSaver } from "@langchain/langgraph-checkpoint-sqlite";
import { createAgent, humanInTheLoopMiddleware, tool } from "langchain";
import { z } from "zod";
import { integer, section } from "../../src/lab.ts";
import { deskOf, no, yes } from "./desk.ts";

// Some tools change something: they pay, delete, or write to a customer. For those a person
// should decide, and people take their time. So the run stops before the tool, its state is
// saved, and hours later another run goes on from there. More:
// `llm-lab help human-in-the-loop`.
const lab = section({
  title: "A tool that waits for consent",
  params: {
    amount: integer({
      default: 48,
      min: 1,
      max: 500,
      help: "euros that the customer wants back",
    }),
  },
});

const thread = { configurable: { thread_id: "1" } };
const say = (content: string) => ({ messages: [{ role: "user", content }] });
const want = (amount: number) =>
  say(`Refund ${amount} euros for order KX-4711.`);

// `humanInTheLoopMiddleware` names the tools that need consent. When the model calls one, the
// run *interrupts* itself: `invoke` returns, with the proposed call under `__interrupt__`. The
// checkpointer holds all that is needed to go on. More: `llm-lab help interrupt`.
const waits = lab.step<{ paid: number }>(
  "The question",
  async ({ chat, params, show, tell }) => {
    const paid: number[] = [];
    const refund = tool(
      async ({ order, amount }) => {
        paid.push(amount);
        return `Paid back ${amount} euros for ${order}.`;
      },
      { name: "refund", description: "Pay money back.", schema: REFUND },
    );
    const agent = createAgent({
      model: chat(),
      tools: [refund],
      checkpointer: new MemorySaver(),
      middleware: [
        humanInTheLoopMiddleware({ interruptOn: { refund: true } }),
      ],
    });

    const result = await agent.invoke(want(params.amount), thread);
    if (isInterrupted(result)) {
      await show("What a person has to decide", result[INTERRUPT][0]?.value);
    }
    await show("Paid so far", paid);
    await tell({ paid: paid.length });
  },
);

const REFUND = z.object({
  order: z.string().describe("such as KX-4711"),
  amount: z.number().describe("in euros"),
});

// You are the person at the desk. The decision is sent with `new Command({ resume })`, to the
// same thread. A yes runs the tool with the arguments that you were shown. A no writes a tool
// message for the call, so that the model can tell the customer. (Only where
// nobody watches, as in a pipe or with `--yes`, does this lesson take it as a yes. Your program
// must not.)
const decides = lab.step(
  "The decision",
  async ({ chat, params, choose, show }) => {
    const paid: number[] = [];
    const agent = deskOf({
      model: chat(),
      checkpointer: new MemorySaver(),
      pay: (_order, amount) => paid.push(amount),
    });
    await agent.invoke(want(params.amount), thread);

    const question = `Pay back ${params.amount} euros for KX-4711?`;
    const isRefused = (await choose(question, ["yes", "no"])) === "no";
    const resume = isRefused ? no() : yes();
    const result = await agent.invoke(new Command({ resume }), thread);
    await show("The answer", result.messages.at(-1)?.text);
    await show("Paid", paid);
  },
);

// The state is in a SQLite file. The first agent asks, and then its program is gone: its
// database is closed, and a second agent, with a database and tools of its own, opens the
// file. It gets the yes, and because a person clicked twice, it gets it again.
const restarts = lab.step<{ paid: number }>(
  "A restart between question and answer",
  async ({ chat, params, file, show, tell }) => {
    const paid: number[] = [];
    const open = () => {
      const checkpointer = SqliteSaver.fromConnString(file("desk.db"));
      const pay = (_order: string, amount: number) => void paid.push(amount);
      const agent = deskOf({ model: chat(), checkpointer, pay });
      return { agent, close: () => checkpointer.db.close() };
    };

    const before = open();
    await before.agent.invoke(want(params.amount), thread);
    before.close();

    const after = open();
    await after.agent.invoke(new Command({ resume: yes() }), thread);
    await after.agent.invoke(new Command({ resume: yes() }), thread);
    after.close();
    await show("Paid", paid);
    await tell({ paid: paid.length });
  },
);

// The customer writes again while the question is open. The thread now ends with a call that
// has no result. The first try sends the new line as it is; the second refuses the call first,
// which gives it a result.
const impatient = lab.step<{ refused: boolean }>(
  "Another line before the decision",
  async ({ chat, params, fails, tell }) => {
    const ask = async () => {
      const checkpointer = new MemorySaver();
      const agent = deskOf({ model: chat(), checkpointer, pay: () => {} });
      await agent.invoke(want(params.amount), thread);
      return agent;
    };
    const lineTo = async (agent: Awaited<ReturnType<typeof ask>>) => {
      const { messages } = await agent.invoke(say("Hello?"), thread);
      return messages.at(-1)?.text;
    };

    let refused = true;
    await fails("the line as it is", async () => {
      const text = await lineTo(await ask());
      refused = false;
      return text;
    });
    await fails("mended", async () => {
      const agent = await ask();
      await agent.invoke(new Command({ resume: no() }), thread);
      return lineTo(agent);
    });
    await tell({ refused });
  },
);

// You can call `interrupt` yourself, in a tool or in a node of a graph: it stops the run with a
// question, and returns the answer when the run goes on. Two lines of this tool are noted: one
// before `interrupt`, and one after it.
const byHand = lab.step<{ before: number; after: number }>(
  "interrupt by hand",
  async ({ chat, params, show, tell }) => {
    const ran = { before: 0, after: 0 };
    const refund = tool(
      async ({ order, amount }) => {
        ran.before += 1;
        const answer = interrupt(`Pay ${amount} euros for ${order}?`);
        ran.after += 1;
        return answer === "yes" ? `Paid back ${amount} euros.` : "Refused.";
      },
      { name: "refund", description: "Pay money back.", schema: REFUND },
    );
    const checkpointer = new MemorySaver();
    const tools = [refund];
    const agent = createAgent({ model: chat(), tools, checkpointer });

    await agent.invoke(want(params.amount), thread);
    const resume = new Command({ resume: "yes" });
    const { messages } = await agent.invoke(resume, thread);
    await show("The answer", messages.at(-1)?.text);
    await show("How often each line ran", ran);
    await tell(ran);
  },
);

export default lab.steps(
  waits
    .predict({
      question: "invoke has returned. Has the money been paid?",
      choices: ["yes", "no"],
      judge: ({ facts }) => (facts.paid > 0 ? "yes" : "no"),
      why:
        "The model's call is in the saved state, and the tool has not run. Nothing waits in " +
        "your program: it may answer other people meanwhile, or end.",
    })
    .expect("nothing is paid before the decision", "no"),
  decides
    .predict({
      question:
        "Question, decision, answer: how many calls to the model does it take in all?",
      choices: [2, 3, 4],
      judge: ({ calls }) => calls.length,
      why:
        "The model is not asked for its call again. That matters: asked again, it might name " +
        "another amount than the one that you have agreed to.",
    })
    .expect("the model is not asked for its call again", 2),
  restarts
    .predict({
      question:
        "A restart, and two clicks on yes. How many times is it paid?",
      choices: [0, 1, 2],
      judge: ({ facts }) => facts.paid,
      why: ({ facts }) =>
        facts.paid === 1
          ? "The second program read the open call from the file. The first yes closed it, so the second found nothing that waits. A test of llm-lab kills such a program with kill -9 between question and answer."
          : "The file tells which calls are open; a call is run once for its decision.",
    })
    .expect("two clicks pay once", 1),
  impatient
    .predict({
      question: "What becomes of a line that comes before the decision?",
      choices: ["it is answered", "the endpoint refuses it"],
      judge: ({ facts }) =>
        facts.refused ? "the endpoint refuses it" : "it is answered",
      why: ({ facts }) =>
        facts.refused
          ? "The prompt would hold a call without its result, as in the section agents/tool-call. And the thread stays spoilt: decide the open call before you let a new line in."
          : "This endpoint takes a call without its result; OpenAI answers 400. Decide the open call before you let a new line in.",
    })
    .expect(
      "a line before the decision is refused",
      "the endpoint refuses it",
    ),
  byHand
    .predict({
      question: "How often will the line before interrupt run?",
      choices: [0, 1, 2],
      judge: ({ facts }) => facts.before,
      why:
        "A run that goes on begins its node again, and interrupt then returns the answer in " +
        "place of stopping. So put nothing before it that must not happen twice.",
    })
    .expect("the line before interrupt runs twice", 2),
);
