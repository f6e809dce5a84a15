/** "How old is she?" does not ask about your grandfather. */
export const isOfOtherSex = (asked: string, fact: string) =>
  (/\b(?:she|hers?)\b/i.test(asked) && MALE.test(fact) && !FEMALE.test(fact)) ||
  (/\b(?:he|him|his)\b/i.test(asked) && FEMALE.test(fact) && !MALE.test(fact));
const MALE =
  /\b(?:he|him|his|(?:grand|step)?(?:father|son)|(?:grand)?(?:dad|pa)|daddy|papa|brother|uncle|nephew|husband|boyfriend|man|boy|mr)\b/i;
const FEMALE =
  /\b(?:she|hers?|(?:grand|step)?(?:mother|daughter)|(?:grand)?(?:mum|mom|ma)|mummy|mama|gran|granny|nan|sister|aunt|niece|wife|girlfriend|woman|girl|mrs|ms)\b/i;

/** Whether a text speaks of somebody whom the question's "she" or "he" may stand for. */
export const isOfSameSex = (asked: string, text: string) =>
  (/\b(?:she|hers?)\b/i.test(asked) && FEMALE.test(text)) ||
  (/\b(?:he|him|his)\b/i.test(asked) && MALE.test(text));
