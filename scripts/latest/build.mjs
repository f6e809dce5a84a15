import { fileURLToPath } from "node:url";
import { rolldown } from "rolldown";
import config from "../../rolldown.config.mjs";

/** What a LangChain program shares with LangChain: one copy of each must serve both. */
const SHARED = /^(?:@langchain\/[\w-]+|langchain|zod|openai)(?:\/|$)/;
/** The build's parts that make files of `dist`, which the lessons find there. */
const OF_DIST = ["encoder-files", "handbook-files", "cmaps", "licenses", "executable"];

/**
 * Builds the program with the LangChain of another folder, which has it in its `node_modules`; what
 * is not there comes from ours.
 *
 * @param {string} folder where another LangChain is installed
 * @param {string} into the folder of the build, right in the project's root
 */
export async function buildAgainst(folder, into) {
  const from = fileURLToPath(new URL("package.json", `file://${folder}/`));
  const elsewhere = {
    name: "langchain-elsewhere",
    resolveId: {
      order: "pre",
      filter: { id: SHARED },
      async handler(source, importer, options) {
        if (importer === undefined || importer.startsWith(folder)) return null;
        const found = await this.resolve(source, from, { ...options, skipSelf: true });
        return found && !found.external ? found : null;
      },
    },
  };
  const plugins = config.plugins.filter(({ name }) => !OF_DIST.includes(name));
  const output = { ...config.output, dir: into };
  const bundle = await rolldown({ ...config, plugins: [elsewhere, ...plugins] });
  await bundle.write(output);
  await bundle.close();
}
