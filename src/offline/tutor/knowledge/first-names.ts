/** First names in use in many countries, so that "im bob" gives a name and "im hungry" does not. */
export const FIRST_NAMES: ReadonlySet<string> = new Set(
  `aaron abdul abigail abu ada adam adele adrian agnes ahmed aiko aisha akira al alan albert alejandro alex alexa alexander
  alexandra alexis alfred ali alice alicia alina alison amanda amar amber amelia amina amir amit amy ana anders andre andrea
  andreas andrei andrew andy angela anika anil anita anja ann anna anne annie anthony antonio anya april arjun arnold arthur
  asha astrid aubrey ava axel ayesha barbara barry bart bea beatrice becky ben benjamin bernard bert beth betty bianca bill
  billy bjorn bob bobby boris brad brandon brenda brian bridget bruce bruno bryan camila carl carla carlos carmen carol
  caroline cathy cecilia celine charles charlie charlotte chen chloe chris christian christina christine christopher claire
  clara claudia cleo colin connor craig cynthia daisy dan daniel daniela danny daria dave david dawn dean deborah deepak
  denise dennis derek diana diego dieter dina dirk dmitri dominic donald donna doris dorothy doug duncan dylan ed eddie edgar
  edith eduardo edward edwin eileen elena eli elias elif elisa elizabeth ella ellen elliot elsa emil emily emma emre enrique
  eric erica erik ernest esther ethan eva evan eve evelyn fatima felix fernando finn fiona florian frances francesca frank
  franz fred freddie frida gabriel gareth gary gavin george georgia gerald gina giovanni giulia giuseppe gloria gordon graham
  greg greta gustav hana hanna hannah hans harold harry hassan heather hector heidi helen helena henrik henry herbert hiro
  holly howard hugh hugo ian ibrahim ida igor ines ingrid irene iris isaac isabel isabella ivan jack jackie jacob jake james
  jamie jan jana jane janet janine jason javier jay jean jeff jennifer jenny jeremy jerry jesse jessica jill jim jimmy joan
  joanna joe joel johan johanna john johnny jonas jonathan jordan jorge jose joseph josh joshua joyce juan judith judy julia
  julian julie jun jurgen justin kai karen karim karin karl kate katherine kathy katie keiko keith kelly ken kenji kenneth
  kevin khalid kim kirsten klaus kofi kurt kwame kyle lars laura lauren layla lea leah lee leila lena leo leon leonard leonie
  leroy leslie lewis li liam lidia lily lina linda lisa liz lola lorenzo louis louise luca lucas lucia lucy luigi luis luisa
  lukas luke lydia maeve magda malik manuel marc marco marcus margaret maria marie marina mario marion mark marko marta
  martha martin mary mateo matt matteo matthew maurice max maya mei mehmet melissa mia michael michelle miguel mika mike mila
  mohamed mohammed moira molly monica morgan moses muhammad mustafa nadia nancy naomi natalie natasha nathan neha neil nelson
  niamh nick nicola nicolas nicole nigel nikhil nina noah noel nora norman oksana olaf oleg olga oliver olivia omar oscar otto
  owen pablo paige pamela paolo pat patricia patrick paul paula pavel pedro penny pete peter petra phil philip pia pierre piotr
  priya rachel rafael rahul raj ralph ramon rania rashid raul ravi ray rebecca renata rene ricardo rich richard rita rob robert
  roberta roberto robin roger roland roman ron ronald rory rosa rosie ross roy ruben ruby rupert russell ruth ryan sabine
  sally sam samantha samir samira samuel sandra sanjay sara sarah sasha scott sean sebastian selma serena sergei seth shane
  shannon sharon sheila silvia simon simone sofia sonia sophia sophie stan stefan stella stephanie stephen steve steven
  stuart sue sunita susan suzanne sven svetlana sylvia tamara tania tanya tara tariq ted teresa terry theo theresa thomas
  tiffany tim tina tobias todd tom tomas tommy tony tracy trevor tyler uma ursula valentina valerie vanessa vera veronica
  vicky victor victoria vijay vincent viola vivian vlad walter wei wendy werner will william willy xavier yan yara yasmin
  yuki yusuf yves zara zeynep zoe`.split(/\s+/),
);
