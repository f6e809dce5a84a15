/** The build calls it: works the handbook and the lexicon out, and writes that into a folder. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { bundle } from "./bundle.mjs";

const [folder] = process.argv.slice(2);
// Without what this makes.
const { file } = await bundle(
  {
    counts: "src/offline/embeddings/counts.ts",
    meaning: "src/offline/embeddings/meaning.ts",
    handbook: "src/handbook/handbook.ts",
    passages: "src/handbook/passages.ts",
  },
  { handbook: false },
);
const load = (name) => import(pathToFileURL(file(name)).href);
const { lexiconFile } = await load("counts");
const { bakedFile } = await load("meaning");
const { handbook } = await load("handbook");
const { wholeText } = await load("passages");
writeFileSync(join(folder, "handbook.vectors"), bakedFile(handbook().map(wholeText)));
writeFileSync(join(folder, "lexicon.json"), lexiconFile());
