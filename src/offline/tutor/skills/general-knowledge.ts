import type { Skill } from "../skill.ts";
import { termIn } from "./definition.ts";

/** Tells one sentence about a thing that pupils ask about; it is a short book. */
export const generalKnowledge: Skill = {
  name: "general knowledge",
  answer: ({ line }) => lookUp(line),
  examples: [
    { asked: "Why is the sky blue?", answer: "air scatters short, blue light waves" },
    { asked: "AI is what?!", answer: "AI, artificial intelligence" },
  ],
};

function lookUp(line: string): string | undefined {
  const asked = line.toLowerCase().replaceAll("’", "'");
  const term = termIn(asked);
  return (
    ENTRIES.find(([pattern]) => pattern.test(asked))?.[1] ??
    TERMS.find(([pattern]) => term !== undefined && pattern.test(term))?.[1]
  );
}

/** Terms that the handbook takes as known; only their own question asks for them. */
const TERMS: [RegExp, string][] = [
  [
    /^(?:ai|artificial intelligence)$/,
    "AI, artificial intelligence, is the craft of making machines do what seems to need thought: seeing, speaking, planning, answering.",
  ],
  [
    /^(?:machine learning|ml)$/,
    "Machine learning is finding the rules of a task from examples instead of writing them by hand.",
  ],
  [/^deep learning$/, "Deep learning is machine learning with neural networks of many layers."],
  [
    /^neural net(?:work)?s?$/,
    "A neural network is a function with many adjustable numbers, its weights, arranged in layers and set by training.",
  ],
  [
    /^chat ?bots?$/,
    "A chatbot is a program that holds a conversation in text; today it is mostly an LLM with a memory around it.",
  ],
  [
    /^langchain(?:\.js|js)?$/,
    "LangChain is a library for building applications out of models, prompts, memory and tools.",
  ],
  [/^completions?$/, "A completion is the text that a model returns for a prompt."],
];

const ENTRIES: [RegExp, string][] = [
  [
    /\bblack[ -]?body\b/,
    "Black body radiation is the light that a body gives off because it is hot: the hotter it is, the more of it, and the shorter its wavelength.",
  ],
  [/\bspeed of light\b/, "Light travels 299,792,458 metres a second in a vacuum."],
  [
    /\bsky (?:is )?blue\b|\bwhy is the sky\b/,
    "The sky is blue because air scatters short, blue light waves more than long, red ones.",
  ],
  [
    /\bgravity\b|\bgravitation\b/,
    "Gravity is the pull between masses: it grows with the masses and shrinks with the square of their distance.",
  ],
  [
    /\bnewton'?s? (?:first|1st) law\b|\binertia\b/,
    "A body stays at rest, or moves straight on at the same speed, unless a force acts on it.",
  ],
  [
    /\be ?= ?mc|\brelativity\b/,
    "Relativity says that the speed of light is the same for everybody, and that mass is a form of energy: E = mc².",
  ],
  [
    /\bentropy\b/,
    "Entropy measures in how many ways the parts of a thing can be arranged; left alone, it does not decrease.",
  ],
  [
    /\brainbow\b/,
    "A rainbow appears when drops of water bend sunlight, each colour by a little more than the next.",
  ],
  [
    /\bderivative\b/,
    "The derivative of a function tells how fast it changes at each point; that of x² is 2x.",
  ],
  [
    /\bintegral\b/,
    "The integral of a function is the area under its curve; it undoes the derivative.",
  ],
  [
    /\bprime numbers?\b|\bprimes?\b/,
    "A prime is a whole number above 1 that only 1 and itself divide; there are infinitely many of them.",
  ],
  [
    /\bpythagoras\b|\bpythagorean\b|\bhypotenuse\b/,
    "In a triangle with a right angle the squares of the two short sides add up to the square of the long one.",
  ],
  [
    /\bwhat is pi\b|\bvalue of pi\b|\bπ\b/,
    "Pi is how often the diameter of a circle fits around it, about 3.14159.",
  ],
  [
    /\bquadratic\b/,
    "A quadratic equation ax² + bx + c = 0 has the solutions (-b ± √(b² - 4ac)) / 2a.",
  ],
  [
    /\bfrench revolution\b/,
    "The French Revolution began in 1789, ended the old monarchy and made France a republic in 1792.",
  ],
  [
    /\bworld war (?:ii|2|two)\b|\bsecond world war\b/,
    "The Second World War lasted from 1939 to 1945.",
  ],
  [
    /\bworld war (?:i|1|one)\b|\bfirst world war\b/,
    "The First World War lasted from 1914 to 1918.",
  ],
  [
    /\bnapoleon\b/,
    "Napoleon Bonaparte ruled France from 1799, was its emperor from 1804, and lost his last battle at Waterloo in 1815.",
  ],
  [
    /\b(?:roman empire|fall of rome)\b/,
    "The western Roman Empire ended in 476, the eastern in 1453.",
  ],
  [/\bberlin wall\b/, "The Berlin Wall was built in 1961 and opened on 9 November 1989."],
  [/\bmagna carta\b/, "Magna Carta, sealed in 1215, made even the English king subject to law."],
  [
    /\brecursion\b|\brecursive\b/,
    "A recursive function calls itself on a smaller part of its task, until the part is small enough to be done at once.",
  ],
  [
    /\bbinary search\b/,
    "Binary search halves a sorted list again and again, so it needs about log₂ n steps for n entries.",
  ],
  [
    /\bhash (?:table|map)\b/,
    "A hash table turns a key into a place in an array, so that looking it up takes the same time however many there are.",
  ],
  [
    /\bbig[- ]?o\b/,
    "Big O says how the work of an algorithm grows with its input: O(n) doubles when the input doubles, O(n²) quadruples.",
  ],
  [/\bcompiler\b/, "A compiler translates a whole program into a form that a machine can run."],
  [
    /\bturing\b/,
    "Alan Turing described in 1936 a simple machine that can compute whatever can be computed.",
  ],
  [
    /\boperating system\b/,
    "An operating system shares a computer's processor, memory and devices among its programs.",
  ],
  [
    /\bphotosynthesis\b/,
    "In photosynthesis plants turn water and carbon dioxide into sugar and oxygen with the light of the sun.",
  ],
  [
    /\bdna\b/,
    "DNA is the long molecule in which living things keep the instructions for building themselves.",
  ],
  [/\bcapital of france\b/, "Paris is the capital of France."],
];
