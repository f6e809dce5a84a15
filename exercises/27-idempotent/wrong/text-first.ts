// says: and the next run did not embed it
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
  const fresh = labels.filter(
    ({ source, text }) =>
      known.find((one) => one.source === source)?.text !== text,
  );
  const entries = labels.map((label) => {
    const old = known.find((one) => one.source === label.source);
    return { vector: old?.vector ?? [], ...label, id: label.source };
  });
  write(folder, entries);
  for (const { source, text } of fresh) {
    const vector = await embeddings.embedQuery(text);
    const entry = entries.find((one) => one.source === source);
    if (entry) entry.vector = vector;
  }
  write(folder, entries);
}
