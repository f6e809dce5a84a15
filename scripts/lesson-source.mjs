import { readdirSync, readFileSync } from "node:fs";
import { relative } from "node:path";
import { fileURLToPath } from "node:url";
import { checkLesson, readSection } from "./read-section.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));

/**
 * Gives every section's module what a page shows of its file, as an export called `source`, so that the code on
 * the page is the code that ran: both come out of one read of one file. A file that cannot be shown so fails the build.
 * A table (CSV) that a lesson imports, and a chapter of the handbook (Markdown), is the text of its file.
 * A plugin for Rolldown (the build) and Vite (the tests).
 */
export function lessonSource() {
  const kits = readdirSync(new URL("../src/kits", import.meta.url), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name);
  return {
    name: "lesson-source",
    enforce: "pre",
    load: {
      filter: { id: /\.csv$|[\\/]handbook[\\/][\w-]+\.md$/ },
      handler: (id) => ({
        code: `export default ${JSON.stringify(readFileSync(id, "utf8"))};`,
        moduleType: "js",
      }),
    },
    transform: {
      filter: { id: /[\\/]lessons[\\/][\w-]+[\\/][\w-]+\.ts$/ },
      handler(code, id) {
        const file = relative(root, id).replaceAll("\\", "/");
        if (file.endsWith("/lesson.ts")) return checkLesson(code, file);
        const source = readSection(code, file, kits);
        return source && `${code}\nexport const source = ${JSON.stringify(source)};\n`;
      },
    },
  };
}
