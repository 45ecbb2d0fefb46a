"""English verbs as far as business and product news needs them: which forms belong to which verb.

No part-of-speech tagger is at work here. A form counts as a verb only where `clauses` finds it in
a place where a verb can stand, so the list may hold words that are nouns as often ("share", "plan").
"""

from __future__ import annotations

from collections.abc import Iterable

from flows.extract.wordlists import word_set

_IRREGULAR = """
be:is,are,was,were,been,being,am,'s,'re have:has,had,having,'ve do:does,did,done,doing go:goes,went,gone,going
get:gets,got,gotten,getting make:makes,made,making take:takes,took,taken,taking come:comes,came,come,coming
see:sees,saw,seen,seeing know:knows,knew,known,knowing give:gives,gave,given,giving find:finds,found,finding
think:thinks,thought,thinking tell:tells,told,telling become:becomes,became,become,becoming leave:leaves,left,leaving
feel:feels,felt,feeling put:puts,put,putting bring:brings,brought,bringing begin:begins,began,begun,beginning
keep:keeps,kept,keeping hold:holds,held,holding write:writes,wrote,written,writing stand:stands,stood,standing
hear:hears,heard,hearing let:lets,let,letting mean:means,meant,meaning set:sets,set,setting meet:meets,met,meeting
run:runs,ran,run,running pay:pays,paid,paying sit:sits,sat,sitting speak:speaks,spoke,spoken,speaking lie:lies,lay,lain,lying
lead:leads,led,leading read:reads,read,reading grow:grows,grew,grown,growing lose:loses,lost,losing
fall:falls,fell,fallen,falling send:sends,sent,sending build:builds,built,building
understand:understands,understood,understanding draw:draws,drew,drawn,drawing break:breaks,broke,broken,breaking
spend:spends,spent,spending cut:cuts,cut,cutting rise:rises,rose,risen,rising drive:drives,drove,driven,driving
buy:buys,bought,buying wear:wears,wore,worn,wearing choose:chooses,chose,chosen,choosing sell:sells,sold,selling
win:wins,won,winning show:shows,showed,shown,showing say:says,said,saying sink:sinks,sank,sunk,sinking
shrink:shrinks,shrank,shrunk,shrinking beat:beats,beat,beaten,beating hit:hits,hit,hitting cost:costs,cost,costing
shed:sheds,shed,shedding quit:quits,quit,quitting split:splits,split,splitting teach:teaches,taught,teaching
catch:catches,caught,catching fight:fights,fought,fighting seek:seeks,sought,seeking swing:swings,swung,swinging
withdraw:withdraws,withdrew,withdrawn,withdrawing overtake:overtakes,overtook,overtaken,overtaking
undergo:undergoes,underwent,undergone,undergoing bid:bids,bid,bidding slide:slides,slid,sliding ring:rings,rang,rung,ringing
strike:strikes,struck,striking forge:forges,forged,forging weigh:weighs,weighed,weighing lay:lays,laid,laying
forecast:forecasts,forecast,forecasted,forecasting foresee:foresees,foresaw,foreseen,foreseeing
throw:throws,threw,thrown,throwing burn:burns,burned,burnt,burning spin:spins,spun,spinning
rebuild:rebuilds,rebuilt,rebuilding resell:resells,resold,reselling undercut:undercuts,undercut,undercutting
outsell:outsells,outsold,outselling halve:halves,halved,halving axe:axes,axed,axing sign:signs,signed,signing
plan:plans,planned,planning ship:ships,shipped,shipping slip:slips,slipped,slipping drop:drops,dropped,dropping
top:tops,topped,topping slash:slashes,slashed,slashing pump:pumps,pumped,pumping plug:plugs,plugged,plugging
scrap:scraps,scrapped,scrapping commit:commits,committed,committing admit:admits,admitted,admitting
permit:permits,permitted,permitting submit:submits,submitted,submitting equip:equips,equipped,equipping
stop:stops,stopped,stopping step:steps,stepped,stepping chip:chipped,chipping snap:snaps,snapped,snapping
trim:trims,trimmed,trimming plough:ploughs,ploughed,ploughing plow:plows,plowed,plowing refer:refers,referred,referring
prefer:prefers,preferred,preferring occur:occurs,occurred,occurring defer:defers,deferred,deferring
transfer:transfers,transferred,transferring rank:ranks,ranked,ranking total:totals,totalled,totaled,totalling,totaling
cancel:cancels,cancelled,canceled,cancelling,canceling model:models,modelled,modeling
travel:travels,travelled,traveled,travelling double:doubles,doubled,doubling die:dies,died,dying tie:ties,tied,tying
tip:tips,tipped,tipping sip:sips,sipped,sipping shut:shuts,shut,shutting debut:debuts,debuted,debuting
bag:bagged,bagging rent:rents,rented,renting nab:nabs,nabbed,nabbing snag:snagged,snagging opt:opts,opted,opting
wrap:wrapped,wrapping clinch:clinches,clinched,clinching circle:circling,circled eye:eyes,eyed,eyeing,eying
court:courted,courting woo:woos,wooed,wooing stalk:stalks,stalked,stalking swallow:swallows,swallowed,swallowing
gobble:gobbles,gobbled,gobbling digest:digests,digested,digesting spurn:spurns,spurned,spurning
outbid:outbids,outbid,outbidding standardise:standardises,standardised,standardising bow:bows,bowed,bowing
standardize:standardizes,standardized,standardizing furnish:furnishes,furnished,furnishing
occupy:occupies,occupied,occupying scoop:scoops,scooped,scooping
premiere:premiered,premiering
earn:earns,earned,earning netted:netting pocketed:pocketing logged:logging chalked:chalking
edged:edging inched:inching ticked:ticking crept:creeping slumped:slumping plummet:plummets,plummeted,plummeting
dived:diving nosedived:nosediving leapt:leaped,leaping rocketed:rocketing rallied:rallying ballooned:ballooning
swell:swells,swelled,swollen,swelling mushroomed:mushrooming retreated:retreating lagged:lagging
constitute:constitutes,constituted,constituting controlled:controlling culled:culling pared:paring
offset:offsets,offset,offsetting pull:pulls,pulled,pulling sack:sacks,sacked,sacking dip:dips,dipped,dipping
"""

_REGULAR = """
block collapse count earmark expire land lapse mull table tap veto abandon absorb accelerate accept accompany account achieve
acknowledge acquire act add adopt advance affect affirm afford agree aim allow ally amount announce answer anticipate appear
apply appoint approach approve argue arrange arrive ask assemble assert assign assume assure attach attract attribute average
award back bankroll base believe belong benefit boast book boost borrow brief broaden bundle calculate call capture care carry
cause caution cease chair challenge change charge chase claim climb clock close co-develop co-found codevelop cofound
collaborate combine command comment commission compare compete complain complete compose compress comprise concede conclude
conduct confirm connect consider consist construct consume contact contain contend continue contract contribute control
convert cool cooperate correspond cover cram create cross decide declare decline decrease deepen defend delay deliver demand
demonstrate deny depart depend deploy derive describe design detail develop devote differ direct disclose discontinue discuss
dismiss dispatch dispose dispute dissipate dissolve distribute ditch divest divide dominate donate doubt downgrade downsize
draft dump ease echo eclipse elevate eliminate embed emerge emphasise emphasize employ enable end endorse engage enjoy enlist
ensure enter equal erase establish estimate evaluate evolve exceed exclude execute exercise exist exit expand expect
experience explain explore export expose express extend face fail feature fetch figure file fill finalise finalize finance
finetune finish fire fit focus follow force form found freeze fuel fulfil fulfill function fund furlough gain gather generate
guarantee guide hail hammer hand handle happen harness head help highlight hint hire hope host house identify idle imagine
impact imply import impose improve inaugurate include incorporate increase indicate inject ink insist inspire install
integrate intend introduce invest invite involve issue join joke judge jump justify kick kill label lack lament launch leak
lease lend leverage licence license lift limit link list live load lock log look maintain manage manufacture mark market match
materialise materialize mature measure mention merge migrate mirror miss mount move multiply name narrow need negotiate notch
note notice notify number object observe obtain offer offload open operate optimise optimize order organise organize oust
outfit outgrow outline outpace outperform overcome overhaul oversee overshoot own pack pair part participate partner pass
pause peak penalise permit persuade phase pick pile pioneer place play pledge plunge point pose position post postpone pour
power praise predict preinstall preload prepare present preserve press pressure prevent preview price process procure produce
promise promote propose protect prove provide provision publish pull purchase pursue push quadruple qualify question quintuple
quote raise rake ramp range rate reach react realise realize reassign reassure rebound rebut recall receive reckon recognise
recognize recommend record recover recruit redesign reduce refresh refuse refute regain register regret reject relate release
relocate rely remain remark remove rename render renew repeat replace reply report represent request require rescue research
reserve resign resist resolve respond rest restart restore restrict restructure result resume retail retain retire retort
retrofit return reveal reverse review revise reward ring rival rock roll rule sample satisfy save scale schedule score seal
secure seem select separate serve service settle shape share shelve shift shorten showcase shrink shrug sign signal skip slow
soar soften solve source speculate speed spin sponsor spread squeeze stabilise stabilize stage stagnate stall stay steer stem
step stipulate stock store strengthen stress stretch struggle study subject succeed suffer suggest supply support suppose
surge surpass surprise surround survey suspend sustain swap switch syndicate tackle target team tease tell tender terminate
test thank threaten tighten top total touch tout trace track trade trail train transform transport treat trigger triple
trounce trust try tumble turn uncover undergo underline underwrite unveil update upgrade urge use utilise utilize value vary
verify view visit voice vote vow wait walk want warn warrant watch weaken welcome whisper widen wield wipe withhold withstand
witness work worry wrap yield
"""

_ADVERBS = word_set(
    """
    not never also already now just still again only even ever once soon then thus often always currently officially
    reportedly allegedly previously recently finally fully formally jointly together further since yet no longer both
    each all really actually quietly long almost nearly roughly
    """
)

AUXILIARIES = frozenset(["be", "have", "do"])
MODALS = frozenset(
    [
        "will",
        "would",
        "can",
        "could",
        "may",
        "might",
        "must",
        "shall",
        "should",
        "'ll",
        "'d",
        "won't",
        "wouldn't",
        "can't",
        "cannot",
        "couldn't",
    ]
)
NEGATED_AUXILIARIES = {
    "isn't": "be", "aren't": "be", "wasn't": "be", "weren't": "be", "hasn't": "have", "haven't": "have", "hadn't": "have",
    "doesn't": "do", "don't": "do", "didn't": "do",
}  # fmt: skip

_VOWELS = "aeiou"


def _regular_forms(base: str) -> tuple[str, ...]:
    """The -s, -ed and -ing forms of a regular verb."""
    if base.endswith("y") and base[-2] not in _VOWELS:
        return (base[:-1] + "ies", base[:-1] + "ied", base + "ing")
    if base.endswith("e"):
        return (base + "s", base + "d", (base if base.endswith(("ee", "ye", "oe")) else base[:-1]) + "ing")
    if base.endswith(("s", "x", "z", "ch", "sh")):
        return (base + "es", base + "ed", base + "ing")
    return (base + "s", base + "ed", base + "ing")


def _all_forms() -> tuple[dict[str, str], dict[str, tuple[str, ...]]]:
    lemma_of: dict[str, str] = {}
    forms_of: dict[str, tuple[str, ...]] = {}
    for entry in _IRREGULAR.split():
        base, _, rest = entry.partition(":")
        forms_of[base] = tuple(rest.split(","))
    for base in _REGULAR.split():
        forms_of.setdefault(base, _regular_forms(base))
    for base, forms in forms_of.items():
        for form in (base, *forms):
            if form != base and form in lemma_of and lemma_of[form] != base and base in {"lie", "wind", "ring"}:
                continue
            lemma_of[form] = base
    lemma_of.update({"left": "leave", "saw": "see", "lay": "lay", "found": "find", "felt": "feel"})
    return lemma_of, forms_of


LEMMA_OF, FORMS_OF = _all_forms()


def lemma(form: str) -> str | None:
    """The verb a lower-case form may belong to; None where it can be none."""
    return LEMMA_OF.get(form)


def is_participle(form: str, base: str) -> bool:
    """Whether a form can be the past participle of `base`: it then makes a passive after "be"."""
    if form == base:
        return base in {
            "put",
            "cut",
            "hit",
            "cost",
            "set",
            "let",
            "shed",
            "bid",
            "read",
            "split",
            "shut",
            "come",
            "become",
            "run",
            "forecast",
            "beat",
        }
    forms = FORMS_OF.get(base, ())
    return (
        form in forms
        and not form.endswith("ing")
        and (form.endswith(("ed", "en", "n", "t", "d", "k", "g", "m")) or form in forms[-2:-1])
    )


def is_gerund(form: str) -> bool:
    """Whether a form ends as present participles do."""
    return form.endswith("ing") and form not in {"bring", "ring", "king", "sing"}


def is_adverb(form: str) -> bool:
    """Whether a word may stand inside a verb group without changing who does what."""
    return form in _ADVERBS or (
        len(form) > 4
        and form.endswith("ly")
        and form not in {"supply", "apply", "imply", "rely", "family", "reply", "italy", "july", "assembly"}
    )


def known(bases: Iterable[str]) -> frozenset[str]:
    """All forms of several verbs."""
    return frozenset(form for base in bases for form in (base, *FORMS_OF.get(base, _regular_forms(base))))
