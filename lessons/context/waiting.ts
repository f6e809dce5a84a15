import { tool } from "@langchain/core/tools";
import { createAgent, type ToolRuntime } from "langchain";
import { z } from "zod";
import { integer, section } from "../../src/lab.ts";

// Somebody waits for the reply. A program can show it while it is written, show what a
// tool is doing meanwhile, and stop when nobody wants the rest any more. More:
// `llm-lab help streaming`.
const lab = section({
  title: "While somebody waits: streams and cancelling",
  params: {
    pieces: integer({
      default: 4,
      min: 1,
      max: 12,
      help: "pieces after which the reader leaves",
    }),
  },
});

// `stream` hands over the reply in pieces, as the model writes it. An `AbortController`
// stops it: its signal goes with the request, and `abort` closes the connection. A timeout
// is such a signal too, set off by a clock: `AbortSignal.timeout(10_000)`. Here the reader
// leaves after a few pieces. (Nobody has to wait for a second try by hand: `ChatOpenAI` itself
// tries again after 429 and 500, and not after a wrong key: chains/retries.)
const left = lab.step<{ got: number; whole: boolean }>(
  "The reader leaves",
  async ({ chat, params, show, tell }) => {
    const leaving = new AbortController();
    const signal = leaving.signal;
    let text = "";
    let got = 0;
    let whole = true;
    try {
      const stream = await chat().stream("Explain what an embedding is.", {
        signal,
      });
      for await (const piece of stream) {
        if (piece.text === "") continue;
        text += piece.text;
        got += 1;
        if (got === params.pieces) leaving.abort();
      }
    } catch (error) {
      whole = false;
      await show("It ended with", (error as Error).name);
    }
    await show("What the reader saw", text);
    await tell({ got, whole });
  },
);

// An agent streams more than words. `streamMode` says what: "messages" is the reply's
// pieces, "updates" what each step of the agent added, and "custom" what a tool writes
// itself, with `config.writer`. So a user interface can say that a search is under way.
const progress = lab.step<{ kinds: string[] }>(
  "What an agent streams",
  async ({ chat, table, tell }) => {
    const agent = createAgent({ model: chat(), tools: [warmth] });
    const content = "How warm is it in Oslo?";
    const asked = { messages: [{ role: "user", content }] };

    const streamMode: ("updates" | "custom")[] = ["updates", "custom"];
    const rows: [string, string][] = [];
    for await (const [kind, what] of await agent.stream(asked, {
      streamMode,
    }))
      rows.push([
        kind,
        kind === "custom" ? String(what) : Object.keys(what).join(", "),
      ]);
    await table("In this order", ["kind", "what came"], rows);
    await tell({ kinds: rows.map(([kind]) => kind) });
  },
);

const warmth = tool(
  async ({ city }, config: ToolRuntime) => {
    config.writer?.(`Asking the weather station of ${city} …`);
    return `In ${city} it is 4 degrees.`;
  },
  {
    name: "warmth",
    description: "Tells how warm it is in a city",
    schema: z.object({ city: z.string().describe("the name of the city") }),
  },
);

export default lab.steps(
  left
    .predict({
      question: ({ pieces }) =>
        `The signal is aborted after ${pieces === 1 ? "1 piece" : `${pieces} pieces`}. How will the loop end?`,
      choices: ["with an error", "at the end of the reply"],
      judge: ({ facts }) =>
        facts.whole ? "at the end of the reply" : "with an error",
      why:
        "The loop throws, so that nobody takes half a reply for a whole one. A provider bills the " +
        "tokens that it had written until it noticed that the connection was closed.",
    })
    .expect("a cancelled stream throws", "with an error")
    .expect(
      "the pieces until then were seen",
      ({ facts, params }) => facts.got === params.pieces,
    ),
  progress
    .predict({
      question:
        "Will the tool's own line come before or after the update of the tool's step?",
      choices: ["before", "after"],
      judge: ({ facts: { kinds } }) => {
        const custom = kinds.indexOf("custom");
        return custom >= 0 && custom < kinds.lastIndexOf("updates")
          ? "before"
          : "after";
      },
      why:
        "An update comes when a step of the agent has ended. The tool writes while it runs, so " +
        "its line is there before its result.",
    })
    .expect("a tool's own line comes while it runs", "before"),
);
