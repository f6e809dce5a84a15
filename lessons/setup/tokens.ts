import { section, text, tokenizers } from "../../src/lab.ts";

// Models read and write *tokens*: pieces of text, often a word with the space
// before it, sometimes a part of a word. 100 words of plain English make about 122
// tokens: the 17,200 words of this course's handbook make 21,000. Providers count
// prices, limits and speed in tokens. See `llm-lab help token`.
const lab = section({
  title: "What a token is",
  kits: [tokenizers],
  params: {
    sentence: text({
      default: "Unbelievably, the kettle whistled at 07:45!",
      maxLength: 1000,
      help: "the sentence that is cut",
    }),
  },
});

// Here your sentence is cut as the model in use cuts it. The list of pieces was
// learnt from a lot of text: most frequent words are one piece, most rare words are
// several. A dot stands for a space.
const cut = lab.step("A sentence in pieces", async ({ params, tokens }) => {
  await tokens(params.sentence);
});

// One greeting in five languages, counted in two *encodings*, lists of pieces that
// OpenAI's models use: `cl100k_base` since December 2022 (text-embedding-ada-002),
// `o200k_base` since May 2024 (GPT-4o). The newer list has twice as many pieces.
// See `llm-lab help tokens-languages`.
const languages = lab.step<Tokens>(
  "One greeting in five languages",
  async ({ table, countIn, tell }) => {
    const hello = {
      English: "Hello, how are you today?",
      French: "Bonjour, comment vas-tu aujourd'hui ?",
      German: "Hallo, wie geht es dir heute?",
      Greek: "Γεια σου, πώς είσαι σήμερα;",
      Hindi: "नमस्ते, आज आप कैसे हैं?",
    };
    const rows = [];
    const older: Record<string, number> = {};
    for (const [language, line] of Object.entries(hello)) {
      older[language] = await countIn("cl100k_base", line);
      const newer = await countIn("o200k_base", line);
      rows.push([language, line, line.length, older[language], newer]);
    }
    const columns = ["language", "greeting", "characters", "older", "newer"];
    await table("Tokens of one greeting", columns, rows);
    await tell(older);
  },
);

type Tokens = Record<string, number>;

export default lab.steps(
  cut,
  languages
    .predict({
      question:
        "In the older encoding, how many tokens will the Hindi greeting take, beside the English one?",
      choices: [
        "about as many",
        "about twice as many",
        "over three times as many",
      ],
      judge: ({ facts: { Hindi = 0, English = 1 } }) => {
        if (Hindi < 1.5 * English) return "about as many";
        return Hindi <= 3 * English
          ? "about twice as many"
          : "over three times as many";
      },
      why: ({ facts: { Hindi, English } }) =>
        `${Hindi} beside ${English}. The older list has few pieces for Greek and Hindi, so it needs about one token a character; in English one token covers three or four. The newer list has more pieces for them.`,
    })
    .expect(
      "Hindi takes over three times the tokens of English",
      "over three times as many",
    ),
);
