/** The words and phrases that reviews are written in: forms with slashes between, then English. */
export const DUTCH = `
de/het|the
een|a
en|and
maar|but
of|or
ik|I
wij/we|we
is|is
zijn|are
was|was
waren|were
niet|not
geen|no
heel/erg/zeer|very
te|too
na|after
voor|for
met|with
zonder|without
op|on
in|in
van|of
al|already
ook|also
nog|still
nooit|never
altijd|always
snel|quickly
langzaam|slow
goed/goede|good
slecht/slechte|bad
mooi/mooie|beautiful
klein/kleine|small
groot/grote|big
licht/lichte|light
sterk/sterke|strong
stil/stille|quiet
luid/luide|loud
warm/warme|warm
koud/koude|cold
duur/dure|expensive
goedkoop/goedkope|cheap
kapot/stuk/gebroken|broken
nieuw/nieuwe|new
oud/oude|old
twee|two
drie|three
reis|trip
reizen|trips
dag|day
dagen|days
week|week
weken|weeks
maand|month
maanden|months
jaar|year
koffer|suitcase
wiel|wheel
winkel|shop
verkoper|seller
levering|delivery
prijs|price
kwaliteit|quality
kleur|colour
stoel|chair
tafel|table
lamp|lamp
poot|leg
boek|book
schoenen|shoes
telefoon|phone
batterij|battery
waterkoker|kettle
deksel|lid
mes|knife
brood|bread
koffie|coffee
geld|money
dochter|daughter
een nieuw|a new one
stuurde|sent
stuurde snel|quickly sent
kwam|came
werkt|works
werkt niet|does not work
antwoordt niet|does not answer
was na twee reizen al stuk|was already broken after two trips
was na een week al stuk|was already broken after a week
is na een week gebroken|broke after a week
ik raad het aan|I recommend it
ik hou van|I love
`;

/** The same for Swedish, whose nouns carry their article. */
export const SWEDISH = `
och|and
men|but
eller|or
jag|I
vi|we
är|is
var|was
inte|not
ingen/inget|no
mycket|very
för|for
alldeles för|far too
lite|a little
efter|after
med|with
utan|without
på|on
i|in
av|of
redan|already
också|also
fortfarande|still
aldrig|never
alltid|always
tyvärr|unfortunately
den|it
det|it
de|the
en/ett|a
bok|book
boken|the book
sidor|pages
sidorna|pages
två|two
tre|three
sista|last
första|first
saknas|are missing
tyvärr saknas de två sista sidorna|unfortunately the last two pages are missing
kom fram|arrived
kom|came
i gott skick|in good condition
skick|condition
bra/god/gott/goda|good
dålig/dåligt/dåliga|bad
fin/fint/fina|nice
vacker/vackert/vackra|beautiful
liten/litet|small
stor/stort/stora|big
kort|short
lång/långt|long
billig/billigt/billiga|cheap
dyr/dyrt/dyra|expensive
snabb/snabbt|fast
långsam/långsamt|slow
tyst|quiet
varm/varmt|warm
kall/kallt|cold
stark/starkt|strong
lätt|light
trasig/trasigt|broken
ny/nytt|new
gammal/gammalt|old
dag|day
dagar|days
vecka|week
veckor|weeks
månad|month
månader|months
år|year
lampa|lamp
lampan|the lamp
sladd|cable
sladden|the cable
stol|chair
stolen|the chair
bord|table
bordet|the table
pris|price
priset|the price
kvalitet|quality
kvaliteten|the quality
färg|colour
färgen|the colour
leverans|delivery
leveransen|the delivery
butik|shop
butiken|the shop
säljare|seller
säljaren|the seller
skor|shoes
skorna|the shoes
telefon|phone
telefonen|the phone
batteri|battery
batteriet|the battery
kniv|knife
kniven|the knife
bröd|bread
kaffe|coffee
pengar|money
dotter|daughter
fungerar|works
fungerar inte|does not work
svarar inte|does not answer
jag rekommenderar|I recommend
jag älskar|I love
`;
