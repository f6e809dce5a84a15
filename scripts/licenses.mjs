import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** Puts the licences of all packages whose code is in the bundle beside it, as they ask for. */
export function licenses() {
  return {
    name: "licenses",
    generateBundle(_options, bundle) {
      const modules = Object.values(bundle).flatMap((chunk) => chunk.moduleIds ?? []);
      const folders = new Set(
        modules.filter((id) => id.includes("node_modules")).map(packageFolder),
      );
      const source = [...folders].filter(Boolean).sort().map(licenseOf).join("\n\n---\n\n");
      this.emitFile({ type: "asset", fileName: "third-party-licenses.txt", source });
    },
  };
}

/** The nearest folder above a module whose package.json has a name and a version. */
function packageFolder(id) {
  for (
    let folder = dirname(id.replace(/^\0/, ""));
    folder !== dirname(folder);
    folder = dirname(folder)
  ) {
    const file = join(folder, "package.json");
    if (existsSync(file) && JSON.parse(readFileSync(file, "utf8")).version) return folder;
  }
  return undefined;
}

function licenseOf(folder) {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
  const text = file ? readFileSync(join(folder, file), "utf8").trim() : "";
  const inside = INSIDE[name] ? `\n\n${INSIDE[name]}` : "";
  return `${name} ${version} (${license})\n\n${text}${inside}`;
}

/** Code of others that a package carries without naming its licence. */
const INSIDE = {
  unpdf:
    "It contains PDF.js, copyright Mozilla Foundation, under the Apache License 2.0: https://www.apache.org/licenses/LICENSE-2.0",
};
