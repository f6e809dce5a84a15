import { existsSync } from "node:fs";
import { isBuiltin } from "node:module";
import { join } from "node:path";
import config from "../rolldown.config.mjs";
import { lessonSource } from "./lesson-source.mjs";
import { wasmKernels } from "./wasm-kernels.mjs";

const root = join(import.meta.dirname, "..");
const standIns = join(root, "src/page/stand-ins");

/** Files of the house that are other ones in a page. */
const REPLACED = {
  "src/encoder/team.ts": "team.ts",
  "src/package-file.ts": "package-file.ts",
  "src/offline/tutor/schema/stoppable.ts": "stoppable.ts",
};

/** Our own stand-ins for Node's modules, then those of unenv, then nothing. */
function withoutNode() {
  return {
    name: "without-node",
    resolveId: {
      order: "pre",
      async handler(name, importer, options) {
        if (isBuiltin(name)) return standInOf(name.replace(/^node:/, ""), this, importer);
        if (config.external.includes(name)) return join(standIns, "absent.ts");
        const found = await this.resolve(name, importer, { ...options, skipSelf: true });
        const replaced = Object.entries(REPLACED).find(([file]) => found?.id === join(root, file));
        return replaced ? join(standIns, replaced[1]) : found;
      },
    },
  };
}

function standInOf(name, context, importer) {
  const own = join(standIns, `${name.replace("/", "-")}.ts`);
  if (existsSync(own)) return own;
  if (name === "buffer") return context.resolve("buffer/index.js", importer, { skipSelf: true });
  const kept = join(root, "node_modules/unenv/runtime/node", name, "index.mjs");
  return existsSync(kept) ? kept : join(standIns, "absent.ts");
}

/** The files of the package that steps read when they run, by their paths in it. */
export const SHIPPED = [
  "checkpoints/tiny-base.ckpt",
  "checkpoints/tiny-instruct.ckpt",
  "checkpoints/tiny-preferred.ckpt",
  "dist/encoder/handbook.vectors",
  "dist/encoder/lexicon.json",
  "dist/encoder/vocabulary.txt",
  "dist/encoder/weights.i8",
];

/**
 * How the page's program ("page") or what plays the steps ("worker") is built, for a browser.
 *
 * @param {string} name
 * @returns {import("rolldown").InputOptions}
 */
export function pageBuild(name) {
  return {
    input: { [name]: join(root, `src/page/${name}.ts`) },
    platform: "browser",
    // What is absent in a page is told for each import of it.
    onLog: (level, log, tell) => {
      if (log.code !== "SHIMMED_EXPORT") tell(level, log);
    },
    shimMissingExports: true,
    transform: {
      define: { SHIPPED: JSON.stringify({ up: "../files/", paths: SHIPPED }) },
    },
    resolve: { conditionNames: ["import", "default"], alias: config.resolve.alias },
    plugins: [withoutNode(), lessonSource(), wasmKernels()],
  };
}

/**
 * Where the program of a page is put, with what it loads in a folder of its name.
 *
 * @param {string} dir
 * @param {string} name
 * @returns {import("rolldown").OutputOptions}
 */
export function pageOutput(dir, name) {
  return {
    dir,
    format: "esm",
    entryFileNames: "[name].js",
    chunkFileNames: `${name}/[name]-[hash].js`,
    keepNames: true,
    minify: true,
  };
}
