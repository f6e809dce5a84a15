import { StringOutputParser } from "@langchain/core/output_parsers";
import { PromptTemplate } from "@langchain/core/prompts";
import { RunCollectorCallbackHandler } from "@langchain/core/tracers/run_collector";
import { section, text } from "../../src/lab.ts";

// When an application answers strangely, you want to know what it did: which steps ran,
// inside which others, with what prompts, for how many tokens. Such a record of one
// run is a *trace*, and each of its parts is a *span*. LangChain tells every start and
// end to *callback handlers*; llm-lab itself reads these. More: `llm-lab help callbacks`,
// `llm-lab help observability`.
const lab = section({
  title: "Tracing: what a run did",
  params: {
    term: text({
      default: "token",
      maxLength: 60,
      help: "the term that is explained",
    }),
  },
});

// A `RunCollectorCallbackHandler` collects what the callbacks tell, and hands it over as a
// tree: the run of the chain, and in `child_runs` what ran inside it. What LangSmith,
// Langfuse and OpenTelemetry store begins in the same way.
const traced = lab.step<{ spans: number; calls: number }>(
  "The tree of a run",
  async ({ chat, params, table, tell }) => {
    const collector = new RunCollectorCallbackHandler();
    const prompt = PromptTemplate.fromTemplate("Explain what a {term} is.");
    const chain = prompt.pipe(chat()).pipe(new StringOutputParser());
    await chain.invoke(
      { term: params.term },
      { callbacks: [collector], runName: "explain" },
    );

    const rows = collector.tracedRuns.flatMap((run) => rowsOf(run));
    await table("Spans, each below what it ran in", COLUMNS, rows);
    const calls = rows.filter(([, type]) => type === "llm").length;
    await tell({ spans: rows.length, calls });
  },
);

const COLUMNS = ["span", "type", "tokens"];

type Run = RunCollectorCallbackHandler["tracedRuns"][number];

/** A run and all that ran inside it, a row each. */
function rowsOf(run: Run, depth = 0): (string | number)[][] {
  const { name, run_type, child_runs, outputs } = run;
  const usage = outputs?.llmOutput?.tokenUsage;
  const row = ["  ".repeat(depth) + name, run_type, usage?.totalTokens ?? ""];
  return [
    row,
    ...(child_runs ?? []).flatMap((child) => rowsOf(child, depth + 1)),
  ];
}

// Tools that draw traces agree on names for what a call of a model has: OpenTelemetry's
// semantic conventions for generative AI. These are a few of them, with the values of
// one call. The conventions still had the status "development" in November 2026.
const named = lab.step(
  "Names that others know",
  async ({ chat, params, table }) => {
    const reply = await chat().invoke(`Explain what a ${params.term} is.`);
    const usage = reply.usage_metadata;
    await table(
      "One span",
      ["attribute", "value"],
      [
        ["gen_ai.operation.name", "chat"],
        ["gen_ai.request.model", chat().model],
        ["gen_ai.usage.input_tokens", usage?.input_tokens ?? 0],
        ["gen_ai.usage.output_tokens", usage?.output_tokens ?? 0],
      ],
    );
  },
);

export default lab.steps(
  traced
    .predict({
      question:
        "A template, a model and a parser in one chain. How many spans will the trace have?",
      choices: [1, 3, 4],
      judge: ({ facts }) => facts.spans,
      why: ({ facts }) =>
        `${facts.spans}: the chain itself, and each of its parts inside it. ${facts.calls} of them ` +
        "called a model. A trace shows at once which part is dear, and with the times that each " +
        "span has too (`start_time`, `end_time`), which is slow. A trace holds what users wrote, so guard it as you guard the conversation.",
    })
    .expect("the chain and its three parts are spans", 4),
  named.expect("one call was made", ({ calls }) => calls.length === 1),
);
