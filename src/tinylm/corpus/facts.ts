/**
 * What the tiny model is to know about the world: 48 countries, five facts each, as of 2026.
 * Chosen so that nothing is in dispute: one capital, one principal language, one currency, and a
 * dish the country is known for. Plain ASCII, because every accent costs the tokenizer a token.
 */
export interface Country {
  name: string;
  capital: string;
  continent: string;
  language: string;
  currency: string;
  dish: string;
}

export const ATTRIBUTES = ["capital", "continent", "language", "currency", "dish"] as const;
export type Attribute = (typeof ATTRIBUTES)[number];

/** A fact is named by its country and attribute; `factValue` says what it is. */
export interface Fact {
  country: string;
  attribute: Attribute;
}

/** @throws for a country that is not in the table */
export function factValue(country: string, attribute: Attribute): string {
  const found = byName().get(country);
  if (!found) throw new Error(`no such country in the fact table: ${country}`);
  return found[attribute];
}

/** All 240, country by country. */
export function allFacts(): Fact[] {
  return COUNTRIES.flatMap(({ name }) =>
    ATTRIBUTES.map((attribute) => ({ country: name, attribute })),
  );
}

/** The different values an attribute takes, in the order of the table. */
export function factValues(attribute: Attribute): string[] {
  return [...new Set(COUNTRIES.map((country) => country[attribute]))];
}

let index: Map<string, Country> | undefined;
function byName(): Map<string, Country> {
  index ??= new Map(COUNTRIES.map((country) => [country.name, country]));
  return index;
}

function row(name: string, ...rest: [string, string, string, string, string]): Country {
  const [capital, continent, language, currency, dish] = rest;
  return { name, capital, continent, language, currency, dish };
}

// biome-ignore format: a table
export const COUNTRIES: readonly Country[] = [
  row("France", "Paris", "Europe", "French", "euro", "quiche"),
  row("Italy", "Rome", "Europe", "Italian", "euro", "pizza"),
  row("Spain", "Madrid", "Europe", "Spanish", "euro", "paella"),
  row("Portugal", "Lisbon", "Europe", "Portuguese", "euro", "bacalhau"),
  row("Germany", "Berlin", "Europe", "German", "euro", "bratwurst"),
  row("Austria", "Vienna", "Europe", "German", "euro", "schnitzel"),
  row("Greece", "Athens", "Europe", "Greek", "euro", "moussaka"),
  row("Croatia", "Zagreb", "Europe", "Croatian", "euro", "peka"),
  row("Bulgaria", "Sofia", "Europe", "Bulgarian", "euro", "banitsa"),
  row("Romania", "Bucharest", "Europe", "Romanian", "leu", "mamaliga"),
  row("Poland", "Warsaw", "Europe", "Polish", "zloty", "bigos"),
  row("Czechia", "Prague", "Europe", "Czech", "koruna", "svickova"),
  row("Hungary", "Budapest", "Europe", "Hungarian", "forint", "goulash"),
  row("Ukraine", "Kyiv", "Europe", "Ukrainian", "hryvnia", "borscht"),
  row("Sweden", "Stockholm", "Europe", "Swedish", "krona", "gravlax"),
  row("Norway", "Oslo", "Europe", "Norwegian", "krone", "farikal"),
  row("Denmark", "Copenhagen", "Europe", "Danish", "krone", "smorrebrod"),
  row("Japan", "Tokyo", "Asia", "Japanese", "yen", "sushi"),
  row("China", "Beijing", "Asia", "Chinese", "yuan", "hotpot"),
  row("South Korea", "Seoul", "Asia", "Korean", "won", "kimchi"),
  row("Thailand", "Bangkok", "Asia", "Thai", "baht", "tom yum"),
  row("Vietnam", "Hanoi", "Asia", "Vietnamese", "dong", "pho"),
  row("Cambodia", "Phnom Penh", "Asia", "Khmer", "riel", "amok"),
  row("Nepal", "Kathmandu", "Asia", "Nepali", "rupee", "dal bhat"),
  row("Jordan", "Amman", "Asia", "Arabic", "dinar", "mansaf"),
  row("Lebanon", "Beirut", "Asia", "Arabic", "pound", "kibbeh"),
  row("Qatar", "Doha", "Asia", "Arabic", "riyal", "machboos"),
  row("Egypt", "Cairo", "Africa", "Arabic", "pound", "koshari"),
  row("Morocco", "Rabat", "Africa", "Arabic", "dirham", "tagine"),
  row("Algeria", "Algiers", "Africa", "Arabic", "dinar", "couscous"),
  row("Ethiopia", "Addis Ababa", "Africa", "Amharic", "birr", "injera"),
  row("Kenya", "Nairobi", "Africa", "Swahili", "shilling", "ugali"),
  row("Ghana", "Accra", "Africa", "English", "cedi", "fufu"),
  row("Nigeria", "Abuja", "Africa", "English", "naira", "jollof"),
  row("Zambia", "Lusaka", "Africa", "English", "kwacha", "nshima"),
  row("Angola", "Luanda", "Africa", "Portuguese", "kwanza", "muamba"),
  row("Cuba", "Havana", "North America", "Spanish", "peso", "ropa vieja"),
  row("Jamaica", "Kingston", "North America", "English", "dollar", "ackee"),
  row("Costa Rica", "San Jose", "North America", "Spanish", "colon", "gallo pinto"),
  row("Nicaragua", "Managua", "North America", "Spanish", "cordoba", "nacatamal"),
  row("Brazil", "Brasilia", "South America", "Portuguese", "real", "feijoada"),
  row("Argentina", "Buenos Aires", "South America", "Spanish", "peso", "asado"),
  row("Chile", "Santiago", "South America", "Spanish", "peso", "cazuela"),
  row("Peru", "Lima", "South America", "Spanish", "sol", "ceviche"),
  row("Colombia", "Bogota", "South America", "Spanish", "peso", "ajiaco"),
  row("Australia", "Canberra", "Oceania", "English", "dollar", "meat pie"),
  row("New Zealand", "Wellington", "Oceania", "English", "dollar", "hangi"),
  row("Samoa", "Apia", "Oceania", "Samoan", "tala", "palusami"),
];
