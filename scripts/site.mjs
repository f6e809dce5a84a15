/**
 * Makes the site: `npm run site`, or `npm run site -- <folder>` to put it elsewhere. It is plain
 * files: a page of contents, a page a section, and what runs the steps in the page. The same
 * sources give the same bytes.
 */
import { cpSync, mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { rolldown } from "rolldown";
import { loadSources } from "./bundle.mjs";
import { pageBuild, pageOutput, SHIPPED } from "./page-build.mjs";

const root = join(import.meta.dirname, "..");
const out = resolve(process.argv[2] ?? join(root, "site"));
rmSync(out, { recursive: true, force: true });

const { contentsOf, contentsPage, loadSection, sectionPage } = await loadSources(
  "page/contents",
  "page/document",
  "lesson/load",
);
const contents = contentsOf();
write("index.html", contentsPage(contents));
for (const entry of contents.lessons) {
  const lesson = await entry.load();
  for (const name of entry.sections)
    write(
      `${entry.id}/${name}/index.html`,
      sectionPage(entry, await loadSection(lesson, name), contents),
    );
}

for (const name of ["page", "worker"]) {
  const build = await rolldown(pageBuild(name));
  await build.write(pageOutput(join(out, "assets"), name));
  await build.close();
}
for (const file of SHIPPED) {
  mkdirSync(dirname(join(out, "files", file)), { recursive: true });
  cpSync(join(root, file), join(out, "files", file));
}

const files = readdirSync(out, { recursive: true }).map((name) => join(out, name));
const bytes = files.reduce(
  (sum, file) => sum + (statSync(file).isFile() ? statSync(file).size : 0),
  0,
);
const size = (name) => Math.round(statSync(join(out, name)).size / 1000);
console.log(`${out}: ${files.length} files, ${(bytes / 1e6).toFixed(1)} MB`);
console.log(
  `memory/window: ${size("memory/window/index.html")} kB until the first text, ${size("assets/page.js")} kB for its controls, ${size("assets/worker.js")} kB and what a step loads when it runs`,
);

function write(name, text) {
  const file = join(out, name);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}
