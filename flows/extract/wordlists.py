"""Closed lists of English words the extractor leans on: what kind of thing a noun means, titles, places.

They are facts about the language, not about any company; what belongs to the world stands in the
watchlist and the catalogue.
"""

from __future__ import annotations

MONTHS = frozenset(
    "january february march april may june july august september october november december jan feb mar apr jun jul aug sep sept oct nov dec".split()
)
DAYS = frozenset("monday tuesday wednesday thursday friday saturday sunday".split())

ORG_NOUNS = frozenset(
    """company group firm maker manufacturer chipmaker carmaker automaker supplier vendor provider operator retailer bank broker brokerage lender
    start-up startup subsidiary business giant corporation conglomerate partner rival competitor buyer seller customer client distributor publisher
    newspaper agency regulator university institute union foundry insurer developer contractor builder specialist consultancy researcher utility
    airline carrier telecoms telco hyperscaler designer integrator investor fund outfit concern house shipper assembler hoster reseller exchange
    foundation consortium ministry authority commission hospital school laboratory lab supermarket grocer chain daily magazine trust
    studio shop unit arm division""".split()
)
ORG_SUFFIXES = frozenset(
    """inc corp corporation ltd limited llc plc ag gmbh sa se nv bv ab asa oyj spa kk co company group holdings holding technologies technology systems
    networks research bank insights photonics cloud compute securities capital partners labs laboratories motors energy union university
    institute agency commission ministry electronics semiconductor semiconductors micro software solutions industries international
    analytics data robotics logistics telecom telecommunications mobile airlines airways insurance media press wire consulting advisors
    associates ventures foundation trust computing computers interactive pharmaceuticals therapeutics health healthcare foods brands stores
    entertainment studios works materials chemical chemicals steel power electric dynamics instruments devices optics optical storage
    memory silicon chips digital council authority board consortium alliance association federation exchange datacenters
    thermal cooling hosting daily times news journal post tribune courier dispatch herald gazette review""".split()
)
PLACE_NOUNS = frozenset("city town village region state country province district port capital county island campus site".split())

PRODUCT_NOUNS = frozenset(
    """platform system machine server laptop notebook computer pc tablet phone smartphone handset chip processor gpu cpu accelerator card rack cluster
    supercomputer workstation device wearable assistant app application service software model agent box module product line family generation
    architecture range switch display monitor headset glasses watch robot drive campus facility centre center plant factory programme program
    initiative project blueprint appliance concept console router camera earbuds dock desktop unit lamp instrument board adapter
    data-center datacenter gigafactory technology engine tool suite framework chatbot cooler""".split()
)

PERSON_NOUNS = frozenset(
    "executive chief boss man woman manager founder director analyst president chairman leader head officer".split()
)

TITLE_HEADS = (
    "chairman", "chairwoman", "chair", "chairperson", "ceo", "cfo", "coo", "cto", "cio", "cmo", "president", "vice president", "vice-president",
    "senior vice president", "executive vice president", "chief executive", "chief executive officer", "chief financial officer",
    "chief operating officer", "chief technology officer", "chief information officer", "chief marketing officer", "chief product officer",
    "chief strategy officer", "chief scientist", "chief economist", "chief commercial officer", "chief revenue officer", "chief people officer",
    "chief legal officer", "chief security officer", "chief sustainability officer", "chief designer", "chief architect", "chief analyst",
    "finance chief", "finance director", "technology chief", "research director", "managing director", "general manager",
    "director", "senior director", "executive director", "non-executive director", "independent non-executive director", "deputy director",
    "founder", "co-founder", "cofounder", "founding partner", "partner", "managing partner", "head", "global head", "deputy head", "manager",
    "analyst", "senior analyst", "principal analyst", "national officer", "spokesman", "spokeswoman", "spokesperson", "secretary", "general secretary",
    "secretary-general", "general counsel", "treasurer", "mayor", "minister", "commissioner", "professor", "dean", "rector", "editor", "head teacher",
    "country manager", "product manager", "country head", "team lead", "evp", "svp", "vp", "fellow", "distinguished engineer", "deputy chairman",
    "board member", "supervisory board chairman", "owner", "operations chief", "sales chief", "hardware chief", "research chief", "design chief",
    "interim chief executive", "acting chief executive", "deputy chief executive", "co-chief executive", "co-ceo", "chief of staff", "boss",
    "principal", "architect", "economist", "strategist", "portfolio manager", "fund manager", "programme director", "program director", "lead",
)  # fmt: skip
UNNAMED_HEADS = frozenset(["spokesman", "spokeswoman", "spokesperson", "representative", "spokespeople"])

HONORIFICS = frozenset(["mr", "ms", "mrs", "dr", "prof", "sir", "dame", "mr.", "ms.", "mrs.", "dr.", "prof."])

PLACES = frozenset(
    """africa|america|argentina|asia|atlanta|austin|australia|austria|bangalore|bangkok|barcelona|beijing|belgium|berlin|bogota|boston|brazil|britain|
    brussels|bucharest|budapest|bulgaria|california|cambridge|canada|chicago|chile|china|colombia|colorado|copenhagen|croatia|czech republic|dallas|
    delhi|denmark|denver|detroit|dubai|dublin|egypt|emea|england|estonia|ethiopia|europe|finland|florida|fortaleza|france|frankfurt|geneva|germany|
    ghana|greece|guadalajara|guangzhou|hamburg|hanoi|helsinki|hong kong|houston|hungary|iceland|illinois|india|indonesia|ireland|israel|istanbul|
    italy|jakarta|japan|johannesburg|kenya|korea|kuala lumpur|kuwait|las vegas|latin america|latvia|lisbon|lithuania|london|los angeles|luxembourg|
    madrid|mainz|malaysia|manila|mexico|miami|middle east|milan|monterrey|montreal|morocco|moscow|mumbai|munich|netherlands|nevada|new delhi|
    new jersey|new york|new zealand|nigeria|north america|north carolina|norway|ohio|oregon|osaka|oslo|ottawa|oxford|pakistan|paris|penang|peru|
    philadelphia|philippines|phoenix|poland|porto|portugal|prague|qatar|raleigh|riga|rio de janeiro|riyadh|romania|rome|rotterdam|russia|
    san diego|san francisco|san jose|santa clara|santiago|sao paulo|são paulo|saudi arabia|scotland|seattle|seoul|serbia|shanghai|shenzhen|
    silicon valley|singapore|slovakia|slovenia|south africa|south america|south korea|spain|stockholm|stuttgart|sweden|switzerland|sydney|taipei|
    taiwan|tallinn|tel aviv|tennessee|texas|thailand|tokyo|toronto|tunisia|turin|turkey|uk|ukraine|united arab emirates|united kingdom|
    united states|uruguay|us|u.s.|u.k.|u.a.e.|uae|utah|utrecht|valencia|vancouver|vienna|vietnam|vilnius|virginia|wales|warsaw|washington|wuhan|
    zurich|apac|asia pacific|asia-pacific|eu|european union|oceania|scandinavia|northern europe|southern europe|western europe|eastern europe|
    central europe|gulf|hefei|chengdu|hangzhou|nanjing|tianjin|arizona|georgia|michigan|pennsylvania|bavaria|catalonia|ireland|quebec|ontario"""
    .replace("\n", "").replace("    ", "").split("|")
)  # fmt: skip

DEMONYMS = frozenset(
    """american british chinese german french italian spanish dutch swedish norwegian danish finnish estonian latvian lithuanian polish czech hungarian
    austrian swiss belgian irish portuguese greek turkish russian ukrainian japanese korean taiwanese indian australian canadian mexican brazilian
    chilean argentine colombian israeli saudi emirati african european asian singaporean malaysian thai vietnamese indonesian scottish welsh
    english californian texan icelandic romanian bulgarian croatian slovak slovenian serbian moroccan egyptian kenyan nigerian peruvian
    south korean us u.s. uk latin nordic baltic""".split()
)

COMMON = frozenset(
    """the a an and or but nor so yet if then that this these those it its they their them he his him she her we our us you your i my me who whom
    whose which what when where why how as at by for from in into of off on onto out over per since than through till to toward towards under until
    up upon via with within without about above across after against along among around before behind below beneath beside besides between beyond
    despite down during except inside like near outside past plus regarding round throughout versus all another any both each either enough every
    few fewer less many more most much neither no none nothing several some such there here now today yesterday tomorrow however meanwhile moreover
    furthermore also still even only just not never once again perhaps maybe although though while whereas because unless whether yes oh well ask
    nor had has have having is are was were be been being do does did will would can could may might must shall should let lets
    first second third fourth fifth last next early earlier late later final annual quarterly monthly weekly daily new old former same other others
    one two three four five six seven eight nine ten eleven twelve dozens hundreds thousands millions most half
    revenue revenues sales profit profits income net gross operating earnings margin margins results shares stock stocks analysts investors
    customers employees people staff workers management executives officials sources markets market demand supply prices price pricing cost costs
    growth decline gain gains losses loss spending orders shipments deliveries units chips servers memory power cooling networking storage
    photo image photograph picture video credit source related share follow subscribe sign read click join copyright editor reporting
    separately specifically notably overall additionally following according based built made asked compared excluding including given despite
    founded headquartered located unveiled announced launched introduced designed powered priced available shipping pricing
    buyers sellers makers rivals competitors partners suppliers regulators shareholders visitors users developers engineers researchers
    highlights features key main top best great good big small large much chief senior vice global world international national regional local
    industry business company companies firm group unit division segment product products platform system systems machine machines
    technology technologies hardware software cloud data digital artificial intelligence ai pc pcs gpu gpus cpu cpus dpu tv it hr pr ir ceo cfo coo cto
    quarter year month week day period fiscal full phase inside outside installation delivery production competition construction work power cooling
    advanced end industrial measuring cooling correction update note tip comments comment leave reply anna usd eur gbp hkd rmb vat
    board analysts finance administration government state city nobody everyone everybody somebody anybody thanks please sorry
    computer computers computing laptop laptops phone phones tablet tablets notebook notebooks servers server wi-fi led oled hbm hbm4 hbm3e ddr5
    value together once alongside under wanted might want unlike like bottom-line top-line regionally units installation drivers flat fans
    competitors another nothing regulators things thing years months weeks days hours minutes chairman president founder director officer spokesman
    spokeswoman spokesperson executive chairwoman vice manager head lead professor minister mayor secretary mr ms mrs dr
    sixteen thirteen fourteen fifteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million billion
    gaming automotive networking infrastructure devices solutions services consumer enterprise commercial education healthcare
    training inference deployment development research marketing advertising manufacturing engineering operations logistics""".split()
) | MONTHS | DAYS  # fmt: skip
"""Words that, standing first in a sentence or a heading, need not be a name because of their capital."""
