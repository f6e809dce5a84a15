import type { Check, Draw } from "../../src/workbook/check.ts";

interface Given {
  passages: string[];
  samples: { answerable: string[]; others: string[] };
  questions: string[];
}

/**
 * Questions by what they are for. The samples hold the hard ones, so whoever draws the line
 * anywhere between their scores passes. No number fits both firms: the nearest questions
 * about something else score 0.24 at one and 0.51 at the other.
 */
interface Firm {
  /** the questions after a passage are answered by it */
  passages: Record<string, string[]>;
  samples: { answerable: string[]; others: string[] };
  others: string[];
}

const BICYCLES: Firm = {
  passages: {
    "You may return a bicycle within 30 days if it was not ridden more than 50 kilometres.":
      [
        "For how long will you take my bike back?",
        "Will you take back a bike that I do not like?",
        "When is it too late to bring back my bike?",
      ],
    "The pressure of a tyre stands on its side; most city tyres take 4 bar.": [
      "Where can I read the right pressure?",
    ],
    "Clean the chain with a dry cloth and put a drop of oil on each link every 200 kilometres.":
      ["How do I clean a bicycle chain?"],
    "Theft is insured only if the bicycle was locked to something fixed.": [
      "Does it matter whether I had locked it?",
      "Somebody took my bike, do I get money?",
    ],
    "Store the battery half full and in a dry room; it must not freeze.": [],
    "Disc brakes are bled once a year with mineral oil; rim brakes need new pads when the groove is gone.":
      [],
  },
  samples: {
    answerable: [
      "What do I wipe a dirty chain with?",
      "Is frost bad for the battery?",
      "My brakes squeak, what oil goes in?",
      "My bike was stolen, who pays?",
    ],
    others: [
      "How long do I boil an egg?",
      "Is it going to rain tomorrow?",
      "What does a film ticket cost on Sundays?",
      "What is the capital of Peru?",
    ],
  },
  others: [
    "Who won the match on Saturday?",
    "Which museum shows paintings by Vermeer?",
    "How do I prune roses?",
    "Who wrote Hamlet?",
    "Which medicine helps against a headache?",
    "Can you recommend a novel?",
    "Who was the first king of Norway?",
  ],
};

const LIBRARY: Firm = {
  passages: {
    "A book may be kept for three weeks. It can be renewed twice, if nobody else waits for the book.":
      ["How often can a book be renewed?"],
    "The reading room of the library is open from nine to six, on Sundays from ten to four.":
      ["Is the reading room open on Sundays?"],
    "Whoever loses a book of the library pays its price and ten francs for the work.":
      ["What do I pay if I lose a book of the library?"],
    "A card of the library costs twenty francs a year, and nothing for children.":
      ["Do children pay for a card of the library?"],
    "Films and records of the library may be kept for one week and cannot be renewed.":
      [
        "How long may I keep films of the library?",
        "Can films and records be renewed?",
      ],
    "In the library's course on Mondays, children of six to ten learn to read aloud.":
      [
        "On which day is the library's course for children?",
        "For which children is the reading course of the library?",
      ],
  },
  samples: {
    answerable: [
      "What does a card of the library cost?",
      "How many weeks may I keep a book?",
      "When is the reading room of the library open?",
      "What does a lost book of the library cost me?",
    ],
    others: [
      "Which film is on this week?",
      "How long does it take to write a book?",
      "How many books does a child read?",
      "How many books did she write in three weeks?",
    ],
  },
  others: [
    "Which book of the library is the best?",
    "What does a film ticket cost on Sundays?",
    "Who wrote the first book of the library?",
    "How do I write a book?",
    "Is the library of the university open?",
    "How many people work in the library?",
    "What does a house by the library cost?",
  ],
};

const EACH = 6;

export const check: Check<Given> = {
  given: {
    passages: Object.keys(BICYCLES.passages),
    samples: BICYCLES.samples,
    questions: answerableOf(BICYCLES)
      .slice(0, EACH)
      .flatMap((one, at) => [one, BICYCLES.others[at] ?? ""]),
  },
  draw: (draw) => ({
    passages: draw.some(Object.keys(LIBRARY.passages), 6),
    samples: {
      answerable: draw.some(LIBRARY.samples.answerable, 4),
      others: draw.some(LIBRARY.samples.others, 4),
    },
    questions: mixed(draw, [
      ...draw.some(answerableOf(LIBRARY), EACH),
      ...draw.some(LIBRARY.others, EACH),
    ]),
  }),
  milliseconds: 30_000,

  async judge(lab, given) {
    const { questions } = given;
    const replies = new Map(
      questions.map((one) => [one, `It is the ${lab.draw.word()}.`]),
    );
    const askedIn = (prompt: string) =>
      questions.find((one) => prompt.includes(one));
    lab.wire.answer(
      ({ prompt }) => replies.get(askedIn(prompt) ?? "") ?? "What?",
    );

    const returned = await lab.call("answers", { ...given });

    const asked = lab.wire.requests.filter(({ path }) =>
      path.endsWith("/chat/completions"),
    );
    const answerable = questions.filter((one) => passageFor(one) !== undefined);
    const others = questions.filter((one) => passageFor(one) === undefined);
    const sent = (question: string) =>
      asked.find(({ prompt }) => askedIn(prompt) === question);

    const wasted = others.filter((one) => sent(one) !== undefined);
    lab.expect(
      wasted.length === 0,
      `${wasted.length} of ${others.length} questions about something else were sent to the model, such as "${wasted[0]}".`,
      { request: sent(wasted[0] ?? "")?.place ?? 0 },
    );
    const lost = answerable.filter((one) => sent(one) === undefined);
    lab.expect(
      lost.length <= 1,
      `${lost.length} of ${answerable.length} questions that a passage answers were refused, such as "${lost[0]}".`,
    );
    for (const question of answerable) {
      const { place = 0, prompt = "" } = sent(question) ?? {};
      if (place === 0) continue;
      const passage = passageFor(question) ?? "";
      lab.expect(
        prompt.includes(passage),
        `The passage that answers "${question}" is not in its prompt.`,
        { request: place, missing: passage },
      );
    }
    lab.expect(
      Array.isArray(returned) && returned.length === questions.length,
      `Your function did not return a list with an entry for each of the ${questions.length} questions.`,
    );
    for (const [at, question] of questions.entries()) {
      const expected = sent(question) ? replies.get(question) : null;
      const found = (returned as unknown[])[at];
      lab.expect(
        found === expected,
        `The entry for "${question}" is ${JSON.stringify(found)}; expected ${JSON.stringify(expected)}.`,
      );
    }
    if (embeddedIn(lab.wire.requests) > 2 * (questions.length + 8 + 6))
      lab.remark(
        "The passages were embedded more than once: embed them when you fill the store, and only then.",
      );
  },
};

function answerableOf({ passages }: Firm): string[] {
  return Object.values(passages).flat();
}

function passageFor(question: string): string | undefined {
  const all = [BICYCLES, LIBRARY].flatMap((one) =>
    Object.entries(one.passages),
  );
  return all.find(([, asked]) => asked.includes(question))?.[0];
}

const mixed = (draw: Draw, questions: string[]) =>
  draw.some(questions, questions.length);

/** How many texts were embedded. */
function embeddedIn(
  requests: readonly { path: string; body: { input?: unknown } }[],
): number {
  return requests
    .filter(({ path }) => path.endsWith("/embeddings"))
    .reduce((sum, { body }) => sum + [body.input].flat().length, 0);
}
