"""Closed lists of English words the extractor leans on: what kind of thing a noun means, titles, places.

They are facts about the language, not about any company; what belongs to the world stands in the
watchlist and the catalogue.
"""

from __future__ import annotations


def word_set(text: str) -> frozenset[str]:
    """The words of a text as a set."""
    return frozenset(text.split())


def phrase_set(text: str) -> frozenset[str]:
    """The phrases between commas as a set, white space within them evened out."""
    return frozenset(" ".join(phrase.split()) for phrase in text.split(",") if phrase.strip())


MONTHS = word_set(
    """
    apr april aug august dec december feb february jan january jul july jun june mar march may nov november oct
    october sep sept september
    """
)
DAYS = word_set(
    """
    friday monday saturday sunday thursday tuesday wednesday
    """
)

ORG_NOUNS = word_set(
    """
    agency airline arm assembler authority automaker bank broker brokerage builder business buyer carmaker carrier
    chain chipmaker client commission company competitor concern conglomerate consortium consultancy contractor
    corporation customer daily designer developer distributor division exchange firm foundation foundry fund giant
    grocer group hospital hoster house hyperscaler institute insurer integrator investor lab laboratory lender
    magazine maker manufacturer ministry newspaper operator outfit partner provider publisher regulator researcher
    reseller retailer rival school seller shipper shop specialist start-up startup studio subsidiary supermarket
    supplier telco telecoms trust union unit university utility vendor
    """
)
"""What an organisation may be called: "the cloud provider"."""
ORG_SUFFIXES = word_set(
    """
    ab advisors ag agency airlines airways alliance analytics asa associates association authority bank board brands
    bv capital chemical chemicals chips cloud co commission company compute computers computing consortium consulting
    cooling corp corporation council courier daily data datacenters devices digital dispatch dynamics electric
    electronics energy entertainment exchange federation foods foundation gazette gmbh group health healthcare herald
    holding holdings hosting inc industries insights institute instruments insurance interactive international journal
    kk laboratories labs limited llc logistics ltd materials media memory micro ministry mobile motors networks news
    nv optical optics oyj partners pharmaceuticals photonics plc post power press research review robotics sa se
    securities semiconductor semiconductors silicon software solutions spa steel storage stores studios systems
    technologies technology telecom telecommunications therapeutics thermal times tribune trust union university
    ventures wire works
    """
)
"""Words that names of organisations end in."""

PRODUCT_NOUNS = word_set(
    """
    accelerator adapter agent app appliance application architecture assistant blueprint board box camera campus card
    center centre chatbot chip chipset cluster computer concept console convertible cooler cpu data-center datacenter
    desktop device display dock drive earbuds engine facility factory family flagship foldable framework generation
    gigafactory glasses gpu handheld handset headset initiative instrument lamp laptop line machine mainframe model
    module monitor notebook pc phone plant platform processor product program programme project rack range robot
    router server service smartphone software suite superchip supercomputer switch system tablet technology tool
    ultrabook unit watch wearable workstation
    """
)
"""What a product, a system or a programme may be called."""
PERSON_NOUNS = word_set(
    """
    analyst boss chairman chief director executive founder head leader man manager officer president woman
    """
)

TITLE_HEADS = phrase_set(
    """
    acting chief executive, analyst, architect, board member, boss, ceo, cfo, chair, chairman, chairperson,
    chairwoman, chief analyst, chief architect, chief commercial officer, chief designer, chief economist, chief
    executive, chief executive officer, chief financial officer, chief information officer, chief legal officer, chief
    marketing officer, chief of staff, chief operating officer, chief people officer, chief product officer, chief
    revenue officer, chief scientist, chief security officer, chief strategy officer, chief sustainability officer,
    chief technology officer, cio, cmo, co-ceo, co-chief executive, co-founder, cofounder, commissioner, coo, country
    head, country manager, cto, dean, deputy chairman, deputy chief executive, deputy director, deputy head, design
    chief, director, distinguished engineer, economist, editor, evp, executive director, executive vice president,
    fellow, finance chief, finance director, founder, founding partner, fund manager, general counsel, general
    manager, general secretary, global head, hardware chief, head, head teacher, independent non-executive director,
    interim chief executive, lead, manager, managing director, managing partner, mayor, minister, national officer,
    non-executive director, operations chief, owner, partner, portfolio manager, president, principal, principal
    analyst, product manager, professor, program director, programme director, rector, research chief, research
    director, sales chief, secretary, secretary-general, senior analyst, senior director, senior vice president,
    spokesman, spokesperson, spokeswoman, strategist, supervisory board chairman, svp, team lead, technology chief,
    treasurer, vice president, vice-president, vp
    """
)
"""Titles of posts, without what they are titles of."""
UNNAMED_HEADS = word_set(
    """
    representative spokesman spokespeople spokesperson spokeswoman
    """
)
HONORIFICS = word_set(
    """
    dame dr dr. mr mr. mrs mrs. ms ms. prof prof. sir
    """
)

PLACES = phrase_set(
    """
    africa, america, apac, argentina, arizona, asia, asia pacific, asia-pacific, atlanta, austin, australia, austria,
    bangalore, bangkok, barcelona, bavaria, beijing, belgium, berlin, bogota, boston, brazil, britain, brussels,
    bucharest, budapest, bulgaria, california, cambridge, canada, catalonia, central europe, chengdu, chicago, chile,
    china, colombia, colorado, copenhagen, croatia, czech republic, dallas, delhi, denmark, denver, detroit, dubai,
    dublin, eastern europe, egypt, emea, england, estonia, ethiopia, eu, europe, european union, finland, florida,
    fortaleza, france, frankfurt, geneva, georgia, germany, ghana, greece, guadalajara, guangzhou, gulf, hamburg,
    hangzhou, hanoi, hefei, helsinki, hong kong, houston, hungary, iceland, illinois, india, indonesia, ireland,
    israel, istanbul, italy, jakarta, japan, johannesburg, kenya, korea, kuala lumpur, kuwait, las vegas, latin
    america, latvia, lisbon, lithuania, london, los angeles, luxembourg, madrid, mainz, malaysia, manila, mexico,
    miami, michigan, middle east, milan, monterrey, montreal, morocco, moscow, mumbai, munich, nanjing, netherlands,
    nevada, new delhi, new jersey, new york, new zealand, nigeria, north america, north carolina, northern europe,
    norway, oceania, ohio, ontario, oregon, osaka, oslo, ottawa, oxford, pakistan, paris, penang, pennsylvania, peru,
    philadelphia, philippines, phoenix, poland, porto, portugal, prague, qatar, quebec, raleigh, riga, rio de janeiro,
    riyadh, romania, rome, rotterdam, russia, san diego, san francisco, san jose, santa clara, santiago, sao paulo,
    saudi arabia, scandinavia, scotland, seattle, seoul, serbia, shanghai, shenzhen, silicon valley, singapore,
    slovakia, slovenia, south africa, south america, south korea, southern europe, spain, stockholm, stuttgart,
    sweden, switzerland, sydney, são paulo, taipei, taiwan, tallinn, tel aviv, tennessee, texas, thailand, tianjin,
    tokyo, toronto, tunisia, turin, turkey, u.a.e., u.k., u.s., uae, uk, ukraine, united arab emirates, united
    kingdom, united states, uruguay, us, utah, utrecht, valencia, vancouver, vienna, vietnam, vilnius, virginia,
    wales, warsaw, washington, western europe, wuhan, zurich
    """
)
"""Places that need no evidence around them."""
DEMONYMS = word_set(
    """
    african american argentine asian australian austrian baltic belgian brazilian british bulgarian californian
    canadian chilean chinese colombian croatian czech danish dutch egyptian emirati english estonian european finnish
    french german greek hungarian icelandic indian indonesian irish israeli italian japanese kenyan korean latin
    latvian lithuanian malaysian mexican moroccan nigerian nordic norwegian peruvian polish portuguese romanian
    russian saudi scottish serbian singaporean slovak slovenian south spanish swedish swiss taiwanese texan thai
    turkish u.s. uk ukrainian us vietnamese welsh
    """
)

COMMON = (
    word_set(
        """
    a about above according across additionally administration advanced advertising after again against ai all along
    alongside also although among an analysts and anna announced annual another any anybody are around artificial as
    ask asked at automotive available based be because been before behind being below beneath beside besides best
    between beyond big billion board both bottom-line built business but buyers by can ceo cfo chairman chairwoman
    chief chips city click cloud comment comments commercial companies company compared competition competitors
    computer computers computing construction consumer coo cooling copyright correction cost costs could cpu cpus
    credit cto customers daily data day days ddr5 decline deliveries delivery demand deployment designed despite
    developers development devices did digital director division do does down dozens dpu dr drivers during each
    earlier early earnings editor education eight eighteen eighty either eleven employees end engineering engineers
    enough enterprise eur even every everybody everyone except excluding executive executives fans features few fewer
    fifteen fifth fifty final finance firm first fiscal five flat follow following for former forty founded founder
    four fourteen fourth from full furthermore gain gains gaming gbp given global good government gpu gpus great gross
    group growth had half hardware has have having hbm hbm3e hbm4 he head headquartered healthcare her here highlights
    him his hkd hours how however hr hundred hundreds i if image in including income industrial industry inference
    infrastructure inside installation intelligence international into introduced investors ir is it its join just key
    laptop laptops large last late later launched lead leave led less let lets like local located logistics loss
    losses machine machines made main makers management manager manufacturing many margin margins market marketing
    markets maybe mayor me meanwhile measuring memory might million millions minister minutes month monthly months
    more moreover most mr mrs ms much must my national near neither net networking never new next nine nineteen ninety
    no nobody none nor not notably note notebook notebooks nothing now of off officer officials oh old oled on once
    one only onto operating operations or orders other others our out outside over overall partners past pc pcs people
    per perhaps period phase phone phones photo photograph picture platform please plus power powered pr president
    price priced prices pricing product production products professor profit profits quarter quarterly read regarding
    regional regionally regulators related reply reporting research researchers results revenue revenues rivals rmb
    round sales same second secretary segment sellers senior separately server servers services seven seventeen
    seventy several shall share shareholders shares she shipments shipping should sign since six sixteen sixty small
    so software solutions some somebody sorry source sources specifically spending spokesman spokesperson spokeswoman
    staff state still stock stocks storage subscribe such suppliers supply system systems tablet tablets technologies
    technology ten than thanks that the their them then there these they thing things third thirteen thirty this those
    though thousand thousands three through throughout till tip to today together tomorrow top top-line toward towards
    training tv twelve twenty two under unit units unless unlike until unveiled up update upon us usd users value vat
    versus via vice video visitors want wanted was we week weekly weeks well were what when where whereas whether
    which while who whom whose why wi-fi will with within without work workers world would year years yes yesterday
    yet you your
    """
    )
    | MONTHS
    | DAYS
)
"""Words that, standing first in a sentence or a heading, need not be a name because of their capital."""
