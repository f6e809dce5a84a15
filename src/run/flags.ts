import { choice, number } from "../lesson/params.ts";
import { FAULTS } from "../model/fault.ts";
import { list, type OptionsOf, optional, toggle, word } from "./flag.ts";

/** Which endpoint and which of its models. */
export const endpointFlags = {
  model: word("--model <name>", "offline, or the name of a model at OPENAI_BASE_URL or OpenAI"),
  embeddingModel: word(
    "--embedding-model <name>",
    "the model that makes vectors, where it has another name",
  ),
  timeout: word("--timeout <seconds>", "how long to wait for an endpoint that is silent"),
};

/** What a run may cost. */
export const costFlags = {
  yes: toggle("--yes", "do not ask before a run that costs money"),
  budget: optional(
    "--budget <dollars>",
    number({ default: 0.05, min: 0, max: 1_000_000, help: "stop when this much is spent" }),
  ),
  prices: word("--prices <json>", "prices of your own, US dollars per million tokens"),
};

/** How a run is shown. */
export const outputFlags = {
  format: word("--format <format>", "auto, plain, json or jsonl"),
  full: toggle("--full", "do not fold long prompts and lists"),
  report: word("--report <file>", "also write the run as a page: out.html, or out.md"),
};

/** Writing a run down, playing one again, and replies that are spoilt on purpose. */
export const tapeFlags = {
  record: word("--record <tape>", "write all requests and replies to a file"),
  replay: word("--replay <tape>", "take the replies from such a file: no key, no network"),
  speed: optional(
    "--speed <factor>",
    number({
      default: 1,
      min: 0,
      max: 1000,
      help: "timing of a replay: 1 as it was, 2 twice as fast, 0 none",
    }),
  ),
  fault: optional(
    "--fault <kind>",
    choice({ default: "half-stream", choices: FAULTS, help: "spoil replies as real models do" }),
  ),
  langsmith: toggle("--langsmith", "let LangSmith trace the run, as its variables say"),
};

/** Settings of a section or memory. */
export const paramFlags = {
  set: list("--set <name=value>", "set a param; may be given several times"),
  params: toggle("--params", "print the params, and stop"),
};

/** What opening a run may be told; a verb offers those that mean something for it. */
export type RunOptions = Partial<
  OptionsOf<typeof endpointFlags & typeof costFlags & typeof outputFlags & typeof tapeFlags>
> & { answers?: string };
