import { findTopic } from "../../topics.ts";
import { OF_COURSE } from "../knowledge/course-terms.ts";
import { isQuestion } from "../memory/lines.ts";
import type { Skill } from "../skill.ts";

/**
 * Names the handbook's passages that are nearest to a question of the course which none is sure to
 * answer.
 */
export const nearPassages: Skill = {
  name: "near passages",
  answer({ line }) {
    if (line.length > LONGEST || !isQuestion(line) || !OF_COURSE.test(line)) return undefined;
    const [best, ...others] = findTopic(line).passages.slice(0, MOST);
    if (!best) return undefined;
    const titles = [best, ...others].map(({ title }) => `"${title}"`).join(", ");
    return `I cannot answer that myself. Nearest to it in the handbook are ${titles}; \`llm-lab help ${best.id}\` shows the first.`;
  },
  examples: [
    { asked: "how do I reduce made up answers from my bot?", answer: '"Hallucination"' },
    { asked: "Why does my bot forget my name after a while?", answer: "in the handbook" },
  ],
};

const LONGEST = 300;
const MOST = 3;
