import dagre from "@dagrejs/dagre";
import { widthOf, wrap } from "../term/text.ts";
import type { Diagram, DiagramEdge, DiagramNode } from "../trace/events.ts";

/** One letter of the font is this wide, and one line this high, in pixels. */
const LETTER = 7.3;
const LINE = 17;
const PAD = 12;
const BOX_COLUMNS = 34;
const LABEL_COLUMNS = 28;

interface Placed {
  x: number;
  y: number;
  width: number;
  height: number;
}

/**
 * A chain as SVG, laid out by dagre. Boxes are filled and words in them dark; words on arrows stand
 * on a light patch that covers every arrow, so it reads on a light and on a dark page alike. The
 * same diagram gives the same bytes.
 *
 * @param id what its arrow heads are named by, unique where several pictures stand on one page
 */
export function diagramSvg({ nodes, edges }: Diagram, title: string, id = "head"): string {
  const graph = new dagre.graphlib.Graph({ multigraph: true });
  // Branches side by side would be too wide to read, so a router's stand one below the other.
  const rankdir = nodes.some(({ kind }) => kind === "router") ? "LR" : "TB";
  graph.setGraph({ rankdir, nodesep: 28, ranksep: 46, marginx: 16, marginy: 16 });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const node of nodes) graph.setNode(node.id, sizeOf(linesOf(node)));
  for (const [at, edge] of edges.entries()) {
    graph.setEdge(edge.from, edge.to, { ...sizeOf(labelOf(edge), 4), labelpos: "c" }, `${at}`);
  }
  dagre.layout(graph);
  const { width = 0, height = 0 } = graph.graph();
  const placed = edges.map((edge, at) => ({
    edge,
    place: graph.edge(edge.from, edge.to, `${at}`) as Place,
  }));
  const isGraph = nodes.some(({ kind }) => kind === "node");
  const arrows = placed.map(({ place, edge }) => {
    const isLoop = edge.from === edge.to;
    const path = isLoop ? loopPath(graph.node(edge.from) as Placed, place) : linePath(place);
    return arrow(path, edge, isGraph, id);
  });
  const labels = placed.map(({ place, edge }) => label(place, edge)).filter((text) => text !== "");
  const boxes = nodes.map((node) => box(graph.node(node.id) as Placed, node));
  // Of no boxes, dagre says that they are endlessly small.
  const [w, h] = [width, height].map((size) => Math.max(0, Math.ceil(size)));
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${w} ${h}" width="${w}" height="${h}" role="img">
<title>${escapeXml(title)}</title>
<defs><marker id="${id}" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" orient="auto"><path d="M0 0L8 4L0 8z" fill="#7a869a"/></marker></defs>
<g font-family="'DejaVu Sans Mono', ui-monospace, Menlo, Consolas, monospace" font-size="12">
${[...arrows, ...boxes, ...labels].join("\n")}
</g>
</svg>
`;
}

const FILL: Record<DiagramNode["kind"], [fill: string, stroke: string]> = {
  input: ["#e3e8f0", "#5b6b84"],
  output: ["#dff0e2", "#3f7d4e"],
  link: ["#fdf3d8", "#a07a1c"],
  router: ["#ece1f7", "#70489c"],
  node: ["#fdf3d8", "#a07a1c"],
};

function box({ x, y, width, height }: Placed, node: DiagramNode): string {
  const [fill, stroke] = FILL[node.kind];
  const [left, top] = [x - width / 2, y - height / 2];
  const lines = linesOf(node).map((line, at) => {
    const weight = at === 0 ? ' font-weight="bold"' : "";
    return text(left + PAD, top + PAD + (at + 0.75) * LINE, line, `fill="#1d2430"${weight}`);
  });
  const rect = `<rect x="${round(left)}" y="${round(top)}" width="${round(width)}" height="${round(height)}" rx="6" fill="${fill}" stroke="${stroke}"/>`;
  return [rect, ...lines].join("");
}

type Place = Placed & { points: { x: number; y: number }[] };

const linePath = ({ points }: Place): string =>
  points.map(({ x, y }, at) => `${at === 0 ? "M" : "L"}${round(x)} ${round(y)}`).join("");

/** From a box to itself, out to where dagre left room; its own points lie outside the picture. */
function loopPath({ x, y, width, height }: Placed, room: Placed): string {
  const [edge, out, quarter] = [x + width / 2, room.x, height / 4].map(round) as [
    number,
    number,
    number,
  ];
  const [top, bottom] = [round(y - quarter), round(y + quarter)];
  return `M${edge} ${top}C${out} ${top} ${out} ${bottom} ${edge} ${bottom}`;
}

function arrow(path: string, edge: DiagramEdge, isGraph: boolean, id: string): string {
  const isIdle = edge.value === null && (edge.label !== "" || isGraph);
  const dash = isIdle ? ' stroke-dasharray="4 4"' : "";
  return `<path d="${path}" fill="none" stroke="#7a869a" stroke-width="1.5"${dash} marker-end="url(#${id})"/>`;
}

/** The words on an arrow, above all arrows. */
function label({ x, y }: Place, edge: DiagramEdge): string {
  const lines = labelOf(edge);
  if (lines.length === 0) return "";
  const { width, height } = sizeOf(lines, 4);
  const [left, top] = [x - width / 2, y - height / 2];
  const patch = `<rect x="${round(left)}" y="${round(top)}" width="${round(width)}" height="${round(height)}" rx="3" fill="#ffffff"/>`;
  const words = lines.map((part, at) =>
    text(
      left + 4,
      top + 4 + (at + 0.75) * LINE,
      part,
      at === 0 ? 'fill="#1d2430" font-weight="bold"' : 'fill="#3d4a5f"',
    ),
  );
  return [patch, ...words].join("");
}

function linesOf({ title, detail }: DiagramNode): string[] {
  return [title, ...wrapWords(detail, BOX_COLUMNS, 4)];
}

function labelOf({ label, value }: DiagramEdge): string[] {
  return label === "" ? [] : [label, ...wrapWords(value ?? "", LABEL_COLUMNS, 3)];
}

function sizeOf(lines: string[], pad = PAD) {
  if (lines.length === 0) return { width: 0, height: 0 };
  const columns = Math.max(...lines.map(widthOf));
  return { width: columns * LETTER + 2 * pad, height: lines.length * LINE + 2 * pad };
}

/** Words to lines; what does not fit the lines is cut, with a mark. */
function wrapWords(words: string, columns: number, most: number): string[] {
  const lines = wrap(words.replace(/\s+/g, " ").trim(), columns).filter((line) => line !== "");
  if (lines.length <= most) return lines;
  return [...lines.slice(0, most - 1), `${cutAtWord(lines[most - 1] ?? "", columns - 2)} …`];
}

/** The whole words of a line that fit; a word that is too long by itself is cut. */
function cutAtWord(line: string, columns: number): string {
  return wrap(line, columns)[0] ?? "";
}

function text(x: number, y: number, words: string, look: string): string {
  return `<text x="${round(x)}" y="${round(y)}" ${look} xml:space="preserve">${escapeXml(words)}</text>`;
}

const round = (value: number) => Number(value.toFixed(1));

function escapeXml(words: string): string {
  return words.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
