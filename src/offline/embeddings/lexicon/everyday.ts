/** Concepts of everyday life, for documents about anything; in the same form as those of the field. */
export const EVERYDAY = `
dog: dog dogs puppy puppies hound terrier bark barking leash canine
cat: cat cats kitten kittens feline purr
animal: animal animals pet pets beast creature wildlife bird birds fish horse horses cow sheep pig hamster rabbit vet
shoe: shoe shoes slipper slippers boot boots sandal sandals trainers sneakers footwear
clothes: clothes clothing shirt trousers jacket coat dress skirt hat sock socks jumper sweater wear garment
food: food meal meals eat eaten ate eating dish dishes dinner lunch breakfast supper snack hungry cuisine
bake: bake baked baking baker bakery bread loaf dough flour yeast oven cake pastry croissant bun buns roll rolls
cook: cook cooked cooking recipe recipes kitchen boil fry roast grill stew pan pot
drink: drink drinks drank beverage water juice beer wine coffee tea milk thirsty
fruit: fruit fruits apple apples pear banana orange berry berries grape lemon plum cherry
vegetable: vegetable vegetables carrot potato potatoes onion cabbage tomato lettuce bean beans pea peas salad
allergy: allergy allergic allergies intolerance intolerant nuts peanuts gluten lactose
sweet: sweet sweets sugar chocolate candy dessert honey jam
home: home house houses flat apartment room rooms dwelling live lives living reside residence
furniture: furniture chair table sofa bed desk shelf cupboard wardrobe
clean: clean cleaning wash washed washing laundry dirty dirt stain soap tidy wipe dust
repair: repair repairs fix fixed mend mended broken broke maintenance service workshop replace
bicycle: bicycle bicycles bike bikes cycling cyclist saddle pedal pedals handlebar spoke spokes wheel wheels
tyre: tyre tyres tire tires tube puncture flat_tyre inflate pump pressure
brake: brake brakes braking stopping pads disc
chainoil: lubricate lubricant oil grease oiled
car: car cars automobile automobiles vehicle vehicles drive driver driving van lorry truck motor
train: trains railway rail station platform carriage
bus: bus buses coach tram
plane: plane planes airplane aeroplane flight flights fly airport airline
ship: ship ships boat boats ferry sail sailing harbour harbor port vessel yacht
travel: travel travels trip journey tour voyage holiday vacation tourist visit luggage suitcase
hotel: hotel hotels hostel inn guesthouse accommodation check-in reception
road: road roads street streets lane path route motorway highway way
map: directions location located address place where situated
time: time times hour hours minute minutes o'clock clock when schedule timetable
open: open opens opened opening opening_hours closed close closes shut shuts
day: day days monday tuesday wednesday thursday friday saturday sunday weekend weekday weekdays daily
morning: morning mornings dawn early sunrise
evening: evening evenings night nights late dusk midnight tonight
year: year years annual annually yearly
month: month months january february march april may june july august september october november december monthly
season: season spring summer autumn fall winter
money: money cash coin coins euro euros dollar dollars pound pounds bank account currency
buy: buy buys bought buying purchase purchased order ordered shop shopping store sell sold sale
price: price prices cost costs expensive cheap charge fee fare how_much afford
refund: refund refunds refunded money_back return returned returns reimburse exchange
pay: pay pays paid payment card credit invoice bill instalment
discount: discount discounts reduction reduced offer bargain voucher coupon
delivery: delivery deliver delivered deliveries shipping ship_it courier parcel package post mail
work: work works job jobs profession occupation career employer employee employed staff colleague
boss: boss manager director chief head leader supervisor
salary: salary wage wages income earn earnings pay_rise
leaveoff: leave vacation_days time_off day_off absence sick_leave holiday_entitlement
meeting: meeting meetings appointment appointments conference
contract: contract contracts agreement terms clause sign signed signature
law: law laws legal lawyer court judge judges tenant tenants landlord rent lease sue crime police
rent: rent rents rented rental lease hire hired tenancy
insurance: insurance insure insured policy claim cover premium
tax: tax taxes taxation vat duty
school: school schools pupil teacher class classes lesson lessons education
university: university college student students degree lecture professor
book: book books novel library read reading author writer
music: music song songs melody concert instrument piano guitar violin sing singer band orchestra
film: film films movie movies cinema actor actress
art: art painting paint painter picture drawing museum gallery sculpture
sport: sport sports football soccer tennis game match team player swim swimming run running gym exercise training_session
game: game games play plays played toy toys puzzle cards
health: health healthy ill illness sick disease symptom fever pain hurt headache
doctor: doctor doctors physician nurse hospital clinic surgery patient medicine medical
drug: drug drugs pill pills tablet tablets medication dose prescription pharmacy
tooth: tooth teeth dentist dental
body: body arm leg hand foot head back skin eye eyes ear heart stomach
sleep: sleep sleeps slept asleep bed tired rest nap
family: family mother father parents parent mum dad sister brother son daughter child children kid kids baby
marriage: wedding marry married marriage wife husband spouse bride
friend: friend friends neighbour neighbours buddy companion
love: love loves like likes enjoy adore fond favourite favorite
fear: fear afraid scared scare frightened worry worried anxious danger dangerous
angry: angry anger annoyed complain complaint furious upset
happy: happy glad joy cheerful pleased delighted
sad: sad unhappy sorrow cry tears depressed
birth: birth born birthday
death: death die died dies dead funeral
weather: weather rain rainy snow sunny storm wind cloud clouds forecast
heat: hot heat heating warm warmth boiler radiator degrees celsius temperature
cold: cold cool freezing ice frost frozen fridge freezer refrigerator
fire: fire fires burn burning flame smoke alarm
water: water river lake sea ocean flood wet pool tap leak
garden: garden gardening plant plants flower flowers grass lawn seed soil tree trees
farm: farm farmer harvest crop crops field fields
space: space planet planets star stars moon sun earth galaxy rocket orbit
physics: physics force gravity energy light speed motion
chemistry: chemistry chemical acid atom molecule
electric: electric electricity power plug socket battery charge_up charger cable voltage
light: lamp lamps bulb lighting bright dark
telephone: telephone phone phones call calls mobile smartphone ring
computer: computer computers laptop pc keyboard screen monitor mouse
internet: internet web website online network wifi wlan router_box
email: email e-mail mail inbox message
password: password passwords login log_in sign_in account pin code
camera: camera photo photos photograph photographs photography picture pictures lens
machine: machine machines device appliance engine motor equipment
tools: screwdriver hammer wrench spanner screw screws nut bolt drill tighten loosen
size: size big large small tall short long wide height width length dimensions
weight: weight weigh weighs heavy light kilo kilos kilogram grams
distance: distance far near kilometre kilometres metres miles
colour: colour color colours red blue green yellow black white
material: wood wooden metal steel plastic glass paper leather cotton wool
quantity: many several few amount quantity count how_many
age: age old young years_old elderly adult adults
begin: begin begins begun start starts started commence launch
finish: finish finished end ended over complete completed done
permit: allow allowed permitted permit may forbidden forbid prohibited ban banned
need: need needs require required necessary must mandatory
help: help helps assist assistance support aid
problem: problem problems trouble issue fault defect failure
danger: danger dangerous hazard risk risky warning caution unsafe
safe: safe safety secure protect protection helmet
emergency: emergency urgent ambulance rescue accident
guarantee: guarantee warranty guaranteed guaranty assurance
rule: rule rules regulation policy guideline
visitor: visitor visitors guest guests customer customers client
government: government state minister president parliament election vote mayor council
war: war army soldier battle peace
religion: religion church god pray mosque temple
history: history historical ancient century medieval king queen
country: country countries nation abroad foreign border passport visa
city: city cities town village capital
language: language languages speak translate english french german spanish
talk: talk talks say says speak told tell conversation chat
write: write writes wrote written letter pen note notes
learn: learn learns learnt study studies studied teach taught
think: think thinks thought believe opinion idea
know: know knows known knowledge aware
see: see sees saw look looks watch
hear: hear heard listen sound noise loud quiet
smell: smell smells scent odour fragrance perfume
give: give gives gave gift present presents donate
take: take takes took carry carried bring brought
keep: keep keeps kept store storage preserve
lose: lose loses lost missing misplace
find: find finds found discover
break: break breaks crack cracked damage damaged
fast: fast quick quickly rapid speed hurry
slow: slow slowly delay delayed late
new: new newly modern fresh recent
good: good great excellent best fine
bad: bad poor worst worse terrible
`;
