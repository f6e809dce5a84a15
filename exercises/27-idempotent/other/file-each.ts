import { createHash } from "node:crypto";
import {
  existsSync,
  readdirSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { OpenAIEmbeddings } from "@langchain/openai";

interface Label {
  source: string;
  text: string;
}

/** A file for each label: a kill costs the one that is under way. */
export async function ingest(given: { folder: string; labels: Label[] }) {
  const embeddings = new OpenAIEmbeddings();
  for (const { source, text } of given.labels) {
    const id = createHash("sha256").update(source).digest("hex");
    const file = join(given.folder, `${id}.json`);
    const old = existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : {};
    if (old.text === text) continue;
    const vector = await embeddings.embedQuery(text);
    writeFileSync(`${file}.new`, JSON.stringify({ id, source, text, vector }));
    renameSync(`${file}.new`, file);
  }
}

export function stored({ folder }: { folder: string }) {
  return readdirSync(folder)
    .filter((name) => name.endsWith(".json"))
    .map((name) => JSON.parse(readFileSync(join(folder, name), "utf8")));
}
