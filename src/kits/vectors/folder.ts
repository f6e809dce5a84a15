import { readdir, readFile, stat } from "node:fs/promises";
import { homedir } from "node:os";
import { join, relative } from "node:path";
import { LabError } from "../../errors.ts";

const MOST_FILES = 500;
const MOST_BYTES = 1024 * 1024;

/**
 * The Markdown and text files in a folder, those in hidden folders and in node_modules left out.
 *
 * @throws LabError for a folder that cannot be read, or has no such file
 */
export async function textsIn(typed: string): Promise<{ file: string; text: string }[]> {
  const folder = typed.replace(/^~(?=\/|$)/, homedir());
  const files = (await filesIn(folder)).slice(0, MOST_FILES);
  const texts = await Promise.all(
    files.map(async (file) => ({
      file: relative(folder, file).replaceAll("\\", "/"),
      text: (await readFile(file, "utf8")).trim(),
    })),
  );
  const read = texts.filter(({ text }) => text !== "");
  if (read.length > 0) return read;
  throw new LabError(
    `The folder ${folder} has no Markdown or text in it`,
    "Name one that has, for example --set folder=docs; llm-lab index reads PDF and HTML too.",
    2,
  );
}

async function filesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch((error) => {
    throw new LabError(
      `The folder ${folder} cannot be read: ${error.message}`,
      "Check the path after --set folder=.",
      2,
    );
  });
  const found: string[] = [];
  for (const entry of entries.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = join(folder, entry.name);
    if (entry.name.startsWith(".") || entry.name === "node_modules") continue;
    if (entry.isDirectory()) found.push(...(await filesIn(path)));
    const isText = entry.isFile() && /\.(?:md|mdx|markdown|txt)$/i.test(entry.name);
    if (isText && (await stat(path)).size <= MOST_BYTES) found.push(path);
    if (found.length >= MOST_FILES) break;
  }
  return found;
}
