import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { LICENSE, NOTICE, packVocabulary, packWeights } from "./encoder-weights.mjs";

const root = join(import.meta.dirname, "..");
const cache = join(root, "node_modules/.cache/llm-lab");

/**
 * Writes what the sentence encoder reads: weights and vocabulary, repacked from their package, with
 * its licence.
 */
export function encoderFiles() {
  return {
    name: "encoder-files",
    writeBundle({ dir }) {
      const folder = join(dir, "encoder");
      mkdirSync(folder, { recursive: true });
      writeFileSync(join(folder, "weights.i8"), packWeights());
      writeFileSync(join(folder, "vocabulary.txt"), packVocabulary());
      writeFileSync(join(folder, "LICENSE"), LICENSE);
      writeFileSync(join(folder, "NOTICE"), NOTICE);
    },
  };
}

/**
 * Writes vectors, counts and stems of the handbook and the lexicon, so that nobody waits for them.
 */
export function handbookFiles() {
  return {
    name: "handbook-files",
    writeBundle({ dir }) {
      const kept = join(cache, `handbook-${hashOfSources()}`);
      if (!existsSync(kept)) workOut(kept);
      cpSync(kept, join(dir, "encoder"), { recursive: true });
    },
  };
}

function workOut(kept) {
  mkdirSync(cache, { recursive: true });
  const folder = mkdtempSync(join(cache, "handbook-"));
  // A process of its own: bundling reads the configuration that this file is part of.
  execFileSync(process.execPath, [join(import.meta.dirname, "encode-handbook.mjs"), folder]);
  // Another build may write at the same moment: only a whole folder gets the name.
  if (existsSync(kept)) rmSync(folder, { recursive: true });
  else renameSync(folder, kept);
}

/** One hash for all that these files depend on. */
function hashOfSources() {
  const hash = createHash("sha256").update(NOTICE);
  const folders = [
    "handbook",
    "src/handbook",
    "src/encoder",
    "src/kernels",
    "src/language",
    "src/offline/embeddings",
  ];
  for (const file of folders.flatMap(sourcesIn))
    hash.update(`\0${file}\0`).update(readFileSync(join(root, file)));
  return hash.digest("hex").slice(0, 16);
}

function sourcesIn(folder) {
  return readdirSync(join(root, folder), { recursive: true })
    .filter((file) => /\.(ts|md)$/.test(file) && !file.endsWith(".test.ts"))
    .map((file) => join(folder, file))
    .sort();
}
