import { readFileSync } from "node:fs";

/**
 * Gives every section's module the text that it was compiled from, as an export called `source`,
 * so that the code on the page is the code that ran: both come out of one read of one file.
 * A table (CSV) that a lesson imports, and a chapter of the handbook (Markdown), is the text of its file.
 * A plugin for Rolldown (the build) and Vite (the tests).
 */
export function lessonSource() {
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
      handler: (code) => `${code}\nexport const source = ${JSON.stringify(code)};\n`,
    },
  };
}
