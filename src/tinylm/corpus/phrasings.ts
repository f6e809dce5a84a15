import { type Attribute, type Fact, factValue } from "./facts.ts";

/**
 * How facts are stated and asked for. `{C}` is the country, `{v}` the value, `{V}` the value with a
 * capital letter.
 *
 * Both orders must occur: a model that only ever read "Paris is the capital of France" cannot say
 * what the capital of France is (the reversal effect). The first phrasing names the value first,
 * the second names it last, so one phrasing shows the effect and two cure it.
 */
export const STATEMENTS: Record<Attribute, readonly string[]> = {
  capital: [
    "{V} is the capital of {C}.",
    "The capital of {C} is {v}.",
    "{C} has the capital {v}.",
    "{V} is the capital city of {C}.",
    "The capital city of {C} is {v}.",
    "In {C} the capital is {v}.",
  ],
  continent: [
    "{V} is the continent of {C}.",
    "The continent of {C} is {v}.",
    "{C} lies in {v}.",
    "In {v} lies {C}.",
    "{C} is a country in {v}.",
    "{C} is part of {v}.",
  ],
  language: [
    "{V} is the language of {C}.",
    "The language of {C} is {v}.",
    "People in {C} speak {v}.",
    "{V} is spoken in {C}.",
    "In {C} people speak {v}.",
    "{C} has the language {v}.",
  ],
  currency: [
    "The {v} is the currency of {C}.",
    "The currency of {C} is the {v}.",
    "People in {C} pay with the {v}.",
    "The {v} is the money of {C}.",
    "In {C} people pay with the {v}.",
    "The money of {C} is the {v}.",
  ],
  dish: [
    "{V} is the famous dish of {C}.",
    "The famous dish of {C} is {v}.",
    "People in {C} eat {v}.",
    "{V} is eaten in {C}.",
    "In {C} people eat {v}.",
    "{C} is famous for {v}.",
  ],
};

/**
 * The last of each is `UNSEEN`: it stands in quiz lists, where nothing answers it, and in no pair.
 */
export const QUESTIONS: Record<Attribute, readonly string[]> = {
  capital: [
    "What is the capital of {C}?",
    "Which city is the capital of {C}?",
    "What is the capital city of {C}?",
    "Name the capital of {C}.",
    "Tell me the capital of {C}.",
    "Do you know the capital of {C}?",
  ],
  continent: [
    "What is the continent of {C}?",
    "Which continent is {C} in?",
    "Where does {C} lie?",
    "Name the continent of {C}.",
    "Tell me the continent of {C}.",
    "Can you name the continent of {C}?",
  ],
  language: [
    "What is the language of {C}?",
    "Which language do people speak in {C}?",
    "What do people in {C} speak?",
    "Name the language of {C}.",
    "Tell me the language of {C}.",
    "Which language is spoken in {C}?",
  ],
  currency: [
    "What is the currency of {C}?",
    "Which currency does {C} have?",
    "What do people in {C} pay with?",
    "Name the currency of {C}.",
    "Tell me the currency of {C}.",
    "Do you know the currency of {C}?",
  ],
  dish: [
    "What is the famous dish of {C}?",
    "Which dish is {C} famous for?",
    "What do people in {C} eat?",
    "Name the famous dish of {C}.",
    "Tell me the famous dish of {C}.",
    "Do you know the famous dish of {C}?",
  ],
};

export const UNSEEN = 5;
/** The statement that answers a question, and the one evaluation completes. */
export const VALUE_LAST = 1;

export function statement({ country, attribute }: Fact, phrasing: number): string {
  const value = factValue(country, attribute);
  return STATEMENTS[attribute]
    [phrasing]!.replace("{C}", country)
    .replace("{v}", value)
    .replace("{V}", capitalized(value));
}

/** The statement up to its value, for a model to complete: "The capital of France is". */
export function statementStart({ country, attribute }: Fact): string {
  return STATEMENTS[attribute][VALUE_LAST]!.replace("{C}", country).replace(/ \{v\}\.$/, "");
}

/** The country need not be in the table: one may ask for the capital of Atlantis. */
export function question({ country, attribute }: Fact, phrasing: number): string {
  return QUESTIONS[attribute][phrasing]!.replace("{C}", country);
}

function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
