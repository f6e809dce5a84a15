import { appendFileSync, existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { OpenAIEmbeddings } from "@langchain/openai";

interface Label {
  source: string;
  text: string;
}

interface Entry extends Label {
  id: string;
  vector: number[];
}

const embeddings = new OpenAIEmbeddings({ encodingFormat: "float" });
const fileIn = (folder: string) => join(folder, "log.jsonl");

/** A log: lines are only added, and the last one of a source counts. */
export async function ingest(given: { folder: string; labels: Label[] }) {
  const { folder, labels } = given;
  const known = stored({ folder });
  for (const { source, text } of labels) {
    const before = known.find((one) => one.source === source);
    if (before?.text === text) continue;
    const [vector = []] = await embeddings.embedDocuments([text]);
    const line = JSON.stringify({
      id: `label:${source}`,
      source,
      text,
      vector,
    });
    appendFileSync(fileIn(folder), `${line}\n`);
  }
}

export function stored({ folder }: { folder: string }): Entry[] {
  if (!existsSync(fileIn(folder))) return [];
  const last = new Map<string, Entry>();
  for (const line of readFileSync(fileIn(folder), "utf8").split("\n"))
    try {
      const entry: Entry = JSON.parse(line);
      last.set(entry.source, entry);
    } catch {
      // A line that a kill has cut short, and the empty one at the end.
    }
  return [...last.values()];
}
