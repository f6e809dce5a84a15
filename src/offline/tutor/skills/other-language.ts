import { nameInForeign, tongueOf } from "../knowledge/tongues.ts";
import { isRequest } from "../memory/lines.ts";
import type { Skill } from "../skill.ts";

/** Says in which language a message is that the tutor does not read, and takes from it the name that it gives. */
export const otherLanguage: Skill = {
  name: "another language",
  answer({ line }) {
    if (line.length > LONGEST || isRequest(line)) return undefined;
    const tongue = tongueOf(line);
    if (tongue === undefined) return undefined;
    const name = nameInForeign(line);
    return name === undefined
      ? `That looks like ${tongue}. I read only English, so I cannot answer it. Please write it in English.`
      : `Hello ${name}! That looks like ${tongue}. I read only English, and in other languages no more than a name. Please go on in English.`;
  },
  examples: [
    { asked: "Hola, me llamo Carmen", answer: "Hello Carmen! That looks like Spanish." },
    { asked: "Wie geht es dir?", answer: "That looks like German. I read only English" },
    { asked: "你好，你叫什么名字？", answer: "Chinese" },
  ],
};

const LONGEST = 1000;
