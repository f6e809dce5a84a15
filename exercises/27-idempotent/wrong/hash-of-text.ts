// says: After a label had changed, the index holds 2 entries
import { createHash, randomUUID } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
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

const embeddings = new OpenAIEmbeddings();

const write = (folder: string, entries: Entry[]) =>
  writeFileSync(join(folder, "index.json"), JSON.stringify(entries));

export function stored({ folder }: { folder: string }): Entry[] {
  const file = join(folder, "index.json");
  return existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : [];
}

export async function ingest(given: { folder: string; labels: Label[] }) {
  const { folder, labels } = given;
  const entries = new Map(stored({ folder }).map((one) => [one.id, one]));
  for (const label of labels) {
    const id = createHash("sha256").update(label.text).digest("hex");
    if (entries.has(id)) continue;
    const vector = await embeddings.embedQuery(label.text);
    entries.set(id, { ...label, id, vector });
  }
  write(folder, [...entries.values()]);
}
