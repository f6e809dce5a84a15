import type { Check } from "../../src/workbook/check.ts";

interface Given {
  /** how the right program words its prompt, before and after the message */
  wording: [before: string, after: string];
}

interface Model {
  invoke(prompt: string): Promise<{ text: string }>;
}

type Sort = (given: { model: Model; message: string }) => Promise<string>;

export const check: Check<Given> = {
  models: {},
  given: {
    wording: [
      "Sort this message: billing, delivery or other.\n",
      "\nOne word.",
    ],
  },
  draw: (draw) => ({
    wording: [`You are ${draw.name()}, who sorts mail.\n\n`, ` ${draw.word()}`],
  }),

  async judge(lab, { wording }) {
    const right = programWith({ wording });
    const expectPassed = async () => {
      const error = await lab.fails("test", { sort: right });
      lab.expect(
        error === undefined,
        `Your test refuses a right program: ${error?.message.replace(/\s+/g, " ").slice(0, 160)}`,
      );
    };
    await expectPassed();
    for (const { does, fault } of MUTANTS) {
      const sort = programWith({ wording, ...fault });
      const error = await lab.fails("test", { sort });
      lab.expect(
        error !== undefined,
        `Your test passes a program that ${does}.`,
      );
    }
    // A test that keeps something from one program to the next would show it now.
    await expectPassed();
    lab.expect(
      lab.wire.requests.length === 0,
      "Your test sent a request: with a model of your own, it needs none.",
    );
  },
};

/** The steps of the program; a mutant has another one in a place. */
interface Parts {
  wording: [before: string, after: string];
  isEmpty?: (message: string) => boolean;
  shorten?: (message: string) => string;
  ask?: (model: Model, prompt: string) => Promise<string>;
  tidy?: (reply: string) => string;
  unknown?: (word: string) => string;
  onError?: (error: unknown) => string;
}

function programWith({
  wording: [before, after],
  isEmpty = (message) => !/\p{L}/u.test(message),
  shorten = (message) => message,
  ask = async (model, prompt) => (await model.invoke(prompt)).text,
  tidy = (reply) => reply.toLowerCase().replace(/[^a-z]/g, ""),
  unknown = () => "other",
  onError = () => "other",
}: Parts): Sort {
  return async ({ model, message }) => {
    if (isEmpty(message)) return "other";
    const prompt = before + shorten(message) + after;
    try {
      const word = tidy(await ask(model, prompt));
      return word === "billing" || word === "delivery" ? word : unknown(word);
    } catch (error) {
      return onError(error);
    }
  };
}

const MUTANTS: { does: string; fault: Omit<Parts, "wording"> }[] = [
  {
    does: "puts only the first line of a message into its prompt",
    fault: { shorten: (message) => message.split("\n")[0] ?? "" },
  },
  {
    does: "asks the model twice",
    fault: {
      ask: async (model, prompt) => {
        const first = await model.invoke(prompt);
        const second = await model.invoke(`${prompt}\nAre you sure?`);
        return second.text || first.text;
      },
    },
  },
  {
    does: 'takes the reply " Billing.\\n" for an unknown word',
    fault: { tidy: (reply) => reply },
  },
  {
    does: "returns a department that the model has invented",
    fault: { unknown: (word) => word },
  },
  {
    does: "throws when the model fails",
    fault: {
      onError: (error) => {
        throw error;
      },
    },
  },
  {
    does: "asks the model about a message without a letter in it",
    fault: { isEmpty: () => false },
  },
];
