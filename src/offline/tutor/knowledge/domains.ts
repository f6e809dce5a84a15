import { stemOf } from "../../language/stems.ts";
import { wordsOf } from "../../language/words.ts";

/** Fields of knowledge, each with words that belong to it. */
const DOMAINS: Record<string, string> = {
  physics:
    "physics physical force energy motion gravity gravitation mass velocity speed acceleration momentum light photon laser radiation blackbody quantum relativity electron electric electricity current voltage magnet magnetic magnetism field wave frequency wavelength heat thermodynamics entropy temperature pressure friction newton einstein atom nucleus nuclear particle optics lens rainbow sky scatter sound vacuum inertia joule watt pendulum",
  mathematics:
    "math maths mathematics mathematical algebra geometry calculus equation number integer fraction prime sum multiply divide derivative integral differentiate integrate matrix vector theorem proof prove triangle circle angle pythagoras polynomial quadratic logarithm probability statistics average median percent root square cube factorial sequence series solve plus minus times infinity pi arithmetic hypotenuse perimeter area",
  history:
    "history historical historian war revolution empire emperor king queen century ancient medieval rome roman greek egypt pharaoh napoleon treaty battle dynasty colony independence civilization president soviet reformation renaissance viking crusade monarchy constitution slavery reign caesar versailles century date year past event people society culture",
  computing:
    "computer computing computers science programming program programmer code coding software algorithm data structure database sql python javascript java compiler bug debug recursion recursive function variable loop array list hash tree graph stack queue binary bit byte cpu memory operating system linux network internet web server api git thread process encryption sort sorting search complexity big-o",
  biology:
    "biology biological cell dna gene genetic genetics evolution species plant animal photosynthesis protein enzyme bacteria virus organism ecology ecosystem mammal insect bird fungus mitochondria chromosome",
  chemistry:
    "chemistry chemical molecule atom acid base reaction element periodic compound bond oxygen hydrogen carbon sodium salt oxidation catalyst solution ph ion alcohol",
  medicine:
    "medicine medical doctor health disease symptom fever pain headache pill drug treatment vaccine surgery blood heart lung kidney diagnosis therapy nurse patient infection allergy",
  cooking:
    "cooking cook recipe kitchen bake baking boil fry roast simmer dough bread cake sauce soup pasta rice spice salt oven pan flour butter egg eggs onion garlic meal dish dinner ingredient knife cuisine chef taste knead yeast stew",
  law: "law legal lawyer court judge contract crime criminal sue lawsuit tenant landlord lease rights copyright patent liability statute attorney evidence jury will inheritance divorce custody verdict plaintiff defendant appeal",
  sailing:
    "sailing sail sails boat boats ship yacht wind knot bowline anchor mast rudder keel tack jib harbour harbor port starboard tide navigation nautical sea crew regatta helm rope buoy",
  music:
    "music musical song melody chord harmony rhythm guitar piano violin note scale key composer symphony orchestra jazz tempo octave instrument opera singer bach mozart beethoven",
  sports:
    "sport sports football soccer goal tennis basketball cricket rugby hockey match team player coach referee olympics marathon swim swimming athlete score league tournament offside serve",
  finance:
    "finance financial money bank loan interest mortgage stock stocks share bond invest investment investing tax budget inflation currency dividend pension saving savings debt credit insurance economy economics",
  travel:
    "travel trip flight hotel visa passport airport train tourist holiday vacation luggage itinerary destination sightseeing suitcase ticket beach",
  gardening:
    "garden gardening gardener soil compost seed seedling prune pruning water watering tomato rose weed weeds fertilizer mulch lawn shrub hedge greenhouse harvest plant planting flower flowers bulb",
  literature:
    "literature novel poem poetry poet author writer book shakespeare character plot metaphor rhyme sonnet fiction tragedy chapter narrator stanza",
  geography:
    "geography capital country river mountain ocean continent desert island climate map border population lake volcano equator latitude longitude",
  astronomy:
    "astronomy star stars planet planets moon sun galaxy telescope orbit comet asteroid eclipse mars jupiter venus saturn milky universe cosmos constellation blackhole nebula",
  language:
    "grammar language languages verb noun adjective translate translation spelling vocabulary pronunciation tense plural sentence linguistics french german spanish english latin",
  animals:
    "pet pets dog dogs cat cats puppy kitten vet veterinary hamster horse feed breed leash aquarium parrot bee bees beekeeping hive hives honey",
  art: "art painting painter sculpture museum drawing sketch canvas impressionism picasso monet perspective watercolor watercolour portrait",
  psychology:
    "psychology mind emotion anxiety depression stress behavior behaviour therapy habit motivation memory cognitive personality dream dreams sleep",
  cars: "car cars engine brake brakes tire tyre tires oil gearbox clutch battery mechanic garage fuel diesel exhaust repair",
  weather:
    "weather rain snow storm cloud clouds thunder lightning forecast hurricane tornado fog humidity sunny",
};

const byStem = new Map<string, string[]>();
for (const [domain, words] of Object.entries(DOMAINS)) {
  for (const word of words.split(/\s+/)) {
    const stem = stemOf(word);
    byStem.set(stem, [...(byStem.get(stem) ?? []), domain]);
  }
}

/** The fields that a text belongs to, each with how many of its words say so; a word of several fields counts in parts. */
export function domainsOf(text: string): Map<string, number> {
  const found = new Map<string, number>();
  const joined = text
    .toLowerCase()
    .replace(/\bblack[ -]?body\b/g, "blackbody")
    .replace(/\bblack hole/g, "blackhole");
  for (const word of wordsOf(joined)) {
    const domains = byStem.get(stemOf(word)) ?? [];
    for (const domain of domains) found.set(domain, (found.get(domain) ?? 0) + 1 / domains.length);
  }
  // Figures with a sign between them are mathematics in any wording.
  if (/\d\s*[-+*/×÷^=]\s*\d/.test(text))
    found.set("mathematics", (found.get("mathematics") ?? 0) + 1);
  return found;
}
