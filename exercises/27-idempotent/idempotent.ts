// Exercise 27: idempotent
//
// Each night a museum indexes the labels of its pictures for a search. The job runs twice when
// somebody is impatient, and is killed when the server restarts. By now each picture is found
// nine times, and every night the museum pays for embedding texts that never changed.
//
// A label is known by its `source`. After `ingest`, the index holds each label once, as it is
// now, with its vector. Texts that have not changed are not embedded again, and keep their id.
// The job may be killed at any moment: what was indexed must still be there, whole, and the
// next run does what is left. `stored` returns what the index holds.
import { randomUUID } from "node:crypto";
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

const embeddings = new OpenAIEmbeddings({ model: "text-embedding-3-small" });

export async function ingest(given: { folder: string; labels: Label[] }) {
  const { folder, labels } = given;
  const file = join(folder, "index.json");
  const entries = stored({ folder });
  const vectors = await embeddings.embedDocuments(
    labels.map(({ text }) => text),
  );
  for (const [at, label] of labels.entries())
    entries.push({ ...label, id: randomUUID(), vector: vectors[at] ?? [] });
  writeFileSync(file, JSON.stringify(entries));
}

export function stored({ folder }: { folder: string }): Entry[] {
  const file = join(folder, "index.json");
  return existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : [];
}
