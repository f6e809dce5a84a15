// says: has not changed, and its id has
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
  const known = stored({ folder });
  const entries: Entry[] = [];
  for (const label of labels) {
    const old = known.find((one) => one.source === label.source);
    const isSame = old?.text === label.text;
    const vector = isSame
      ? old.vector
      : await embeddings.embedQuery(label.text);
    entries.push({ ...label, id: randomUUID(), vector });
  }
  write(folder, entries);
}
