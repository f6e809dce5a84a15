import { cleanAll } from "./clean.ts";

/** A suite of JUnit's XML, which CI systems read. */
export interface JunitSuite {
  name: string;
  cases: JunitCase[];
  ms?: number;
}

export interface JunitCase {
  /** what it is a part of, with dots between: "memory.window" */
  group: string;
  name: string;
  /** what did not hold (a failure), or did not run (an error); undefined where all is well */
  fault?: { kind: "failure" | "error"; type: string; says: string; file: string; line?: number };
}

/**
 * Writes JUnit's XML as the strictest of its readers take it: a `testcase` has no place of its own,
 * so the place of a fault stands in its text.
 */
export function junitXml(suites: readonly JunitSuite[]): string {
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites ${countsOf(suites.flatMap(({ cases }) => cases))}>`,
    ...suites.flatMap(suiteLines),
    "</testsuites>",
    "",
  ].join("\n");
}

function suiteLines({ name, cases, ms }: JunitSuite): string[] {
  const time = ms === undefined ? "" : ` time="${(ms / 1000).toFixed(3)}"`;
  return [
    `  <testsuite name="${escaped(name)}" ${countsOf(cases)}${time}>`,
    ...cases.map(caseLines),
    "  </testsuite>",
  ];
}

function caseLines({ group, name, fault }: JunitCase): string {
  const open = `    <testcase classname="${escaped(group)}" name="${escaped(name)}"`;
  if (!fault) return `${open}/>`;
  const { kind, type, says, file, line } = fault;
  const place = line === undefined ? file : `${file}:${line}`;
  const inner = `<${kind} type="${escaped(type)}" message="${escaped(says)}">${escaped(place)}</${kind}>`;
  return `${open}>\n      ${inner}\n    </testcase>`;
}

function countsOf(cases: readonly JunitCase[]): string {
  const count = (kind: string) => cases.filter(({ fault }) => fault?.kind === kind).length;
  return `tests="${cases.length}" failures="${count("failure")}" errors="${count("error")}"`;
}

const MARKS: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

/** XML 1.0 allows no control characters, no halves of pairs, and not the two last of a plane. */
const escaped = (text: string) =>
  cleanAll(text)
    .replaceAll("\n", " ")
    .replace(/[\uFFFE\uFFFF]|\p{Surrogate}/gu, "\uFFFD")
    .replace(/[&<>"]/g, (mark) => MARKS[mark] ?? mark);
