// says: After the second run, the index holds 2 entries
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
  const vectors = await embeddings.embedDocuments(
    labels.map(({ text }) => text),
  );
  const added = labels.map((label, at) => {
    return { ...label, id: randomUUID(), vector: vectors[at] ?? [] };
  });
  write(folder, [...stored({ folder }), ...added]);
}
