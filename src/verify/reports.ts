import { clean } from "../clean.ts";
import { countOf, formatDuration } from "../format.ts";
import { type JunitCase, junitXml } from "../junit.ts";
import { isKept, type Outcome, type SectionReport, type Stop } from "./orders.ts";

/** A section in one line, as soon as it was played. */
export function sectionLine(report: SectionReport): string {
  const { section, outcomes, ms } = report;
  const broken = faultsOf(report).length;
  const says = broken === 0 ? keptOf(outcomes.length) : `${countOf(broken, "fault")}`;
  return `${section.padEnd(28)} ${says.padEnd(18)} ${formatDuration(ms)}`;
}

/** What is broken, each with its place, and the sum of all. */
export function endLines(reports: readonly SectionReport[], ms: number): string[] {
  const outcomes = reports.flatMap((report) => report.outcomes);
  const kept = outcomes.filter(({ instead }) => instead === undefined).length;
  const faults = reports.flatMap(faultsOf);
  const left = reports.reduce((sum, report) => sum + report.left, 0);
  const sections = countOf(reports.length, "section");
  const of =
    kept === outcomes.length ? keptOf(kept) : `${kept} of ${outcomes.length} outcomes kept`;
  return [
    ...faults.flatMap(({ file, line, title, says }) => [
      "",
      `${file}:${line}`,
      `  ${title}`,
      `  ${says}`,
    ]),
    "",
    `${of}, of ${sections}, in ${formatDuration(ms)}.${left === 0 ? "" : ` --full plays ${countOf(left, "slow step")} more.`}`,
  ].map(clean);
}

/** For programs: all that is known of each section. */
export function reportJson(reports: readonly SectionReport[], ms: number): object {
  const outcomes = reports.flatMap((report) => report.outcomes);
  return {
    isKept: reports.every(isKept),
    outcomes: outcomes.length,
    broken: outcomes.filter(({ instead }) => instead !== undefined).length,
    left: reports.reduce((sum, { left }) => sum + left, 0),
    ms: Math.round(ms),
    sections: reports.map((report) => ({ ...report, ms: Math.round(report.ms) })),
  };
}

/** For CI systems: a section is a suite, an outcome a case; a step that stopped is an error. */
export function reportJunit(reports: readonly SectionReport[]): string {
  return junitXml(
    reports.map(({ section: name, outcomes, stops, ms }) => {
      const group = name.replace("/", ".");
      const kept = outcomes.map(({ step, claim, instead, file, line }): JunitCase => {
        const fault = { kind: "failure", type: "broken", says: instead ?? "", file, line } as const;
        return { group, name: titleOf(step, claim), ...(instead !== undefined && { fault }) };
      });
      const ended = stops.map(({ step, says, file, line }): JunitCase => {
        const fault = { kind: "error", type: "stopped", says, file, line } as const;
        return { group, name: titleOf(step, ENDS), fault };
      });
      return { name, ms, cases: [...kept, ...ended] };
    }),
  );
}

/** For a workflow of GitHub: an annotation at the line of each expectation that is broken. */
export function reportGithub(reports: readonly SectionReport[], ms: number): string {
  const lines = reports.flatMap(faultsOf).map(({ file, line, title, says }) => {
    const properties = { file, line: `${line}`, title };
    const told = Object.entries(properties).map(([key, value]) => `${key}=${property(value)}`);
    return `::error ${told.join(",")}::${message(says)}`;
  });
  return `${[...lines, ...endLines(reports, ms).slice(-1)].join("\n")}\n`;
}

interface Fault {
  file: string;
  line: number;
  title: string;
  says: string;
}

/** A step that stopped, and else what is broken: one fault has one cause. */
function faultsOf({ outcomes, stops }: SectionReport): Fault[] {
  const stopped = new Set(stops.map(({ step }) => step));
  const broken = outcomes.filter((one) => one.instead !== undefined && !stopped.has(one.step));
  return [...stops.map(stopFault), ...broken.map(outcomeFault)].sort((a, b) => a.line - b.line);
}

const stopFault = ({ step, file, line, says }: Stop): Fault => {
  return { file, line, title: titleOf(step, ENDS), says };
};

const outcomeFault = ({ step, claim, file, line, instead = "" }: Outcome): Fault => {
  return { file, line, title: titleOf(step, claim), says: instead };
};

const ENDS = "it comes to its end";

/** "forgets: the name is forgotten" */
const titleOf = (step: string, claim: string) => `${step.split("/").at(-1)}: ${claim}`;

const keptOf = (count: number) => `${countOf(count, "outcome")} kept`;

/** As GitHub reads a command: what would end it is escaped. */
const message = (text: string) =>
  clean(text).replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
const property = (text: string) => message(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
