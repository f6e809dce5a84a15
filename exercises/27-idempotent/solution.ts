import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
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

const embeddings = new OpenAIEmbeddings({ model: "text-embedding-3-small" });

export async function ingest(given: { folder: string; labels: Label[] }) {
  const { folder, labels } = given;
  const entries = new Map(stored({ folder }).map((one) => [one.source, one]));
  const fresh = labels.filter(
    ({ source, text }) => entries.get(source)?.text !== text,
  );
  if (fresh.length === 0) return;

  const vectors = await embeddings.embedDocuments(
    fresh.map(({ text }) => text),
  );
  for (const [at, label] of fresh.entries()) {
    const vector = vectors[at] ?? [];
    entries.set(label.source, { ...label, id: label.source, vector });
  }
  // A text and its vector reach the disk together, so the next run can trust what it finds. A
  // file that is written in place is half there for a moment, a rename is done or not done.
  const file = join(folder, "index.json");
  writeFileSync(`${file}.part`, JSON.stringify([...entries.values()]));
  renameSync(`${file}.part`, file);
}

export function stored({ folder }: { folder: string }): Entry[] {
  const file = join(folder, "index.json");
  return existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : [];
}
