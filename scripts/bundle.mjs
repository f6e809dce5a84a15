import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "rolldown";
import config from "../rolldown.config.mjs";
import { encoderFiles, handbookFiles } from "./encoder-files.mjs";
import { lessonSource } from "./lesson-source.mjs";
import { wasmKernels } from "./wasm-kernels.mjs";

const root = join(import.meta.dirname, "..");

/**
 * Builds TypeScript files of this project, as the program is built, so that Node runs them: for
 * scripts, and for tests that need a program of their own. It is a package in the clone, where Node
 * finds the packages with native parts, and goes with the process.
 *
 * @param {Record<string, string>} entries files by the name that each gets, from the root of the
 *   project
 * @param {{ handbook?: boolean }} options whether it gets what the build made of the handbook
 * @returns {Promise<{ folder: string, file(name: string): string, remove(): void }>} the package's
 *   folder
 */
export async function bundle(entries, { handbook = true } = {}) {
  const folder = mkdtempSync(join(root, "node_modules/.llm-lab-bundle-"));
  const remove = () => rmSync(folder, { recursive: true, force: true });
  process.once("exit", remove);
  writeFileSync(join(folder, "package.json"), '{ "type": "module" }');
  const { platform, external, resolve } = config;
  const input = Object.entries(entries).map(([name, path]) => [name, join(root, path)]);
  await build({
    platform,
    external,
    resolve,
    input: Object.fromEntries(input),
    logLevel: "silent",
    plugins: [
      lessonSource(),
      wasmKernels(),
      encoderFiles(),
      ...(handbook ? [handbookFiles()] : []),
    ],
    output: { dir: join(folder, "dist"), format: "esm", keepNames: true },
  });
  return { folder, file: (name) => join(folder, "dist", `${name}.js`), remove };
}

/**
 * Imports modules of src, and of lessons where that is said, all exports in one object:
 * `await loadSources("offline/app", "lessons/index")`.
 */
export async function loadSources(...modules) {
  const pathOf = (name) => (name.startsWith("lessons/") ? `${name}.ts` : `src/${name}.ts`);
  const entries = modules.map((name) => [name.replaceAll("/", "-"), pathOf(name)]);
  const { file } = await bundle(Object.fromEntries(entries));
  const loaded = entries.map(([name]) => import(pathToFileURL(file(name)).href));
  return Object.assign({}, ...(await Promise.all(loaded)));
}
