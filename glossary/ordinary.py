"""The words of every office: what people write in an answer without meaning anything of their trade by it.

Base forms, once each, in groups by what they do in a sentence. Irregular forms are listed; regular ones are worked
out by `is_ordinary`. A word that is ordinary alone may still be part of a term (price list, win rate): `glossary.trade`
says so.
"""

from collections.abc import Iterator
from functools import lru_cache

# Articles, pronouns, prepositions, conjunctions, auxiliaries, question words, and what is left of contractions.
FUNCTION = """
a an the this that these those some any no none every each either neither both all half several many much more most
few fewer fewest less least lot another other else such same own enough plenty various certain i me my mine myself you
your yours yourself yourselves he him his himself she her hers herself it its itself we us our ours ourselves they
them their theirs themselves one ones oneself somebody someone something anybody anyone anything nobody nothing
everybody everyone everything whoever whatever whichever who whom whose which what when where why how whether aboard
about above across after against along alongside amid among amongst around as at atop before behind below beneath
beside besides between beyond but by concerning despite down during except excluding following for from in including
inside into like minus near nearby of off on onto opposite out outside over past per plus regarding round save since
than through throughout till to toward towards under underneath unless unlike until up upon versus via with within
without and or nor so yet if because although though while whereas once lest whenever wherever however therefore thus
hence otherwise meanwhile instead moreover furthermore nevertheless nonetheless be am is are was were been being do
does did done doing have has had having can could may might must shall should will would ought need dare let lets
cannot wont dont didnt doesnt isnt arent wasnt werent havent hasnt hadnt couldnt wouldnt shouldnt cant im ive id ill
youre youve youll hes shes weve well theyre theyve theyll thats theres heres whats whos gonna wanna gotta kinda sorta
dunno lemme not yes yep yeah yup nope nah non then whilst whereby whomever wherein hereafter themself
"""

# Adverbs and the small words that colour a sentence.
ADVERBS = """
abroad accordingly afresh afterward afterwards again ago ahead alas alike almost alone aloud already also altogether
always anew annually anyhow anymore anytime anyway anyways anywhere apart asap aside asleep away awhile awry back
backward backwards badly barely basically beforehand best better biweekly briefly currently daily definitely directly
doubly downstairs downtown downwards earlier early elsewhere especially even evenly eventually ever everyday
everywhere exactly extra extremely fairly far farther fast finally firsthand forever forth fortnightly fortunately
forward forwards frankly fully further furthest generally gladly gradually halfway hardly headfirst here hereby herein
highly hopefully hourly immediately indeed indoors initially inline instantly just largely last lately later latest
likely likewise literally long mainly maybe merely midday midway midweek monthly mostly namely naturally nearly never
newly next nicely nonstop normally notably now nowadays nowhere obviously occasionally offline often oftentimes online
only onsite onward onwards originally outdoors outright outwards overall overboard overnight overseas partly perhaps
personally possibly practically precisely presumably pretty previously primarily probably quarterly quickly quite
rarely rather readily really recently regardless relatively roughly roundabout sadly secondhand seemingly seldom
separately shortly sideways significantly similarly simply simultaneously slightly slowly solely someday somehow
sometime sometimes somewhat somewhere soon sooner specifically still straight strictly substantially successfully
suddenly surely temporarily tentatively thankfully there thereabouts thereafter thereby therein thereof thrice today
together tomorrow tonight too totally triply truly twice typically ultimately unanimously underway unfortunately
upfront upstairs upward upwards usually vastly verbally verbatim very virtually weekly whole wholly wide worldwide
yearly yesterday
"""

# Adjectives, with the participles that are used as such.
ADJECTIVES = """
able abnormal abreast abrupt absent absolute academic acceptable accessible accidental accurate active actual acute
additional adept adequate adjacent administrative advanced adverse afraid aggressive agile agnostic alive alphabetical
alphanumeric alpine alternative amazing ambitious amicable ample analytical ancient anecdotal angry annoying annual
anonymous anti anxious apparent applicable appropriate approximate arbitrary architectural artificial ascending
ashamed aspirational associated astonished atomic attractive atypical authentic automated automatic autonomous
auxiliary available average aware awesome awful awkward backlogged bad bare basic beautiful behalf behavioral
behavioural beneficial bespoke bi bidirectional big bigger biggest bilingual bitter black bland blank blind blue bold
borderline bored boring born bossy bound brand brave brief bright brilliant brittle broad broken bronze brown bulky
bumpier bumpy busy byte calendar calm candid capable careful careless casual cautious celebratory central challenging
chaotic charming cheap cheerful chilly chronic chronological civic civil classic clean cleaner clear clever clickable
close closed cloudy clueless clumsy coarse cognitive coherent cold collaborative collective colorful colourful
comfortable comfy comical commensurate commercial common comparable compassionate compatible competent competitive
complementary complete complex compliant complicated comprehensive conceptual concise conclusive concrete concurrent
conditional confident confidential confused confusing congested connected conscious consecutive consequent
considerable consistent constant constructive consummate contagious contemporary content contextual contingent
continual continuous contractual contradictory contrary controversial convenient conversational convinced convincing
cool cooperative corporate correct cosy countless covert cozy crazy creative criminal crisp critical crooked cross
crowded crucial crude cryptic cryptographic cultural cumbersome curious curly current custom customary cute cyber
cyclic damaged damp dangerous daring dark dated dead deaf dear decent dedicated deep defective definite deliberate
delicate delicious delighted demanding demographic dense dental departmental dependent deployable depressed derogatory
descending desirable desperate detailed determined deterministic detrimental devoted diagnostic different difficult
digestible digital diligent direct directional dirty disabled disappointed disappointing disastrous disciplinary
discreet discrete discriminatory disgusting disparate disproportionate disruptive distant distinct distracted diverse
dizzy doable domestic doomed dormant double doubtful downright downside downstream downward dramatic drastic dreadful
dry dual dubious due dull dumb duplicate durable dusty dutch dynamic eager earnest easier easiest east eastern easy
eco ecological economic economical edgy editable educational effective efficient effortless eighth elaborate elastic
elderly electric electronic elegant eligible elusive embarrassed embarrassing emotional empathetic empty encouraged
encouraging endangered endless energetic english enjoyable enormous enthusiastic entire entrepreneurial environmental
ephemeral equal equivalent ergonomic errant erratic esoteric essential eternal ethical european eventual evident evil
exact excellent exceptional excessive excited exciting exclusive exemplary exempt exhausted exhausting exhaustive
existential existing exotic expected expedient expensive experienced experimental explicit exploding exploratory
exponential extensive external extinct extraordinary extreme fabulous facial factual faint fair faithful fake false
familiar famous fancy fantastic fascinating fatal faulty favorable favorite favourable favourite fearless feasible
federal female feverish fictional fierce fifth final financial fine finite firm first fiscal fit fixed flashy flat
flawed flawless flexible fluent fluffy foggy fond foolish forceful foreign foremost forensic forgetful formal former
fortunate foundational fourth fragile frantic fraudulent free freelance french frequent fresh friendly frightened
front frosty frozen fruitful frustrated frustrating full fun functional fundamental funny furious furnished futile
fuzzy general generic generous genetic gentle genuine geographic german giant gifted glad global gloomy glorious
glossy gold golden good goofy gorgeous governmental graceful gradual grammatical grand granular grateful gray great
greedy greek green grey gritty gross groundbreaking grown grumpy guilty habitual hairy handmade handsome handwritten
handy haphazard happy hard hardcore harmful harmless harsh hasty hazy healthy heartfelt heartwarming heavy hectic
hefty helpful helpless hesitant heterogeneous hidden hierarchical high hilarious historical holistic holy honest
hopeful hopeless horizontal horrible hostile hot huge human humble humid humorous hungry hurt hybrid hypothetical icy
ideal idealistic identical idiomatic idle ignorant illegal illegitimate illogical imaginary immediate immense imminent
immune impartial impatient impending imperfect implicit important impossible impractical imprecise impressed
impressive improper inaccessible inaccurate inactive inadequate inadvertent inappropriate inbound incapable incidental
inclined inclusive incoming incompatible incomplete inconclusive inconsistent incorporated incorrect incredible
incremental indebted indefinite independent indifferent indirect indispensable individual indoor industrial
inefficient inevitable inexpensive inexperienced infeasible infected inferior infinite inflated influential influx
informal informational informative infrequent ingenious inhabited inherent inhouse initial innate inner innocent
innovative insane insecure insightful insignificant insistent inspirational instant instrumental insufficient intact
intangible integral intellectual intelligent intelligible intended intense intentional inter interactive
interchangeable interdependent interested interesting interim intermediate intermittent internal international
interpersonal intra introductory intuitive invalid invaluable inventive inverse invisible involuntary irate ironic
irregular irrelevant irreverent irreversible irritating isolated italian japanese jealous joint joyful jumpy junior
keen key kind knowledgeable known laborious lame large lasting late lateral latter lavish lazy leading leaky lean left
leftover legacy legal legible legit legitimate lengthy lenient lesser lexical liable liberal lifelong light
lightweight limited linear lingering linguistic literal little live lively local logical logistical lonely longer
longest loose lopsided loud lovely low lowercase loyal lucky mad magical magnificent main mainstream major male
manageable managerial mandatory manual marginal marital marvellous marvelous massive mature maximum mean meaningful
meaningless measurable mechanical median medical mediocre medium mega memorable mental mere messy metaphorical
meticulous mid middle mild military mindful mini minimal minimalistic minimum minor misaligned misleading missing
mistaken mixed mobile moderate modern modest modular moist momentary monetary moral motivated motivational moving
muddy multi multiple mundane municipal mute mutual mysterious naive naked narrow nascent nasty national native natural
naughty neat necessary negative nerdy nervous neutral new newborn newer newest newsworthy nice nicer nifty ninth noble
noisy nominal nonexistent nonsensical nordic normal north northern notable noteworthy noticeable notorious novel
numeric numerical numerous obligatory obscene obscure obsolete obvious occasional odd offensive official okay old
older oldest onboard ongoing onscreen open operational opportunistic optical optimal optimistic optional orange
ordered ordinary organic organisational organizational original orthogonal outbound outdated outdoor outer outgoing
outspoken outstanding overarching overdue overloaded oversized overwhelmed overwhelming pacific packed painful
painless pale panicky parallel paramount parental partial particular passable passionate passive patchy patient
peaceful peculiar pending perfect performant periodic permanent permissible persistent personal persuasive pertinent
pessimistic petty phenomenal physical physiological picky pink pivotal plain plausible playable playful pleasant
pleased plentiful pointless polish polite political poly poor popular porcelain portable positive possible potential
powerful practical pragmatic precious precise predictable preferable preferred pregnant preliminary premium prenatal
prepared prescriptive present presentable presumed prevalent previous pricey primary prime principal prior pristine
private proactive probable problematic procedural productive professional proficient profitable profound prolonged
prominent promising promotional prompt prone proofed proper proprietary proud proven provincial provisional prudent
pseudo psychological public punchy punctual pure purple pushy puzzled qualified quasi quick quickest quiet quirky
racist rainy random rapid rare rational raw ready real realistic realtime reasonable recent receptive reckless
recurrent red redundant refined regional regular regulatory related relational relative relaxed relaxing relentless
relevant reliable reliant reluctant remaining remarkable remedial remote repeatable repetitive representative
reputable required residual resilient resistant respectful respective respiratory responsible responsive restful
restless restricted retail retired retroactive reusable reversible revolutionary rewarding rich ridiculous right rigid
risky robotic robust romantic roomy rosy rough routine royal rude rudimentary rural russian rustic rusty sad safe
salient salty sane satisfactory satisfied satisfying savvy scarce scared scary scholarly scientific seamless seasonal
seasoned second secondary secret secure selective self semantic semi senior sensible sensitive separate sequential
serial serious seventh severe sexual shady shaky shallow shameful shared sharp sharper shiny shocked shocking short
shorter shortest shy sick significant silent silly silver similar simple simultaneous sincere single singular
situational sixth sizable sizeable skeptical sketchy skewed skilful skilled skinny sleepy slick slight slim slippery
sloppy slow slower slowest sluggish small smaller smallest smart smooth snappy sneaky snowy snug sober social societal
socioeconomic soft sole solid solitary sophisticated sore sorry sorted sour south southern spacious spanish spare
sparse spatial special specific spectacular speechless speedy spicy spoken spontaneous sporadic spotless spotty square
stable stagnant stale standard standing stark static stationary statistical statutory steadfast steady steep stellar
sticky stiff stormy straightforward strange strategic streamlined stressed stressful strict striking stringent strong
stronger strongest structural stubborn stuck stunning stupid sturdy stylish stylistic sub subject subjective
subsequent substantial subtle successful successive succinct sudden sufficient suitable sunny super superb superficial
superior supportive supposed supreme sure surgical surprised surprising susceptible suspicious sustainable sweaty
sweet swift swiss symbolic symmetric symmetrical synonymous syntactic synthetic systematic systemic tacit tactical
tall tame tangible tardy tasty taxable technical technological tedious temporary tempting tender tense tentative tenth
terrible terrific terse textual thankful theoretical thick thin third thirsty thorough thoughtful thrilled tidy tight
timeless timely tiny tired tiresome tiring tolerable tolerant top topical topnotch topological total touchy tough
toxic traditional trans transitional transparent traumatic tremendous trendy tri tribal tricky trivial tropical
troubled troublesome true trusted trustworthy turkish typical ugly ulterior ultimate ultra unable unacceptable
unanimous unanswered unattended unavailable unavoidable unaware unbelievable unbiased unbroken uncertain unclaimed
unclear uncomfortable uncommon uncomplicated unconfirmed undecided underlying underrated understaffed undivided
undocumented uneven unexpected unfair unfamiliar unfinished unforeseen unfortunate unfounded unhandled unhappy
unhealthy unhelpful uniform unimportant uninformed uninspired unintended uninterested unique universal unknowing
unknown unlikely unlimited unlucky unmatched unmet unnecessary unnoticed unofficial unopened unpacked unpaid unplanned
unpleasant unpopular unprecedented unpredictable unprepared unprofessional unprotected unread unreadable unrealised
unrealistic unrelated unreliable unresolved unsafe unsaved unseen unsent unset unsettled unsigned unsolicited unsolved
unspecified unspoken unstable unsubscribed unsuccessful unsuitable unsupported unsure untested untitled untouched
unusable unused unusual unwanted unwell unwilling upbeat upcoming upper uppercase upright upscale upset urban urgent
usable useful useless usual vacant vaccinated vague valid valuable variable varied vast verbal verbose verifiable
verified versatile vertical veteran viable vibrant vicious vigilant vintage violent viral virtual visible visionary
visual vital vivid vocal void volatile voluminous voluntary vulnerable warm wary waste wasteful watery wavy weak
weaker weakest wealthy weird welcome west western wet white whopping wicked widespread wild willing windy wireless
wise witty wobbly wonderful wooden worded wordy workable worn worried worrisome worrying worse worst worth worthwhile
worthy wrong yellow young younger youngest yummy zealous
"""

# Verbs, with their irregular forms. What is as often a noun stands among the nouns.
VERBS = """
abandon abdicate abide abolish abort absolve absorb accelerate accept accommodate accompany accomplish accrue
accumulate accuse achieve acknowledge acquire act activate adapt add adhere adjust administer admire admit adopt
advance advent advise affect affirm afford aggregate agree aim alert align allege alleviate allocate allow alter
alternate amaze amend amortise amplify amuse analyse analyze annotate announce annoy anonymise anticipate apologise
appear appease append applaud apply appoint appreciate approve argue arise arisen arose arrange arrive articulate ask
assemble assert assess assign assimilate assist assume assure ate attach attack attain attend attest attract augment
authenticate authorise automate autoscale avert avoid await backdate backport bake ban bang batch bear beat beaten
became become beg began begin begun behave believe belong bend bent bet bid bind bisect bite bitten bless blew blink
blow blown blur boast bode boil bore borrow bother bought bounce bow boycott brag brainstorm breathe brew bring
broadcast broaden broke brought browse build built bully burn burned burnt bury buy calculate calibrate call came
cancel capitalise captivate capture carry cascade categorise cater caught cease celebrate centralise certify
characterise chase check chew choose chop chose chosen circulate circumvent cite clap clarify classify click climb
clog coerce coincide collaborate collate collect collide combine come commence communicate commute compare compensate
compete compile complain complicate comply compose comprehend compress comprise compute conceal concede conceive
concentrate conceptualise conclude condense conduct confer confess confide configure confine confirm conform confront
confuse congratulate conjure connect conserve consider consist consolidate constitute constrain construct consult
consume contain containerise contemplate contend contextualise continue contradict contribute contrive convene
converge convey convince cooperate coordinate cope correlate correspond countersign cram crave crawl create crept
criticise critique crosspost crunch cry cultivate curate curse customise cut cycle dangle deactivate dealt debug
decide declare declutter decode decompose decompress decorate decouple decrypt dedicate deduct dedupe deduplicate deem
deepen defeat defend defer define deflate defrost defy degrade delete delineate deliver delve democratise demonstrate
demote denormalise denote deny depart depend depict deplete deploy deprecate depreciate depress deprioritise deprive
derive descend describe deserve designate despise destroy detach detain detect deter deteriorate determine detract
devalue develop deviate devise devote diagnose dial dictate die differ differentiate dig dilute diminish dip disable
disagree disallow disappear disappoint disapprove disassemble disband discard discern disclose disconnect discontinue
discourage discover discuss disengage dislike dismantle dismiss disobey disorient dispatch disperse displace dispose
disregard disrupt disseminate dissolve distinguish distort distract distribute disturb dive diverge diversify divert
divide dockerise dodge dominate donate doublecheck downplay downsize drag drank draw drawn drew drift drill driven
drove drown drunk dub dug dump earn eat eaten economise edit educate elect elevate elicit eliminate embark embarrass
embed embody emerge emit empathise emphasise employ empower emulate enable enact encapsulate encode encompass
encourage encrypt endanger endorse endure enforce engage enhance enjoy enlarge enlighten enlist enquire enrich enrol
enroll ensure entail enter entertain entitle entrust enumerate envisage envision equate equip eradicate erase erode
escalate establish evaluate evangelise evolve exaggerate examine exceed excite exclaim exclude execute exemplify exert
exhale exhaust exhibit exist expand expect expedite expire explain explode exploit explore expose express extend
extinguish extrapolate exude facilitate fade fail fallen falsify familiarise fasten fed feed feel fell felt fetch
fiddle finalise find finetune finish firefight flash flatten flee flew flex flourish flown fluctuate flunk fly fold
follow fool forbid foresee forget forgive forgot forgotten formalise formulate fortify foster fought found freeze
froze fulfil fulfill gatekeep gather gauge gave generalise generate get giggle give given glean glorify go goes gone
goof got gotten govern grab grant grapple gravitate greet grew grieve grimace grok grope grow grumble hallucinate
halve hang happen harass harden harmonise harness hassle haul heal hear heard heed heighten held hesitate hid hide
hinder hoist homebrew hone hover hug hung hunker hunt hurl hustle hydrate ideate identify ignore illustrate imagine
imbue imitate impair impart impede impersonate implement implicate implore imply impose impress imprison improve
incentivise include incorporate incur indicate individualise induce infer inflate inform infringe inhale inherit
inhibit initiate inject innovate inquire insert insist inspect inspire install instantiate instil instill instruct
insulate insure integrate intellify intend intensify interact intercept interfere interpret interrogate interrupt
intersect intervene intimidate introduce invalidate invent invest investigate invoke involve isolate itemise iterate
jeopardise jog join jolt jot juggle justify keep kept kickstart kill knew knit knock know laid lain languish laugh
launch lay learn learned learnt leave led lend lent lessen levy liaise lied linger lint listen lit litigate locate
look loosen lose lost lower lurk made magnify maintain make manage manipulate marginalise materialise maximise meant
mediate meditate melt memorise mend merge met migrate mingle minimise misplace miss mistook misunderstand
misunderstood mitigate moan mobilise mock modernise modify modulate motivate mourn mow mull multiply multitask mumble
mutter nag narrate navigate necessitate neglect negotiate neutralise nod nominate normalise notarise notify nudge
nurture obey objectify oblige observe obsess obstruct obtain occupy occur offboard offload omit operate operationalise
oppose opt optimise orchestrate ordain organise orient originate oust outdo outgrew outgrow outlast outlive outnumber
outperform outsmart outsource outweigh overachieve overcame overcharge overcome overdid overdo overestimate overhear
overheard overlap overlook overrule overrun oversaw oversee oversleep overspend overspent overtake overtook overturn
overwhelm overwrite overwrote owe paginate paid parametrise parse partake participate pave peek peel penalise perceive
perform persevere persist personalise persuade pertain peruse photoshop piggyback ping pinpoint pique pivot plagiarise
play plead please pledge plough poke populate portray pose possess postdate pour practise pray precede predict preempt
prefer prefetch preload prepare prescribe preserve preside presume pretend prevail prevent prioritise privatise probe
proceed proclaim procure produce prohibit prolong promote pronounce proofread propagate propel propose prorate prosper
protect prove proved provide provoke prune pry publicise publish pull punctuate punish pursue put qualify quantify
quibble quit quiver radiate ran randomise rang rant rasp ratify rationalise react reactivate read reaffirm realise
reap reapply rearrange reassess reassign reassure reauthenticate rebase reblog rebook rebound rebuild rebuilt
recalculate recalibrate receive recheck recite reclaim recognise recollect recommend recompute reconcile reconfirm
reconnect reconsider reconstruct reconvene recover recruit rectify recur recycle redact redeem redefine redeploy redid
rediscover redistribute redo redone reduce reek reexport refactor refer refine reflect refocus reformat reformulate
refrain refuse refute regain regard regenerate regroup regulate rehearse reimburse reimport reinforce reinstall
reinstate reinvent reiterate reject rejoice relabel relate relax relay relent relieve relocate rely remain remeasure
remember remind remove rename render renegotiate renew renovate reopen reorder reorganise repaid repaint repay repeat
rephrase replace replatform replenish replicate repost represent reprice reprimand reprint reprioritise reproduce
repurpose require reran reread reroute rerun reschedule rescind resell resemble resend resent reserve reside resign
resist resize resolve resonate respawn respond restore restrict restructure resubmit resuscitate resync retain
retaliate retest rethought retire retrace retract retrain retrieve retrofit retry retweet reupload reuse revalidate
revamp reveal revel revert revise revisit revive revoke revolve rework rewrite rewritten rewrote rid ridden rightsize
rinse risen roam rode roll rose rotate rotted rub rummage rung said sail salvage sang sanitise sank satisfy saturate
saw say scare scatter scoop scramble scrape scream scrub scrutinise see seek seem seen segregate seize select send
sent serialise serve settle sever sew shake shaken sharpen shave shelve shine shone shook shoot shorten shove showed
shown shrank shred shrink shrug shrunk shuffle shut sideline sift sigh signify simplify simulate sing sip sit skate
sketch skim skip skyrocket slam slash slept slid slog smash smear smuggle snap sneak sniff snooze snub soak soar
socialise soften sold solicit solidify solve sought speak spearhead spec specialise specify speculate sped spell
spellcheck spend spent spin spoil spoke sprang sprawl spray spread sprung spun spur squash squeeze squint stabilise
stagger standardise stare starve stash steal steer sterilise stifle stimulate stipulate stir stole stolen stood
strategise streamline strengthen strive strove struck stumble subdivide submit subscribe substantiate subtract subvert
succeed sue suffer suffice suggest summarise sunk supercharge supersede supervise suppose suppress surf surpass
surrender surround survive suspend sustain swallow swam swamp swamped swarm swear sweat sweep swept swim swirl swore
swung symbolise synchronise synthesise tackle taint take taken tally tamper taught teach tease tell tempt tend
terminate thank think threaten threw thrive throttle throw thrown thrust thwart tighten tilt tinker tokenise told
tolerate took tore torn toss tow trample transact transcribe transform translate transmit traverse trawl tread tremble
triage triangulate trickle trim triple troubleshoot troubleshot tug tumble tune typeset unblock uncheck unclog uncover
undercharge undercut underestimate undergo undergone underline underperform underspend understand understood undertake
undertook underwent undid undo undone unfold unfreeze unify uninstall unite unleash unlink unload unlock unmarshal
unmute unpack unplug unpublish unravel unsettle unship unsort unsubscribe untag untangle untick unveil unwind unwrap
update upheld uphold use utilise vacate validate vanish vary veer venture verbalise verify vet vilify violate
visualise vouch wade waffle wag waive wake wander want warn warp wash watch weaken weave webcast weigh went widen
wield wilt wince wipe withdraw withdrawn withdrew withhold woke won woo wore worsen wow wrangle write written wrote
yawn yell yield zap zip zoom
"""

# Nouns of the office and of life around it.
NOUNS = """
abbreviation ability absence abstraction abuse accent acceptance access accessibility accident accommodation
accordance account accountability accountant accuracy achievement acknowledgement acknowledgment acquisition acronym
action activity actor ad adaptability addition address adherence adjustment admin administration administrator adult
advantage adventure adversary adversity advert advertisement advertising advice adviser advisor advisory advocacy
advocate affair affection affiliate affinity affirmation aftermath afternoon afterthought age agency agenda agent
aggregation agility agreement aid air airfare airline airport aisle alarm album alcohol algorithm alias alignment
allergy alliance allocation allotment allowance ally alphabet alteration amateur ambassador ambience ambiguity
ambition ambulance amenity ammo amount analogy analysis analyst analytics anchor anecdote anger angle animal animation
anniversary annotation announcement announcer annoyance anonymity answer antenna antique antivirus anxiety apartment
ape apology app appeal appearance appendix appetite applause apple appliance applicant application appointment
appraisal appreciation approach approval approximation aptitude arch archetype architect architecture archive area
arena argument arm armchair army aroma arrangement array arrest arrival arrow art artefact article artifact artist
artwork aspect aspiration assembly assessment asset assignee assignment assistance assistant associate association
assortment assumption assurance asterisk athlete atmosphere attachment attempt attendance attendee attention
attestation attic attitude attorney attribute auction audience audio audit auditor aunt authentication authenticity
author authoring authorisation authority authorization autocomplete automation autonomy autopilot availability avatar
avenue award awareness axis baby babysitter bachelor backbone backdoor backdrop backfire background backlash backlight
backpack backstory backup bacon badge bag baggage bakery balance balancing balcony ball balloon ballot ballpark banana
band bandage bandwidth bank banker bankruptcy banner bar barbecue barber bargain barista barrier bartender base
baseball baseline basement basis basket basketball bath bathroom bathtub batter battery battle beach beam bean beard
beast bed bedroom bedtime beep beer beginner beginning behavior behaviour belief bell belt bench benchmark beneficiary
benefit bestseller beta beverage bias bible bicycle bidder bike bill billboard billing bin binary binder bingo
biography bird birth birthdate birthday biscuit bit blackboard blackout blame blanket blast bleach blend blessing
blindspot blob block blocker blog blogger blogpost bloke blueprint blunder blush board boardroom boat body bolt bond
bone bonus book bookcase booking bookkeeper bookkeeping booklet bookmark bookshelf boom boost boot bootcamp booth
border boredom boss bottle bottleneck bottom boundary bounty bouquet boutique bowl box boy brace bracket brain
brainstorming brake branch breach bread breadth break breakage breakdown breakfast breakout breakthrough breath breeze
brevity bribery brick bridge briefcase briefing brightness broadband brochure brokerage brother browser brunch brush
buck bucket buckle buddy budget buffer buffet bug builder building bulb bulk bullet bulletin bullseye bullshit bummer
bump bun bunch bundle bunny burden bureau burger burnout burst bus bush business businessman businesspeople
businesswoman butter button buyback buyer buzz buzzword bypass byproduct cabin cabinet cable cactus cadence cafe
cafeteria caffeine cake calculation calculator caller camera camp campaign campground campus cancellation cancer
candidate candle candor candy cane canteen canvas cap capability capacity capital captain caption car caravan card
cardboard cardholder care career caregiver cargo carpenter carpet carriage carrier carrot cart carton cartoon carve
case cash cashier casing cast caste cat catalog catalogue catch category caterer catering causation cause caution cave
caveat ceiling celebration celebrity cell cellar cellphone census center centre century cereal ceremony certainty
certificate certification cessation chain chair chairman chairperson challenge chamber champ champagne chance change
changeover channel chaos chapter character characterisation characteristic charge charity charm chart chat chatbot
chatroom chatter cheat cheatsheet checkbox checker checklist checkmark checkout checkpoint cheer cheese chef chemical
chemist chemistry cheque cherry chess chest chicken chief child childbirth childcare childhood children chili chime
chimney chin chip chocolate choice chore chorus chronology chunk church cigarette cinema cinnamon circle circuit
circulation circumstance citation citizen citizenship city claim clarification clarity clash class classification
classmate classroom clause clay cleanup clerk cliche client cliff climate climax clinic clip clipboard cloakroom clock
clojure clone closet closing closure cloth clothing cloud clown club clue clutter coach coast coaster coastline coat
cocktail coconut code coding coffee cognition coherence cohesion coin coincidence collaboration collaborator collage
collapse collar colleague collection collector college collision colon color colour column combat combination comeback
comedian comedy comet comfort comma command commander comment commentary commerce commission commitment committee
commodity communication communicator community commuter comp companion company comparison compassion compatibility
compendium compensation competence competency competition competitor compilation complaint complement completion
complexity compliance complication compliment component composer composition compound compression compromise
computation computer computing concept concern concert concession concierge conclusion condition conductor cone
conference confession confetti confidence confidentiality configuration confirmation conflict confusion congrats
congratulations conjunction connection conscience consensus consent consequence consideration consistency console
consolidation constellation constitution constraint construction consultancy consultant consultation consumable
consumer consumption contact container contamination contender contention contest context continent contingency
continuation continuity contour contract contraction contractor contradiction contrast contribution contributor
control controller controversy convenience convention convergence conversation convert conviction cook cookbook cooker
cookie cooperation coordination coordinator copier copper copy copycat copyright cord core corn corner cornerstone
corporation correction correspondence correspondent corridor corruption cosmetics cost costume cottage cotton couch
council counsel counselling count countdown counter counterclaim counterpart country countryside county coupling
coupon courage courier course court courtesy cousin cover coverage cow coworker coworking crack cracker craft
craftsman crane crash crate crayon cream creation creativity creator creature credential credibility credit creek
creep crew crime crisis criteria criterion criticism crop crossing crossroad crosswalk crowd crown crush cube cucumber
cue cuisine culprit culture cup cupboard cupcake curator curb cure curiosity curl currency curriculum cursor curtain
curve curveball cushion cusp custodian custody customer customisation customization cutback cutoff cuts cyberattack
cylinder dad dairy daisy dam damage dance dancer danger dash dashboard data database dataset date daughter dawn day
daycare daydream daylight daytime deadline deal dealer death debate debit debrief debris debt debugger decade decency
decimal decision deck declaration decline decoration decorator decrease dedication deduction deed deepfake deer
default defect defence defender defense deference deficit definition degree delay delegate delegation deletion delight
deliverable delivery demand demeanor demo democracy demon demonstration demotion denial denominator density dentist
department departure dependency deposit depot depression depth deputy description desert design designation designee
designer desire desk desktop despair dessert destination destruction detail detection detective detention
deterioration determinant determination detour detriment developer development deviation device devil diagnosis
diagonal diagram dialog dialogue diamond diary dictionary diet difference differential differentiation differentiator
difficulty digest digit dignity dilemma diligence dimension diner dinner direction director directory dirt disability
disagreement disappearance disappointment disaster discernment discharge discipline disclaimer disclosure discomfort
discount discourse discrepancy discretion discrimination discussion disease disguise dish dishwasher disk disorder
disparagement disparity dispatcher display disposal disposition dispute disrespect disruption dissatisfaction dissent
distance distinction distortion distraction distress distribution distributor district disturbance ditch divergence
diversion diversity dividend division doc doctor doctrine document documentation dog dogfood domain dominance
domination donation donor donut doodle door doorbell doorstep doorway dorm dose dot doubt dough dove downfall
downgrade download downpour downtime draft dragon drain drama dramatist drawback drawer drawing dread dream dress
dresser dressing drink drinker drip drive driver drone drop dropdown drought drug drum drummer dryer duck duel duet
dumbbell dumpling duo duplication duration dusk dust duty dwarf eagerness eagle ear earbuds earnings earth earthquake
ease echo eclipse ecommerce economy ecosystem edge edition editor editorial education educator effect effectiveness
efficacy efficiency effort egg ego elaboration elbow election electrician electricity electron elegance element
elevation elevator eligibility elimination elite ellipsis email embargo embarrassment embassy ember emblem embrace
emergency emission emoji emoticon emotion empathy emphasis employee employer employment emulation enclosure encounter
encouragement encryption end endeavor endeavour ending enemy energy enforcement engagement engine engineer engineering
enquiry enrollment enrolment entanglement enterprise entertainer entertainment enthusiasm entirety entity entrance
entrant entrepreneur entry enumeration envelope environment epilogue episode equality equation equipment era errand
error escalation escape espresso essay essence establishment estate estimate estimation ethic ethnicity ethos
etiquette evacuation evaluation evening event evidence evolution exaggeration exam examination example excellence
exception excerpt excess exchange excitement exclamation exclusion excuse execution executive executor exemption
exercise exhaustion exhibition existence exit expansion expectation expedition expenditure expense experience
experiment experimentation expert expertise expiration expiry explanation exploration explosion export exporter
exposure expression extension extent extract extranet eye eyebrow fabric facade face facet facilitation facilitator
facility fact facto factor factory factsheet faculty failure fairness fairy faith fallback fallout fame familiarity
family fan fancier fantasy faq fare farewell farm farmer fashion fate father fatigue fault favor favour fax fear
feasibility feast feat feather feature federation fee feedback feeling fellow fellowship fence ferry fertility
festival fever fiber fibre fiction fidelity field fig fight fighter figure file filename filesystem filing fill film
filter finale finalist finance finder finding finger fingerprint fingertip fire firefighting fireplace firewall
firework fish fisherman fist fitness fix fixture fixup flag flame flap flare flashback flashlight flask flatmate
flavor flavour flaw fleet flesh flexes flexibility flick flicker flight flip flipchart float flock flood floor
floorplan flour flow flowchart flower flu fluctuation fluff fluid flute flux flyer foam focus foe fog foil folder
folks follower font food foosball foot footage football footer footnote footprint footstep force forecast forecaster
forefront foreground foreman foresight forest forfeit forgery forgiveness fork form formality format formation
formatting formula formulation fort fortune forum foundation founder fountain fox foyer fraction fragment frame
framework framing frankness fraud freak freebie freedom freelancer freeway freezer freight frequency friction fridge
friend friendship fringe frog frontier frost frown fruit fruition frustration fuel fulfilment fullness function
functionality fund funding fundraiser fundraising funeral funk fur furniture fury fuse fuss future gadget gain gala
galaxy gallery gambling game gamer gang gap garage garbage garden gas gate gateway gathering gaze gear geek gem gender
gene generalisation generation generator generosity genius genre gentleman geography geometry germ gesture ghost gift
giftcard gig gimmick girl girlfriend gist glance glare glass glimpse glitch globe glory glossary glove glow glue goal
goat god goldmine golf goodbye goodie gospel gossip gotcha governance government governor grace grade gradient
graduate graduation grain grammar grandchild granddaughter grandfather grandma grandmother grandparent grandson grape
grapefruit graph graphic grasp grass gratitude grave gravity greed greenery greenhouse greeting grid grievance grill
grin grind grip grit grocery groom groove ground groundwork group growth grudge guarantee guard guardian guardrail
guess guesswork guest guestlist guidance guide guideline guild guilt guitar gumption gun guru gust gut gutfeeling guy
gym habit hack hackathon hair haircut hairdresser hall halloween hallway halt ham hammer hand handbag handbook handful
handicraft handle handling handoff handout handover handshake handwriting handyman hanger hangout hangover happiness
harasser harassment harbour hardship hardware harm harmony harvest hash hat hate hatred haven havoc hawk hay haystack
hazard head headache header heading headlight headline headphones headquarters headset headshot headway health
healthcare heap hearing heart heartache heartbeat heat heater heating heaven heel height heir helicopter hell helmet
help helpdesk helper helpfulness helpline herb herd heritage hero heroine hesitation hey hiccup hierarchy highlight
highlighter highway hill hint hip hire hiring historian history hit hobby hobbyist hockey hoe hold hole holiday home
homeland homeowner homepage homestretch homework honesty honey honeymoon honor honour hood hoodie hook hoop hop hope
hopefulness horizon hormone horn horse hospital host hostage hostility hosting hostname hotel hotline hotspot hour
house household housekeeping housemate housewarming housing hub huddle humanity humidity humility humor humour hunger
hunter hurdle hurricane hurry husband hut hydrogen hygiene hype hyperlink hyphen hypothesis ice icebox icebreaker
icecream icing icon idea ideation identification identifier identity ideology idiom idiot ignorance illness
illustration illustrator image imagery imagination imbalance imitation immigrant immigration impact impartiality
impasse imperative impersonation impetus implant implementation implication import importance impostor impression
impropriety improvement impulse inability inaccuracy inaction inactivity inbox incentive inception inch incident
incline inclusion incognito income incompatibility inconsistency inconvenience increase increment incubator incumbent
indecision indent independence indication indicator industry inefficiency inequality infant infection inflation
inflection influence influencer info infographic information infra infrastructure infringer ingest ingredient
initialisation initiative injection injury ink inn innovation input inquiry insertion insight inspection inspector
inspiration instability installation installment instalment instance instinct institute institution instruction
instructor instrument insubordination insult insurance insurer intake integer integration integrity intelligence
intensity intent intention intentionality interaction interest interface interference interior intermediary intern
internet internship interpretation interruption intersection interval intervention interview interviewee interviewer
intranet intricacy intrigue intro introduction intuition invariant invasion invention inventor inventory investigation
investigator investment investor invitation invite invitee invoice involvement iron ironing irony island isolation
issuance issue italics item iteration itinerary ivory jacket jail jailbreak jam jar jargon jaw jazz jealousy jeans
jersey jet jetlag jewellery jigsaw job jogging joke journal journalist journey joy joystick jubilee judge judgement
judgment jug juice jump junction juncture junk jury justice justification keeper kettle keyboard keychain keynote
keypad keyring keystroke keyword kick kickback kickoff kid kilo kilometer kilometre kindergarten kindness king kingdom
kiosk kiss kit kitchen kitten kitty knack knee knife knob knot knowledge lab label labor laboratory labour lack ladder
lady lag lake lamb lamp land landline landlord landmark landscape landslide lane language lantern lanyard lap laptop
laser latecomer latitude latte laughter launcher laundry lava law lawsuit lawyer layer layman layoff layout layover
laypeople laziness lead leader leadership leaf leaflet league leak leap learning lease leather lecture ledge leg
legality legend legibility legislation legitimacy leisure lemon lemonade length leniency lens lesson letdown letter
letterhead lettering lettuce level leverage liability liaison liberation liberty librarian library licence license lid
lie life lifeboat lifecycle lifeline lifesaver lifespan lifestyle lifetime lift liftoff lighting lightning likelihood
likeness limb limbo limit limitation line linen liner lingo lining link lion lip liquid list listener listing liter
literacy literature litigation litmus litre litter livestream living lizard load loan lobby localisation localization
location lock locker lodging log logbook logic login logistics logjam logo logout longitude lookout lookup loop
loophole lorry loss lottery lounge love lover lowdown lowlight loyalty luck luggage lull lump lunch lunchbox lunchroom
lunchtime luxury lyric machine machinery magazine magic magnet magnitude mail mailbox mailer mailing mainframe
mainland mainstay maintainability maintenance majority makeover maker makeshift makeup malfunction mall malware man
management manager mandate manifest manifesto manner mantra manufacturer manufacturing manuscript map marathon marble
mark markdown marker market marketing marketplace marmalade marriage marsh marshal mascot mask mass massage master
masterpiece mastery mat match mate material maternity math matrix matter mattress maturity mayhem mayor maze meal
meaning meantime measure measurement meat mechanic mechanism medal media mediation mediator medication medicine
meditation meet meeting meetup megaphone melody meltdown member membership meme memo memorandum memorial memory men
menace mentality mentee mention mentor mentorship menu merchandise merchandising merchant mercy merger merit mess
message messaging messenger metadata metal metaphor meter method methodology metre metric metro microphone microsecond
microwave middleman midnight midpoint midterm migration mile mileage milestone milk milkshake mill mimic mind
mindfulness mindmap mindset miner miniature minibus minister ministry minority minute miracle mirror miscommunication
misconception misconduct misconfiguration mishap misinformation misprint mission mist mistake misunderstanding misuse
mitigation mix mixture mnemonic moat mob mobility mocktail mode model moderation moderator modification modularity
module moisture mom moment momentum monarch money monitor monitoring monkey monologue monster month mood moon
moonlight mop morale morning mortem mortgage mosaic moss motel moth mother motherhood motif motion motivation motive
motor motorbike motorcycle motto mount mountain mourning mouse mouth mouthful move movement movie mud muffin mug
multimedia multiplier multitasking multitude mum muscle museum mushroom music musician mustard myriad mystery myth
mythology nail name namedrop naming nanny nap narration narrative narrator nation nationality nature navbar navigation
navy necessity neck needle negotiation neighbor neighborhood neighbour neighbourhood nephew nerve nervousness nest net
network neutrality newbie newcomer newsletter newspaper niche nickel nickname night nightmare nightshift nihilism
nitpick noise nomad nomenclature nomination nonsense noodle noon norm nose notation notch note notebook notepad
notetaker notetaking notice notification notion noun novelty nuance nuisance null number numeral nurse nursery nut
nutrition nutshell nylon oak oatmeal obedience obituary object objection objective objectivity obligation observation
obsession obstacle occasion occupation occurrence ocean oddity odour offence offense offer offering office officer
offset offsite offspring oil olive omission onboarding onion onset onus opening openness opera operand operating
operation operator opinion opponent opportunity opposition oppression optimisation optimism optimist option orchestra
ordeal order organ organigram organisation organiser organization orientation origin origination orphan outage outbox
outcome outfit outing outlet outlier outline outlook output outreach outro outset outsider outsourcing outward oval
oven overhaul overhead overlay overload override oversight overtime overview owl owner ownership oxygen ozone pace
pack package packaging packet packing padding paddle page pageview pain painkiller paint paintbrush painter painting
palace palette pallet palm pamphlet pan pancake pandemic pane panel panelist panic pantry pants paper paperclip
papercut paperwork parade paradigm paradise paradox paragraph paralysis parameter parcel parent parenthesis parenthood
parenting park parking parliament part participant participation particle partition partner partnership party pass
passcode passenger passion passphrase passport password pasta paste pastor pastry patch patchwork paternity path
pathway patience patrol patron pattern pause pay paycheck paycheque payday payment payout payroll payslip paystub
peace peach peak peanut pear pearl pedal pedestrian pediatrician peephole peer pen penalty pencil penny pension people
pep pepper percentage perception perch perfection perfectionist performance perimeter period peripheral perk perm
permanence permission permit persistence person personalisation personality personalization personification personnel
perspective pest pet petition petrol pharmacist pharmacy phase phenomenon philosophy phone photo photographer
photography phrase phrasing physician physicist physics piano pick picker picking pickle pickup picnic picture pie
piece pier pig pile pileup pilgrim pill pillar pillow pilot pin pinch pineapple pint pioneer pipe pit pitch pitfall
pixel pizza placard place placeholder placement plan plane planet planner planning plant plaster plastic plate
platform player playground playlist playtime plea pleasantry pleasure plethora plot plug plugin plumber plumbing
plunge plural pocket podcast poem poet poetry point pointer poison poker pole police policy politeness politician
politics poll pollution pond pool pop popcorn popularity population popup porch port portal porter portfolio portion
portrait position positivity possession possibility post postage postbox postcard poster postings postman postmark
postpartum postpone postponement postscript posture pot potato potion pouch poverty powder power practicality practice
practitioner pragmatism praise prank prayer precaution precedence precedent predecessor predicate prediction preface
preference prefix pregnancy prejudice prelim prelude premiere premise prep preparation prerequisite presale
prescription presence presentation presenter preservation preset presidency president press pressure pretext
prevention preview price pricing pride primitive prince princess principle print printer printing printout
prioritisation prioritization priority prison privacy privilege prize pro probability probation problem procedure
proceeds process processing processor proclamation procurement prodigy producer product production productivity
profession professionalism professor proficiency profile profit program programme programmer programming progress
progression prohibition project projection projector proliferation prologue prominence promise promo promotion pronoun
pronunciation proof prop propagation property proportion proposal proposition prose prospect prospectus prosperity
protection protest protester protocol prototype provider province provision proximity psychologist psychology pub
publication publicity publisher publishing puddle pulse pump pumpkin punch punctuality punctuation puppet puppy
purchase purchasing purge purpose purse pursuit push pushback puzzle qualification quality quantity quarantine quarter
quartet queen query quest question questioner questionnaire queue queuing quirk quiz quorum quotation quote rabbit
race rack radar radio radius raffle raid rail railway rain rainbow raincheck raincoat rainfall raise rally
ramification ramp ranch range ranger rank ranking rapport rash rat rate rating ratio rationale rationalisation razor
reach reaction readability reader readiness reading readme readout realisation reality realization realm reason
reasoning rebate reboot rebrand recalibration recap receipt receiver recency reception receptionist recess recession
recharge recipe recipient recognition recollection recommendation reconstruction record recording recovery recreation
recruiter recruiting recruitment rectangle recurrence recycling redaction redemption redesign redirect reduction
redundancy reel referee reference referral refill refinement refinery reflection reform refresh refrigerator refund
refusal regards regime region register registration registry regression regret regulation regulator rehabilitation
rehearsal reimbursement rein rejection rejig relation relationship relaunch release relevance reliability reliance
relic relief religion reluctance remainder remake remark remediation remedy remembrance reminder remix removal
renaissance rendezvous renovation rent rental rep repair repetition replacement reply report reporter reporting
representation reproducibility reproduction republic reputation request requester requirement requisite rescue
research researcher reseller reservation reservoir reset residence resident residue resignation resilience resistance
resistor resolution resonance resort resource respect respondent response responsibility rest restart restaurant
restock restoration restraint restriction restroom restructuring result resume resumption retailer retake retaliation
rethink retina retirement retreat retribution retrieval retrospective return reunion revelation revenue reversal
reverse review reviewee reviewer revision revival revolution reward rewording rhyme rhythm rib ribbon ride rider ridge
rigidity rigor rigour rim ring riot ripple rise risk ritual rival river road roadblock roadmap roadshow roadtrip roast
robe robot rock rocket rod rogue role roleplay rollercoaster rollout romance roof room roommate root rope roster rota
rotation roundtable roundup route router row rubbish rubric ruby rug ruin rule ruler ruleset rumor rumour run rundown
runner runnerup rush rust sabbatical sacrifice sadness safari safeguard safety sailor saint sake salad salary sale
salesman salespeople salesperson salmon salt salute sample sanction sand sandal sandwich sanitisation sanity satellite
satisfaction saturation sauce sausage saving scaffold scale scan scanner scar scarf scenario scene scenery schedule
scheduling scheme scholar scholarship school schoolmate science scientist scissors scooter scope score scoreboard
scorecard scorer scout scrap scrapbook scratch scratchpad screen screencast screensaver screenshare screenshot screw
screwdriver scribble script scroll scrutiny sea seal search season seat seatbelt secrecy secretary section sector
security seed segment segregation seizure selection selector selfie sell seller semester semicolon seminar senate
sendoff seniority sense sensibility sensitivity sensor sentence sentiment separation sequel sequence sergeant series
sermon server service serving session set setback setting settlement settler setup severity sewer sex shade shadow
shakeup shambles shame shampoo shape share shareholder sharpness shed sheet shelf shell shelter shield shift ship
shipment shipping shirt shock shoe shop shopping shortage shortcoming shortcut shortfall shorthand shortlist shot
shoulder shout shovel show showcase showdown shower showroom showstopper showtime shrimp shrine shutdown sibling
sickness side sidebar sidenote sieve sight sightseeing sign signage signal signatory signature significance signoff
signpost signup silence silhouette silo similarity simplicity simplification simulation sin singer sink sir sister
site situation size skeleton skeptic ski skill skillset skin skull sky slack slang slap slate slave sleep sleeve slice
slide slideshow slip slipper slipup slogan slope slot slowdown slug slump slur smartphone smell smile smoke smoker
smoking smoothness snack snag snail snake snapshot sneeze snippet snow snowball snowflake snowman snowstorm soap
soccer socialising society sock socket sofa softball software soil soldier solicitation solidarity solo solution
solver song sophistication sorrow sort soul sound soundtrack soup source souvenir spa space spaghetti spam span spark
sparring speaker specialisation specialist speciality specialization specialty species specification specimen
spectator spectrum speculation speech speed spelling spending sphere spice spider spike spill spinoff spiral spirit
spite splash split spoiler spokesman spokesperson sponge sponsor sponsorship spoon sport spot spotcheck spotlight
spouse spreadsheet spy stab stability stack stadium staff staffing stage stagnation staircase stairs stake stakeholder
stall stamp stance stand standalone standardisation standpoint standup staple star start starter starting startup
state statement station stationery statistic stats stature status statute stay stead steak steam steel stem step
stepping stereo stereotype sterilisation stew steward stewardship stick sticker stigma stimulation stimulus stipend
stitch stock stocking stomach stomachache stone stop stopgap stopover stoppage storage store storefront storeroom
storm story storyboarding storyline storyteller storytelling stove strain strand stranger strategist strategy straw
stray streak stream streamer street streetlight strength stress stretch stride strike strikethrough string strip
stripe stroke structure struggle student studio study stuff stuffing stunt style subaccount subdirectory subfolder
subgroup subheading subjectivity sublime submarine submission subordinate subscriber subscription subsection subset
subsidiary subsidy substance substitute subsystem subtask subtitle subtotal subway success succession successor
suction suffix sugar suggestion suit suitcase suite sum summarisation summary summit sunrise sunset sunshine superhero
superiority supermarket superpower superstar supervision supervisor supper supplement supplier supply support
supporter suppression surcharge surface surge surgery surname surplus surprise surroundings surveillance survey
survival survivor suspect suspense suspension suspicion swag swap sweater sweatshirt sweetness swimmer swimming
swimsuit swing switch syllable symbol symmetry sympathy symposium symptom synagogue sync synchronisation
synchronization syndrome synergy synonym syntax synthesis syringe syrup system tab table tablespoon tablet tack tact
tactic tag tail tailor tailwind takeaway takeover tale talent talk tandem tangent tangle tank tap tape target task
taskbar taskforce taste tax taxi taxpayer tea teacher teaching team teammate teamwork teapot tear teaser tech
technicality technician technique technology teenager teething telephone telephony telescope television teller temp
temperature tempest template temple tempo temptation tendency tennis tension tent tenure term terminal termination
terminology territory test tester testimonial testing text textbook textbox textile texture thanks thankyou theatre
theft theme theory therapist therapy thermometer thermostat thesis thing thinking thorn thoroughness thought thread
threat threshold thrill throat throwback thumb thumbnail thunder thunderstorm tick ticket tidbits tide tie tiebreaker
tightness tile time timecard timeframe timekeeper timeline timeout timer timesheet timeslot timespan timestamp
timetable timezone timing tin tinkering tint tip tire tissue title toast toddler todo toe toggle toil toilet tolerance
toll tomato tone tongue tons tool toolbar toolbox tooling toolkit toolset tooth toothache toothbrush toothpaste topic
topping torch totality touch touchdown touchpoint touchscreen tour tourism tourist tournament tourney towel tower town
townhall toxicity toy trace track trackers tracking trackpad traction tractor trade tradeoff trader tradeshow
tradesman trading tradition traffic tragedy trail trailer train trainee trainer training trait trajectory transaction
transcriber transcript transcription transfer transformation transit transition translation translator transmission
transmitter transparency transport transportation trap trapdoor trash trauma travel traveller tray treasurer treat
treatment treaty tree trend trendline triad trial triangle tribe tribute trick trigger trip triumph trivia trophy
trouble troubleshooting trout trove truck truffle trump truncation trunk trust truth try tub tube tuning tunnel
turbulence turf turkey turn turnaround turnout turnover turntable tutor tutorial tweak tweet twin twist type
typewriter typo ultrasound umbrella umlaut uncertainty uncle undergraduate underpinning underside understanding
underwear unemployment unification uniformity union unit unity universality universe university upbringing upgrade
upload uprising upside upskilling uptake uptick uptime upturn urge urgency urn usability usage usefulness user
username utility utopia vacancy vacation vaccine vacuum validation validity valley valuation value van vanilla vanity
vantage variability variance variant variation variety vase vault vector vegetable vehicle vein vending vendor vent
ventilation venue verb verbiage verdict verge verification versatility verse version vessel vest veto viability vibe
vice vicinity victim victory video videocall videoconference view viewer viewpoint villa village villain vine
violation violence virtue virus visa vise visibility vision visit visitor visualisation visualization vitamin vlog
vocabulary voice voicemail voiceover volatility volcano voltage volume volunteer vote voter voucher vow vowel voyage
wages wait waiter waitress walk walker walkthrough wall wallet wallpaper wannabe war ward wardrobe warmth warmup
warning warrant warranty washing watchdog watcher watchlist water watercooler waterfall watermark watermelon
waterproof wave way waypoint weakness wealth wear weather web webapp webcam webform webinar webpage webserver webshop
website wedding weed week weekday weekend weekender weight weighting welfare wellbeing wellness wheel wheelchair
whereabouts whisper whistle whiteboard whitepaper widget widow width wife wifi wig wiki wildcard win wind windfall
window windshield wine wing wingman wink winner wiper wire wisdom wish wishlist wit withdrawal witness woman women
wonder wood wool word wording wordplay work workaholic workaround workbench workbook worker workflow workforce working
workload workmate workout workplace worksheet workshop worksite workspace workstation workstream world worm worry
wound wrap wrapper wrapup wreck wrench wrestler wrist wristband writer writeup writing xmas yard yarn year yearend
yoga yogi yogurt yolk youngster youth zipper zone zoo
"""

# Days, months, numbers, units and currencies.
TIME_AND_NUMBERS = """
monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri sat sun january february
march april june july august september october november december jan feb mar apr jun jul aug sep sept oct nov dec
spring summer autumn fall winter easter christmas ramadan diwali zero two three four five six seven eight nine ten
eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy
eighty ninety hundred thousand million billion dozen dozens hundreds thousands millions nth couple pair pm min mins
sec secs hr hrs ms kb mb gb tb km cm mm kg lb mph pct eur usd gbp chf pln czk sek dkk nok huf jpy inr euro euros
dollar dollars pound pounds cent cents percent st nd rd th cet cest utc gmt bst est edt cst cdt mst mdt pst pdt ist
jst aest eet eest millisecond milliseconds fortnight sixteenth midyear zloty zlotys franc francs yen rupee rupees
krona krone workday workdays workweek bimonthly
"""

# What people type in a chat, greetings and sounds among it, and letters that are no trade's: offices, files, countries.
CHAT = """
ok okey okayish k kk yay yey woohoo hooray hurray whoa ouch oops whoops ugh argh aargh meh hmm hm hmmm mmm huh hi
hello hiya heya bye cheers ciao hola servus moin thx ty tysm tnx pls plz sry kudos props yo dude btw fyi eod eow eom
eoy cob tbd tba tbc tbh imo imho iirc afaik afaict aka ama atm bbl bbs brb bc cuz coz cos cya dm dms fwiw ftw fomo gtg
hth icymi idk idc ikr irl jk jfyi lmk lgtm lol lmao rofl nbd nm nsfw nvm omg omw ooo ooto otoh otw pto wfh rn rsvp smh
ttyl tldr tl dr tmrw tmr tomo tbf wdyt wrt wtf xoxo yolo etc eg ie vs ca approx incl excl resp nb ps pps re fw fwd cc
bcc attn esp misc max avg nr num vol pg dept mgmt mgr mtg msg msgs infos admins apps dev devs ops docs specs config
configs repro prio prios intros pic pics vid vids convo convos collab collabs comms sitrep thingy thingies whatnot ppl
sb sth w wo yr yrs mth haha hahaha hehe ack nack noted afk bio fave guesstimate obvs prolly rly sus tho thru def defo
ceo cfo cto coo cmo cio ciso cpo evp svp vp md pa faqs pdf pdfs ppt docx xls xlsx jpg jpeg png gif mp3 mp4 url urls
ids usb tv tvs gps hq diy usa uk eu uae un nato ag gmbh ltd llc inc corp plc sa bv nv srl oy ab sarl co qr sms cv ai
sim nyc la sf de fr nl dst cee phd mba ngo cnn bbc kw xl lg cr async perf orgs org perms auth combo cons pros exec
execs reorg sesh biz congratz heh ahem eh oi yikes phew phooey duh gosh geez jeez dang darn damn crap omfg wtaf idgaf
ily kthx okie okies alrighty yupp naw tada voila bravo whee woot woops oopsie ftr tia tyvm ofc fml hbd otp pptx rel dl
appt asst acct amt bldg blvd dba jr sr mfg mktg ref refs reqs rcvd wk wks mo mos proj projs qty tel tix thot thnx
thankss sooo soo veeery reeeally yaaay lotta outta alot aint yall ya em cuppa innit whoop prereq creds eta etas
"""

# Brands: products, tools, and companies that sell them. A name is nothing to look up.
BRANDS = """
abstract adobe adyen ahrefs airbnb aircall airflow airtable alibaba amazon amplitude android angular ansible apache
apollo appcues arduino argocd artifactory asana atlassian auth0 aws axure azure balsamiq bamboo bamboohr baremetrics
basecamp bash bigquery bing bitbucket bitrise bmw bootstrap braintree brex browserstack buildkite caddy calendly canva
catalyst celery chargebee chargify chartmogul chatgpt chrome chromium churnzero circleci claude clearbit clickhouse
clickup cloudflare cloudfront cloudwatch cockroachdb coda codeberg codecov codex cognism concur confluence contentful
copilot custify cypress dagster databrick databricks datadog datev dbt debezium debian deepl deepseek deno dhl dialpad
digitalocean discord django docker docusaurus docusign dovetail dropbox drupal duckdb dynamics dynamodb ebay
elasticsearch elixir emacs erlang eslint etsy excel expensify facebook fastapi fastly fedex fedora figjam figma
firebase firefox fivetran flink flutter fortnox framer freshdesk fullstory ga4 gainsight gcloud gcp gdocs gdrive
gemini gerrit gitea github gitlab gmail gocardless golang gong google gorgias gpt gpt4 gradle grafana gsheets gsuite
gunicorn haskell helm helpscout heroku hetzner hibernate hootsuite hotjar hsbc hubspot huggingface ibm ikea indesign
influxdb ing instagram instapage intellij intercom invision ios ipad iphone iphones istio java javascript jenkins jest
jetbrains jira jquery julia jupyter kafka keras keycloak kibana klarna klaviyo kotlin kubectl kubeflow kubernetes
kustomer kustomize lambda langchain laravel lattice launchdarkly leadfeeder lemlist lever lexoffice lexware lighthouse
linkedin linus linux llama logrocket loki looker loom lucid lucidchart luma lusha mac macbook macos magento mailchimp
mailgun marketo matlab matomo matplotlib maven meltano mercury meta metabase metaflow microsoft minikube miro mistral
mixpanel mlflow mollie mongo mongodb mongoose moz mozilla mutiny mysql n8n nagios navision neovim netflix netlify
netsuite newrelic nextjs nexus nginx ngrok nodejs nokia npm numpy nvidia ocaml octopus odoo okta ollama onedrive
openai opensearch openshift opsgenie oracle pagerduty pandas paypal pendo percy perl personio pgsql phabricator php
pinterest pipedrive plaid planhat playwright pleo plotly pnpm polars postgres postgresql posthog powerbi powerpoint
productboard profitwell prometheus protopie psql pulumi puppeteer pycharm pytest python pytorch qualtrics quickbooks
rabbitmq rails recurly redash reddit redis redmine redshift retool revolut ringcentral rippling rspec rudderstack
rustc sage sagemaker salesforce salesloft samsung sap scala scipy screamingfrog selenium semgrep semrush sendgrid
sentry servicenow sevdesk sfdc sharepoint shopify shopware siemens sklearn skype slackbot smartsheet snowplow snyk
solr sonar sonarqube sourcegraph spacy spendesk splunk spotify sqlite stackoverflow storybook strapi streamlit sumsub
supabase superset surveymonkey svelte symfony tableau talend teamcity teams teamviewer telegram tensorflow terraform
tiktok todoist toggl totango travis trello twilio twitter typeform typescript typo3 ubuntu unbounce ups useberry
userpilot usertesting vercel vertex vim vimeo vitally vite vitest vmware vscode vue webex webflow webpack whatsapp
wikipedia windows woocommerce wordpress wrike xcode xero youtrack youtube zapier zendesk zeplin zlib zoho zoominfo zsh
zuora
"""

ORDINARY: frozenset[str] = frozenset(
    word
    for group in (FUNCTION, ADVERBS, ADJECTIVES, VERBS, NOUNS, TIME_AND_NUMBERS, CHAT, BRANDS)
    for word in group.split()
)


def is_ordinary(word: str) -> bool:
    """Whether the word, in whatever form it stands, is one that every office says."""
    return _known(word.casefold().replace("\u2019", "'"))


@lru_cache(maxsize=8192)
def _known(word: str) -> bool:
    front, apostrophe, rest = word.rpartition("'")
    if apostrophe and rest in _CONTRACTED:
        return rest != "s" or _known(front)
    return any(form in ORDINARY for form in _forms(word)) or _begun(word)


# What stands after an apostrophe: it's, we'll, they're, don't, I'd, I'm, you've.
_CONTRACTED = ("s", "ll", "re", "t", "d", "m", "ve")
# Beginnings that leave an ordinary word ordinary: redo, unplug, overpay, misread.
_BEGINNINGS = ("re", "un", "over", "under", "mis", "out", "pre", "non", "co", "up")


def _begun(word: str) -> bool:
    rests = (word.removeprefix(beginning) for beginning in _BEGINNINGS if word.startswith(beginning))
    return any(len(rest) > 3 and any(form in ORDINARY for form in _forms(rest)) for rest in rests)


def _forms(word: str) -> Iterator[str]:
    """What the word may be a form of, itself first: planned, plan; tidier, tidy; organized, organise."""
    for stem in (word, *_stems(word)):
        yield stem
        if "iz" in stem or "yz" in stem:
            yield stem.replace("iz", "is").replace("yz", "ys")


def _stems(word: str) -> Iterator[str]:
    for ending, instead in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) > 1:
            stem = word.removesuffix(ending)
            yield stem + instead
            if ending in _DOUBLING and len(stem) > 2 and stem[-1] == stem[-2]:
                yield stem[:-1]


# Endings of regular forms, each with what may have stood there before.
_ENDINGS = tuple(
    (ending, instead)
    for ending, *before in (
        ("ies", "y"), ("es", ""), ("s", ""), ("ied", "y"), ("ed", "", "e"), ("ying", "ie"), ("ing", "", "e"),
        ("ings", "", "e"), ("ier", "y"), ("er", "", "e"), ("ers", "", "e"), ("or", "", "e"), ("iest", "y"),
        ("est", "", "e"), ("ily", "y"), ("ly", "", "le"), ("ally", ""), ("iness", "y"), ("ness", ""), ("able", "", "e"),
        ("ability", "able"), ("ful", ""), ("less", ""), ("ish", ""), ("ment", ""), ("ments", ""), ("isation", "ise"),
        ("ation", "e", ""), ("ion", "e", ""), ("y", "", "e"),
    )
    for instead in before
)  # fmt: skip
_DOUBLING = frozenset({"ed", "ing", "ings", "er", "ers", "est", "y"})
