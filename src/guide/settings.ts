import { readFileSync } from "node:fs";
import { packageFile } from "../package-file.ts";

/** A variable of the environment that llm-lab reads. */
export interface Variable {
  name: string;
  about: string;
  /** how it may be set; undefined where any value will do */
  example?: string;
  /** whether a file called .env may set it, too */
  isInFile: boolean;
}

/** All variables that a person may set: those of .env.example, and those of the environment only. */
export function variables(): Variable[] {
  const text = readFileSync(packageFile(".env.example"), "utf8");
  return [...inFile(text), ...ONLY_IN_ENVIRONMENT.map((one) => ({ ...one, isInFile: false }))];
}

/** The variable of a name, in capitals or small letters. */
export const variableNamed = (word: string): Variable | undefined =>
  variables().find(({ name }) => name === word.toUpperCase());

/** Paragraphs of remarks, in which a line `# NAME=value` is a variable. */
function inFile(text: string): Variable[] {
  return text.split(/\n\s*\n/).flatMap((paragraph) => {
    const lines = paragraph.split("\n").map((line) => line.replace(/^# ?/, "").trim());
    const isSetting = (line: string) => /^[A-Z_]+=/.test(line);
    const about = lines.filter((line) => !isSetting(line)).join(" ");
    return lines.filter(isSetting).map((line): Variable => {
      const at = line.indexOf("=");
      return { name: line.slice(0, at), about, example: line.slice(at + 1), isInFile: true };
    });
  });
}

const ONLY_IN_ENVIRONMENT: Omit<Variable, "isInFile">[] = [
  {
    name: "LLM_LAB_DATA",
    about: "The folder in which llm-lab keeps your progress, indexes and interrupted trainings.",
    example: "/home/ada/llm-lab",
  },
  { name: "NO_COLOR", about: "With any value, nothing is printed in colour.", example: "1" },
  { name: "FORCE_COLOR", about: "Colours are printed into a pipe, too.", example: "1" },
  { name: "COLUMNS", about: "How wide lines are in a pipe.", example: "100" },
  { name: "LINES", about: "How many rows a terminal has that does not say so.", example: "40" },
  { name: "CI", about: "A run in CI waits for nobody, and asks nothing.", example: "true" },
  {
    name: "HTTPS_PROXY",
    about: "The proxy for requests to a real model; NO_PROXY names servers that need none.",
    example: "http://proxy.example:3128",
  },
  {
    name: "HTTP_PROXY",
    about: "The same for http addresses.",
    example: "http://proxy.example:3128",
  },
  { name: "ALL_PROXY", about: "The proxy for both.", example: "http://proxy.example:3128" },
  { name: "NO_PROXY", about: "Servers that are asked without the proxy.", example: "localhost" },
  {
    name: "LANGSMITH_TRACING",
    about:
      "llm-lab turns tracing off, so that no lesson is sent to LangSmith; the flag --langsmith keeps it.",
    example: "true",
  },
  {
    name: "NODE_COMPILE_CACHE",
    about: "The folder in which Node keeps the compiled program, for a quicker start.",
    example: "/home/ada/.cache/node",
  },
];
