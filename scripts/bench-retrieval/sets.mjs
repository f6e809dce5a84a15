import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const root = join(import.meta.dirname, "../..");
const read = (file) => JSON.parse(readFileSync(join(root, file), "utf8"));

/**
 * Documents, each with questions about them. Of every kind of question a part is kept aside, by its
 * place alone: nothing is tuned on it.
 *
 * @typedef {{ text: string, heading: string, file: string, id?: string }} Chunk
 * @typedef {{ question: string, kept: boolean, isRight(chunk: Chunk): boolean, answers?: RegExp }}
 *   Question
 *   `answers` matches what a right answer quotes
 * @param {{ handbook(): object[], wholeText(passage: object): string }} sources
 * @param {(folder: string) => Promise<Chunk[]>} chunksOf reads a folder as `llm-lab index` does
 * @param {boolean} isShort without the packages' documents, which take minutes
 * @returns {Promise<{ name: string, chunks: Chunk[], sets: Record<string, Question[]> }[]>}
 */
export async function corpora({ handbook, wholeText }, chunksOf, isShort) {
  const notes = await chunksOf(join(root, "test/retrieval/notes"));
  const club = await chunksOf(join(root, "test/retrieval/club"));
  // This project's pages as they stood when the questions about them were written.
  const project = await chunksOf(join(root, "test/retrieval/project"));
  const office = await chunksOf(join(root, "test/retrieval/office"));
  const boat = await chunksOf(join(root, "test/retrieval/boat"));
  const readmes = await inOneFolder(readmeFiles(["ws", "debug"]), chunksOf);
  const short = [
    aboutHandbook(handbook(), wholeText),
    general(),
    {
      name: "notes",
      chunks: notes,
      sets: questionsIn("test/retrieval/notes-questions.json", notes),
    },
    { name: "club", chunks: club, sets: questionsIn("test/retrieval/club-questions.json", club) },
    {
      name: "project",
      chunks: project,
      sets: questionsIn("test/retrieval/project-questions.json", project),
    },
    // All of these were tuned on …
    {
      name: "office",
      chunks: office,
      sets: questionsIn("test/retrieval/office-questions.json", office, () => false),
    },
    {
      name: "boat",
      chunks: boat,
      sets: questionsIn("test/retrieval/boat-questions.json", boat, () => false),
    },
    // … and nothing on these.
    {
      name: "two READMEs",
      chunks: readmes,
      sets: questionsIn("test/retrieval/two-readmes-questions.json", readmes, () => true),
    },
  ];
  if (isShort) return short;
  const packages = await inOneFolder(packagesFiles(), chunksOf);
  const among = short
    .filter(({ name }) => name === "notes" || name === "club")
    .map(({ name, chunks, sets: { terms, paraphrase } }) => ({
      name: `${name} among packages`,
      chunks: [...packages, ...chunks],
      sets: { terms, paraphrase },
    }));
  const sets = questionsIn("test/retrieval/docs-questions.json", packages);
  return [...short, { name: "packages", chunks: packages, sets }, ...among];
}

function aboutHandbook(passages, wholeText) {
  const chunks = passages.map((passage) => ({
    text: wholeText(passage),
    heading: `${passage.chapter} › ${passage.title}`,
    file: `handbook: ${passage.id}`,
    id: passage.id,
  }));
  const questions = (set) =>
    read(`handbook/questions/${set}.json`).map(({ question, passages: right, kept }) => ({
      question,
      kept,
      isRight: ({ id }) => right.includes(id),
    }));
  return {
    name: "handbook",
    chunks,
    sets: { terms: questions("own-terms"), paraphrase: questions("paraphrase") },
  };
}

function general() {
  const passages = read("test/retrieval/general.json");
  const chunks = passages.map(({ title, text }) => ({
    text: `${title}\n${text}`,
    heading: title,
    file: "",
  }));
  const questions = (kind) =>
    passages.map((passage, at) => ({
      question: passage[kind],
      kept: isKept(at),
      isRight: ({ heading }) => heading === passage.title,
    }));
  return {
    name: "general",
    chunks,
    sets: { terms: questions("words"), paraphrase: questions("other") },
  };
}

const KINDS = { terms: "T", paraphrase: "P", "no answer": "N" };

/** Questions in lines of kind, question, pattern of the file, pattern of the answer. */
function questionsIn(file, chunks, isAside = isKept) {
  const lines = read(file);
  const questions = (kind) =>
    lines
      .filter(([one]) => one === kind)
      .map(([, question, of, answer], at) => ({
        question,
        kept: isAside(at),
        isRight: (chunk) =>
          of !== null &&
          new RegExp(of).test(chunk.file) &&
          new RegExp(answer).test(oneLine(chunk.text)),
        ofFile: of === null ? undefined : new RegExp(of),
        answers: answer === null ? undefined : new RegExp(answer),
      }))
      // A package may have left since the question was asked.
      .filter(
        ({ ofFile }) => ofFile === undefined || chunks.some((chunk) => ofFile.test(chunk.file)),
      );
  return Object.fromEntries(Object.entries(KINDS).map(([name, kind]) => [name, questions(kind)]));
}

export const oneLine = (text) => text.replace(/\s+/g, " ");

const isKept = (at) => at % 2 === 1;

/** The Markdown files of the packages that this project uses, of each package once. */
function packagesFiles() {
  const from = join(root, "node_modules");
  return markdownIn(from)
    .filter((file) => !file.startsWith(".") && !file.includes("/node_modules/"))
    .map((file) => ({ path: join(from, file), name: file.replaceAll("/", "__") }));
}

/** The READMEs of some packages. */
function readmeFiles(packages) {
  return packages.map((name) => ({
    path: join(root, "node_modules", name, "README.md"),
    name: `${name}__README.md`,
  }));
}

function markdownIn(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(".md"))
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .map((file) => file.replaceAll("\\", "/"));
}

async function inOneFolder(files, chunksOf) {
  const folder = mkdtempSync(join(tmpdir(), "llm-lab-documents-"));
  try {
    for (const { path, name } of files) cpSync(path, join(folder, name));
    return await chunksOf(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
