import { largest, section, text, tokenizers } from "../../src/lab.ts";

// Models read and write *tokens*: pieces of text, often a word with the space
// before it, sometimes a part of one. Prices, limits and speed are all counted in
// tokens.
const lab = section({
  title: "What a token is",
  kits: [tokenizers],
  params: {
    sentence: text({
      default: "Unbelievably, the kettle whistled at 07:45!",
      help: "the sentence that is cut",
    }),
  },
});

// The sentence, cut as the model in use cuts it. The list of pieces was learnt
// from text: what is frequent is one piece, what is rare is several.
const cut = lab.step("A sentence in pieces", async ({ params, tokens }) => {
  await tokens(params.sentence);
});

// The same meaning takes more pieces in a language that was rarer in the text the
// list was learnt from. So the same conversation costs more in Hindi.
const languages = lab.step<Tokens>(
  "Languages differ",
  async ({ table, countTokens, tell }) => {
    const hello = {
      English: "Hello, how are you today?",
      French: "Bonjour, comment vas-tu aujourd'hui ?",
      German: "Hallo, wie geht es dir heute?",
      Greek: "Γεια σου, πώς είσαι σήμερα;",
      Hindi: "नमस्ते, आज आप कैसे हैं?",
    };
    await table(
      "Tokens of one greeting",
      ["language", "letters", "tokens"],
      Object.entries(hello).map(([language, line]) => [
        language,
        line.length,
        countTokens(line),
      ]),
    );
    await tell({
      English: countTokens(hello.English),
      German: countTokens(hello.German),
      Greek: countTokens(hello.Greek),
      Hindi: countTokens(hello.Hindi),
    });
  },
);

type Tokens = Record<"English" | "German" | "Greek" | "Hindi", number>;

export default lab.steps(
  cut,
  languages.predict({
    question: "Which greeting takes the most tokens?",
    choices: ["English", "German", "Greek", "Hindi"],
    judge: ({ facts }) => largest(facts),
  }),
);
