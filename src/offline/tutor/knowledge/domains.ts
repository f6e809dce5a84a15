import { stemOf } from "../../../language/stems.ts";
import { wordsOf } from "../../../language/words.ts";

/**
 * Fields that the chains lesson routes to, each with words that the encoder has not learnt to
 * belong to it.
 */
const DOMAINS: Record<string, string> = {
  physics:
    "physics physical force energy motion gravity gravitation mass velocity speed acceleration momentum light photon laser radiation blackbody quantum relativity electron electric electricity current voltage magnet magnetic magnetism field wave frequency wavelength heat thermodynamics entropy temperature pressure friction newton einstein atom nucleus nuclear particle optics lens rainbow sky scatter sound vacuum inertia joule watt pendulum spin spinning upright balance gyroscope float sink buoyancy boiling freezing melt evaporate altitude ice slippery fly airplane aeroplane plane wing lift attract attraction repel reactor fusion fission radioactive echo mirror shadow rocket bounce weight kinetic lever pulley conductor insulator horsepower spectrum ultraviolet infrared microwave xray tide orbit satellite spring elastic viscosity density volume gas liquid solid plasma superconductor semiconductor charge circuit resistor watts volts volt ampere telescope",
  mathematics:
    "math maths mathematics mathematical algebra geometry calculus equation number integer fraction prime sum multiply divide derivative integral differentiate integrate matrix vector theorem proof prove triangle circle angle pythagoras polynomial quadratic logarithm probability statistics average median percent root square cube factorial sequence series solve plus minus times infinity pi arithmetic hypotenuse perimeter area percentage fraction numerator denominator decimal divisor factor modulo exponent power digit digits mean variance deviation combinatorics permutation dice odds sin cos tan sine cosine tangent degrees radian cubic vertex axiom set topology binomial inequality ratio proportion convert calculate compute divisible",
  history:
    "history historical historian war revolution empire emperor king queen century ancient medieval rome roman greek egypt pharaoh napoleon treaty battle dynasty colony independence civilization president soviet reformation renaissance viking crusade monarchy constitution slavery reign caesar versailles century date year past event people society culture president invented discovered founded independence crusades pyramids pharaohs cleopatra tudor knights knight castle castles feudal plague columbus gutenberg printing hitler stalin churchill lincoln washington kennedy cold-war coldwar hiroshima holocaust colonialism aztec inca maya mongol mongols genghis ottoman byzantine industrial medieval prehistoric dinosaurs archaeology ancestors",
  computing:
    "computer computing computers science programming program programmer code coding software algorithm data structure database sql python javascript java compiler bug debug recursion recursive function variable loop array list hash tree graph stack queue binary bit byte cpu memory operating system linux network internet web server api git thread process encryption sort sorting search complexity bigo notation pointer pointers c rust golang typescript html css http https tcp udp dns url json xml ram rom gpu ssh ssl tls usb wifi machinelearning neuralnetwork artificialintelligence chatbot llm ai regex class inheritance polymorphism closure async await promise callback cache cloud docker kubernetes linkedlist heap tuple boolean string integer float framework library repository commit merge debugger terminal shell kernel compiler interpreter virtual turing malware hacker firewall router protocol packet browser cookie pixel algorithmic runtime memory recursion",
  biology:
    "biology biological cell dna gene genetic genetics evolution species plant animal photosynthesis protein enzyme bacteria virus organism ecology ecosystem mammal insect bird fungus mitochondria chromosome",
  chemistry:
    "chemistry chemical molecule atom acid base reaction element periodic compound bond oxygen hydrogen carbon sodium salt oxidation catalyst solution ph ion alcohol",
  medicine:
    "medicine medical doctor health disease symptom fever pain headache pill drug treatment vaccine surgery blood heart lung kidney diagnosis therapy nurse patient infection allergy",
  sailing:
    "sailing sail sails boat boats ship yacht wind knot bowline anchor mast rudder keel tack jib harbour harbor port starboard tide navigation nautical sea crew regatta helm rope buoy",
};

const byStem = new Map<string, string[]>();
for (const [domain, words] of Object.entries(DOMAINS)) {
  for (const word of words.split(/\s+/)) {
    const stem = stemOf(word);
    byStem.set(stem, [...(byStem.get(stem) ?? []), domain]);
  }
}

/**
 * The fields that a text belongs to, each with how many of its words say so; a word of several
 * fields counts in parts.
 */
export function domainsOf(text: string): Map<string, number> {
  const found = new Map<string, number>();
  const joined = PHRASES.reduce(
    (changed, [phrase, word]) => changed.replace(phrase, word),
    text.slice(0, LONGEST).toLowerCase(),
  );
  for (const word of wordsOf(joined)) {
    const domains = byStem.get(stemOf(word)) ?? [];
    for (const domain of domains) found.set(domain, (found.get(domain) ?? 0) + 1 / domains.length);
  }
  const add = (domain: string, weight: number) =>
    found.set(domain, (found.get(domain) ?? 0) + weight);
  for (const { pattern, domain, weight, isLast } of FORMS)
    if (pattern.test(text.slice(0, LONGEST)) && !(isLast && found.size > 0)) add(domain, weight);
  return found;
}

/** What a question is about is told by its beginning. */
const LONGEST = 2000;

/** Phrases that mean more than their words. */
const PHRASES: [RegExp, string][] = [
  [/\bblack[ -]?body\b/g, "blackbody"],
  [/\bblack hole/g, "blackhole gravity"],
  [/\bbig[ -]o\b/g, "bigo"],
  [/\bmachine learning\b/g, "machinelearning"],
  [/\bneural net(?:work)?s?\b/g, "neuralnetwork"],
  [/\bartificial intelligence\b/g, "artificialintelligence"],
  [/\blinked list/g, "linkedlist"],
  [/\bcold war\b/g, "coldwar war"],
  [/\bx-rays?\b/g, "xray"],
];

/** Forms of a question that tell its field, whatever its words are. */
const FORMS: { pattern: RegExp; domain: string; weight: number; isLast?: boolean }[] = [
  // Figures with a sign between them are mathematics in any wording.
  {
    pattern: /\d\s*[-+*/×÷^=]\s*\d|\d\s*(?:%|percent)|√\s*\d|\b[xy]\s*[-+=^]/i,
    domain: "mathematics",
    weight: 1,
  },
  { pattern: /^\W*convert\b.*\d|\bhow many\b.*\bin an?\b/i, domain: "mathematics", weight: 0.5 },
  {
    pattern:
      /\bwhat (?:happened|took place)\b.*\b(?:in|on)\b.*\d{3,4}\b|\b(?:in|since|before|after) (?:the )?(?:1\d{3}|[1-9]\d{2})\b/i,
    domain: "history",
    weight: 1,
  },
  {
    pattern:
      /\b(?:who|when|which (?:king|queen|president|country))\b.*\b(?:built|invented|discovered|founded|ruled|reigned|conquered|killed|assassinated|crowned|defeated|fought|began|begin|ended?|fall|fell|signed|born|died|die|succeeded|successor|first (?:president|king|queen|emperor|man|woman|person))\b/i,
    domain: "history",
    weight: 1,
  },
  // Whoever it was, if nothing tells of another field.
  {
    pattern: /^\W*who (?:was|were) (?!(?:i|my|you|that|it|at)\b)\p{L}/iu,
    domain: "history",
    weight: 0.5,
    isLast: true,
  },
  {
    pattern: /^\W*when (?:did|was|were) (?!(?:i|my|you|we|our)\b)/i,
    domain: "history",
    weight: 0.5,
    isLast: true,
  },
];
