import { asSentence } from "../../../language/sentences.ts";
import type { Skill } from "../skill.ts";

/** Answers a review's summary as a shop would, in a given language. */
export const followUp: Skill = {
  name: "a follow-up to a review",
  answer: ({ prompt }) => followUpTo(prompt),
  examples: [
    {
      asked:
        "Write a follow up response to the following summary in the specified language:\n\nSummary: The lid arrived broken.\n\nLanguage: Spanish",
      answer: "Sentimos leer esto",
    },
  ],
};

/** Follows a prompt that asks for an answer to a review's summary, in a given language. */
function followUpTo(prompt: string): string | undefined {
  if (!/\b(?:follow[- ]?up|response|reply|answer)\b/i.test(prompt.split("\n")[0] ?? ""))
    return undefined;
  const summary = /^Summary:\s*([\s\S]*?)(?=\n\s*\n|\nLanguage:|$)/im.exec(prompt)?.[1]?.trim();
  const language = /^Language:\s*(.+)$/im
    .exec(prompt)?.[1]
    ?.trim()
    .replace(/[.\s]+$/, "");
  if (summary === undefined || language === undefined) return undefined;
  // What a model says that could not tell the language is no name of one.
  if (/\bcannot\b|\bunknown\b/i.test(language) || language.split(/\s+/).length > 4)
    return "Thank you for your review; I answer in English, because I was not told which language it is in.";
  const known = Object.keys(REPLIES).find((name) =>
    new RegExp(`\\b${name}\\b`, "i").test(language),
  );
  const { thanks, sorry, glad, end } = REPLIES[known ?? "English"] as Reply;
  const body = isComplaint(summary) ? sorry : glad;
  const reply = `${thanks} ${body} "${asSentence(summary)}" ${end}`;
  return known === undefined ? `(I cannot write ${language}, so this is English.) ${reply}` : reply;
}

function isComplaint(summary: string): boolean {
  const count = (pattern: RegExp) => (summary.match(pattern) ?? []).length;
  return count(BAD) >= count(GOOD);
}

const BAD =
  /\b(?:bad|broken?|broke|poor|mediocre|disappoint\w*|worse|worst|late|slow|loud|weak|fake|counterfeit|not|never|no|nobody|without|missing|return\w*|refund|cheap|dirty|wrong|useless|stopped|bizarre|strange|cold|damaged|difficult|but)\b/gi;
const GOOD =
  /\b(?:good|great|excellent|perfect|love\w*|wonderful|beautiful|fast|happy|recommend\w*|best|nice|comfortable|warm|quiet|easy|well|fresh|solid|delicious)\b/gi;

interface Reply {
  thanks: string;
  sorry: string;
  glad: string;
  end: string;
}

/** The sentences that a shop writes; what the review said is quoted as the summary has it. */
const REPLIES: Record<string, Reply> = {
  English: {
    thanks: "Thank you for your review.",
    sorry: "We are sorry to read this:",
    glad: "We are glad to read this:",
    end: "Please write to us, and we will do what we can.",
  },
  French: {
    thanks: "Merci pour votre avis.",
    sorry: "Nous sommes désolés de lire ceci :",
    glad: "Nous sommes heureux de lire ceci :",
    end: "Écrivez-nous, et nous ferons notre possible.",
  },
  German: {
    thanks: "Vielen Dank für Ihre Bewertung.",
    sorry: "Es tut uns leid, das zu lesen:",
    glad: "Es freut uns, das zu lesen:",
    end: "Schreiben Sie uns, und wir tun, was wir können.",
  },
  Spanish: {
    thanks: "Gracias por su reseña.",
    sorry: "Sentimos leer esto:",
    glad: "Nos alegra leer esto:",
    end: "Escríbanos y haremos lo posible.",
  },
  Italian: {
    thanks: "Grazie per la sua recensione.",
    sorry: "Ci dispiace leggere questo:",
    glad: "Siamo lieti di leggere questo:",
    end: "Ci scriva e faremo il possibile.",
  },
  Portuguese: {
    thanks: "Obrigado pela sua avaliação.",
    sorry: "Lamentamos ler isto:",
    glad: "Ficamos felizes em ler isto:",
    end: "Escreva-nos e faremos o possível.",
  },
  Dutch: {
    thanks: "Bedankt voor uw beoordeling.",
    sorry: "Het spijt ons dit te lezen:",
    glad: "We zijn blij dit te lezen:",
    end: "Schrijf ons, en we doen wat we kunnen.",
  },
  Swedish: {
    thanks: "Tack för din recension.",
    sorry: "Vi är ledsna att läsa detta:",
    glad: "Vi är glada att läsa detta:",
    end: "Skriv till oss, så gör vi vad vi kan.",
  },
  Polish: {
    thanks: "Dziękujemy za opinię.",
    sorry: "Przykro nam to czytać:",
    glad: "Cieszymy się, że to czytamy:",
    end: "Prosimy do nas napisać, zrobimy, co możemy.",
  },
};
