import agents from "../../handbook/agents.md";
import chains from "../../handbook/chains.md";
import embeddings from "../../handbook/embeddings.md";
import evaluation from "../../handbook/evaluation.md";
import llms from "../../handbook/llms.md";
import memory from "../../handbook/memory.md";
import operations from "../../handbook/operations.md";
import outline from "../../handbook/outline.md";
import prompts from "../../handbook/prompts.md";
import retrieval from "../../handbook/retrieval.md";
import safety from "../../handbook/safety.md";
import sampling from "../../handbook/sampling.md";
import stores from "../../handbook/stores.md";
import tokens from "../../handbook/tokens.md";
import training from "../../handbook/training.md";
import { type Passage, passagesIn } from "./passages.ts";

const CHAPTERS = {
  llms,
  tokens,
  prompts,
  sampling,
  training,
  memory,
  chains,
  agents,
  embeddings,
  retrieval,
  stores,
  evaluation,
  safety,
  operations,
};

/** The whole handbook that the project ships, in order. */
export function handbook(): Passage[] {
  return Object.values(CHAPTERS).flatMap(passagesIn);
}

/** The chapters as they are written, in Markdown, by the names of their files. */
export function chapters(): { file: string; markdown: string }[] {
  return Object.entries(CHAPTERS).map(([name, markdown]) => ({ file: `${name}.md`, markdown }));
}

/** What each passage is about in a few words, by its id. */
export function gists(): Map<string, string> {
  const lines = outline.matchAll(/^- ([\w-]+): .+? - (.+)$/gm);
  return new Map([...lines].map(([, id = "", gist = ""]) => [id, gist]));
}
