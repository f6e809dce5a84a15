import { clean } from "../clean.ts";
import { padEnd, truncate, widthOf, wrap } from "../term/text.ts";
import type { Diagram, DiagramEdge, DiagramNode } from "../trace/events.ts";
import type { Look } from "./look.ts";

/**
 * A chain as boxes and arrows, from top to bottom, in the order in which its links run. A box names
 * what it takes and gives, so that arrows need not cross; a router's branches hang below it, and
 * the one that was taken is marked.
 */
export function diagramLines({ nodes, edges }: Diagram, look: Look): string[] {
  if (nodes.some(({ kind }) => kind === "node")) return graphLines(nodes, edges, look);
  const inputs = nodes.filter(({ kind }) => kind === "input");
  const given = inputs.flatMap((node) =>
    flowLines(
      edges.filter(({ from }) => from === node.id),
      look,
    ),
  );
  const router = nodes.find(({ kind }) => kind === "router");
  if (router)
    return [...unique(given), ...box(router, [], look), ...branchLines(nodes, edges, look)];
  const links = nodes.filter(({ kind }) => kind === "link");
  return [
    ...unique(given),
    ...links.flatMap((node) => {
      const takes = edges.filter(({ to }) => to === node.id);
      const gives = edges.filter(({ from }) => from === node.id);
      return [...box(node, takes, look), ...unique(flowLines(gives, look))];
    }),
  ];
}

/** The nodes of a graph, each with the arrows that lead from it: they may lead anywhere. */
function graphLines(nodes: DiagramNode[], edges: DiagramEdge[], look: Look): string[] {
  const titleOf = (id: string) => nodes.find((node) => node.id === id)?.title ?? id;
  return nodes
    .filter(({ kind }) => kind !== "output")
    .flatMap((node) => {
      const out = edges.filter(({ from }) => from === node.id);
      const arrows = out.map(({ to, value }, at) => {
        const sign = at === out.length - 1 ? "└" : "├";
        const head = `${value === null ? "○" : "●"} ${clean(titleOf(to))}`;
        return `     ${sign}─▶ ${value === null ? head : look.style.input(head)}`;
      });
      return [...(node.kind === "input" ? [`  ${node.title}`] : box(node, [], look)), ...arrows];
    });
}

function box(
  { title, detail }: DiagramNode,
  takes: DiagramEdge[],
  { style, width }: Look,
): string[] {
  const room = Math.min(width - 6, 64);
  const keys = unique(takes.map(({ label }) => label).filter((label) => label !== ""));
  const lines = [
    ...wrap(style.strong(title), room),
    ...(keys.length > 1 ? wrap(style.faint(`takes ${keys.join(", ")}`), room) : []),
    ...(detail === "" ? [] : wrap(style.faint(truncate(clean(detail), 2 * room - 2)), room)),
  ];
  const inner = Math.max(...lines.map(widthOf));
  return [
    `  ┌${"─".repeat(inner + 2)}┐`,
    ...lines.map((line) => `  │ ${padEnd(line, inner)} │`),
    `  └${"─".repeat(inner + 2)}┘`,
  ];
}

/** Arrows down, each with its variable and what flowed. */
function flowLines(edges: DiagramEdge[], { style, width }: Look): string[] {
  if (edges.length > 0 && edges.every(({ label }) => label === ""))
    return [`     ${style.faint("▼")}`];
  return edges.map(({ label, value }) => {
    const flowed = value === null ? "" : ` = ${clean(value)}`;
    return (
      truncate(`     ${style.faint("▼")} ${style.strong(label)}`, width - 1) +
      style.input(truncate(flowed, Math.max(1, width - 8 - widthOf(label))))
    );
  });
}

function branchLines(nodes: DiagramNode[], edges: DiagramEdge[], { style, width }: Look): string[] {
  const branches = edges.filter(({ from }) => from === "router");
  const lines = branches.flatMap((edge, at) => {
    const node = nodes.find(({ id }) => id === edge.to);
    const isTaken = edge.value !== null;
    const isLast = at === branches.length - 1;
    const head = `${isTaken ? "●" : "○"} ${edge.label}`;
    const name = isTaken ? style.input(head) : head;
    const first = `     ${isLast ? "└" : "├"}─▶ ${name}`;
    const detail = truncate(`${node?.title}: ${node?.detail ?? ""}`, width - 12);
    return [first, `     ${isLast ? " " : "│"}      ${style.faint(detail)}`];
  });
  const reply = edges.find(({ to, value }) => to === "out:text" && value !== null)?.value;
  const flowed = reply ? truncate(` = ${clean(reply)}`, width - 12) : "";
  return [...lines, `     ${style.faint("▼")} ${style.strong("text")}${style.input(flowed)}`];
}

const unique = (lines: string[]) => [...new Set(lines)];
