"""Notices of publishers in their own wordings: consent, paywalls, commissions, standards, captions, teasers; more data
for `flows.read.boilerplate`.

Patterns are anchored where a notice begins and bounded in what they span. English, German, French,
Spanish and Chinese. All are matched against a line in lower case.
"""

from __future__ import annotations

import re

_CONSENT = (
    r"(?:we|our site|this (?:web ?)?(?:site|page)|"
    r"[\w-]{2,40}\.[a-z]{2,8}) (?:and our (?:\d[\d,.]* )?partners )?(?:uses?|stores?|sets?|"
    r"places?|relies on|rely on)\b.{0,80}\b(?:cookies?|(?:similar|tracking) technolog\w+|information on (?:a|your) device)\b",
    r"we (?:value|respect|care about) your privacy\b",
    r"(?:your )?(?:privacy choices|cookie (?:choices|consent|notice|banner))\b",
    r"by (?:continuing|clicking|using|browsing|closing)\b.{0,100}\b(?:agree to|accept (?:our|the use|all)|consent to)\b",
    r"(?:wir|diese (?:web)?seite|diese website|unsere website)\b.{0,60}\b(?:verwenden|verwendet|nutzen|nutzt|setzen|setzt)\b"
    r".{0,60}\bcookies?\b",
    r"wir und unsere (?:\d+ )?partner\b|(?:alle )?cookies (?:akzeptieren|zulassen|ablehnen)\b|alle akzeptieren\b",
    r"(?:nous|ce site|notre site)\b.{0,60}\b(?:utilisons|utilise|déposons|dépose)\b.{0,60}\bcookies?\b",
    r"nous et nos (?:\d+ )?partenaires\b|(?:tout accepter|accepter (?:tout|et fermer)|continuer sans accepter)\b",
    r"(?:nosotros|este sitio|esta (?:web|página)|nuestro sitio|utilizamos|usamos)\b.{0,60}\bcookies?\b",
    r"(?:nosotros y )?nuestros (?:\d+ )?socios (?:almacen|utiliz)|aceptar (?:todo|todas|y cerrar)\b",
    r"(?:本(?:网站|网页|站)|我们)(?:会)?使用\s?cookie|(?:接受|同意)(?:全部|所有)?\s?cookie|继续(?:浏览|使用)(?:本网站)?即表示",
)
_PAYWALL = (
    r"(?:(?:please )?(?:subscribe|sign in|log in|register|sign up)) to (?:read|continue|keep reading|unlock|access|view)\b",
    r"to (?:continue|keep) reading\b|(?:continue|keep) reading (?:with|for|by|in|on|your|the full|this)\b",
    r"(?:unlock|read) (?:the (?:rest|full)|this|full)\b.{0,40}\b(?:article|story|review|access|free|trial|subscri\w+|members?)\b",
    r"(?:the rest of )?this (?:article|story|post|content) is (?:locked|behind|only|exclusive|reserved|(?:available )?(?:only |"
    r"exclusively )?(?:for|to) (?:paying |our )?(?:subscribers|members))\b",
    r"(?:only|just) [$€£]\s?\d[\d.,]* (?:for|a|per) (?:the first |your first )?(?:\w+ )?(?:week|month|year)s?\b.{0,60}"
    r"\b(?:cancel|trial|subscri\w+)\b",
    r"(?:weiterlesen|jetzt (?:lesen|testen|weiterlesen)|dieser artikel ist|lesen sie (?:den|diesen) (?:ganzen|vollständigen))\b"
    r".{0,80}\b(?:abo\w*|plus|digital\w*|kostenlos|testen|abonnenten|\+)",
    r"(?:article |contenu )?réservé aux abonnés\b|il vous reste \d+\s?% de cet article|(?:la suite|cet article) est réservée?\b",
    r"(?:contenido |artículo )?(?:exclusivo|solo|reservado) para (?:suscriptores|socios)\b|para (?:seguir|continuar) leyendo\b",
    r"(?:本文|以下内容|全文)为?(?:付费|会员)|(?:登录|订阅|付费|扫码)(?:后)?(?:即可)?(?:阅读|查看|解锁)",
)
_SIGN_UP = (
    r"(?:abonnieren sie|jetzt (?:abonnieren|anmelden)|melden sie sich|hier (?:anmelden|geht es zu)|unser(?:en)? newsletter)\b"
    r".{0,120}",
    r"(?:abonnez-vous|inscrivez-vous|recevez|s['’]inscrire)\b.{0,120}\b(?:newsletter|lettre|infolettre|"
    r"e-?mail|gratuit\w*|chaîne)\b",
    r"(?:suscr[ií]b\w+|regístr\w+|apúnt\w+|recib[ea])\b.{0,120}\b(?:boletín|newsletter|correo|gratis|canal)\b",
    r"(?:欢迎|点击|扫码|立即)?(?:订阅|关注)(?:我们|本(?:报|站|刊)|微信|公众号|官方)",
    r"(?:\d[\d,.]*|\w+ in \w+|thousands of|join the \d[\d,.]*) (?:of (?:our )?)?(?:readers|subscribers|people|professionals)\b"
    r".{0,80}\b(?:newsletter|inbox|subscribe|sign up|briefing)\b",
    r"(?:before you go|one more thing|hey,? reader|enjoying this)\b.{0,160}\b(?:newsletter|subscri\w+|inbox|support|coffee)\b",
    r"(?:buy (?:us|me) a (?:coffee|beer)|support us on|tip jar|donate|become a (?:patron|supporter|member))\b",
    r"(?:set|add|make) [\w .+-]{2,30} (?:as )?(?:a |your )?preferred source\b|add (?:us|[\w ]{2,30}) (?:to|on|as) google\b",
)
_MONEY_MATTERS = (
    r"(?:we|our (?:team|site)) (?:may |might |can |will |often )?(?:earns?|receives?|gets?|collects?) (?:an? )?(?:small |"
    r"affiliate )?(?:commission|fee|share|cut)\b.{0,60}\b(?:links?|buy|purchases?|sales?|retailers?|clicks?|partners?|shop)\b",
    r"(?:as an amazon associate|\*?\s?affiliate[- ]?(?:links?|disclosure|notice)|(?:this|the) (?:post|article|page|review|guide) "
    r"(?:may )?(?:contains?|includes?) (?:affiliate|sponsored|paid)|\*?\s?werbelink|enthält (?:affiliate|werbe)|"
    r"mit \* gekennzeichnete links|cet article (?:contient|comporte) des liens|este artículo (?:contiene|incluye) enlaces)\b",
    r"\(?(?:all )?prices?\b.{0,40}\b(?:correct|accurate|checked) (?:at|as of)\b|(?:alle )?preise (?:inkl|zzgl|ohne gewähr)",
    r".{2,40} (?:lent|loaned|sent|supplied|provided) us (?:with )?(?:the|a|an|this|our|two|its)\b.{0,60}\b"
    r"(?:for (?:\w+ ){1,2}(?:days?|weeks?|months?)|for (?:this )?(?:review|test\w*)|review unit|sample|on loan)\b.{0,40}",
    r"\(?(?:[$€£¥]\s?1|1 (?:u\.?s\.? )?(?:dollar|euro|pound|yuan|yen|usd|eur|gbp)s?) (?:=|equals|is)\s.{2,60}",
)
_STANDARDS = (
    r"our standards\s?:|(?:the )?(?:views|opinions|statements)(?: expressed)?(?: (?:here|"
    r"in this [\w ]{3,20}))? are (?:those|solely|"
    r"the author)",
    r"(?:disclaimer|disclosure|hinweis der redaktion|anm(?:erkung)?\.? d(?:er)?\.? red(?:aktion)?\.?|"
    r"ndlr|note de la rédaction|nota (?:del editor|de la redacción)|avertissement|aviso legal|haftungsausschluss|编者按|编者注|"
    r"风险提示|声明)\s?[:：]",
    r"(?:this|the above|nothing (?:in this|here|on this))\b.{0,60}\b(?:not|no|constitutes?) (?:be |as |a )?(?:construed|"
    r"(?:financial|investment|legal) advice|recommendation)\b",
    r"(?:alle )?angaben ohne gewähr\b|(?:specifications|prices|availability)\b.{0,60}\bsubject to change\b",
    r"(?:quotes|market data) (?:by|from|delayed|provided)\b.{0,40}\b(?:minutes?|delayed|provided)\b",
    r"(?:this|the) (?:interview|conversation|transcript|text|q&a)\b.{0,60}\b(?:edited|condensed|shortened|translated|abridged)\b",
    r"(?:transcript|interview) (?:shortened|edited|condensed|translated)\b",
    r"(?:questions|interview|gespräch|fragen|entretien|entrevista) ?(?:by|von|par|por|"
    r":) ?[a-zà-ÿ'’-]{2,20} [a-zà-ÿ'’ -]{2,30}\.?$",
    r"(?:mit material von|mit agenturmaterial|quelle|avec (?:l['’])?(?:afp|reuters)|con información de|propos recueillis par|"
    r"redaktion|bearbeitung|rédaction|redacción)\b\s?:?.{0,80}$",
    r"(?:pls\.?|please|bitte) (?:enable|activate|turn on|aktivieren)\b.{0,40}\bjavascript\b|"
    r"your browser (?:does not|doesn['’]t)\b"
    r"|ad(?:vertisement)? feedback$",
)
_PICTURES = (
    r"(?:image|photo|picture|video|bild|foto) ?(?:caption|text|description|alt)\s?:.{1,200}",
    r"(?:caption|bildunterschrift|pie de foto|bildquelle|bildnachweis|titelbild|"
    r"symbolbild|crédits? photos?|légende|图注|图说|图源|题图)"
    r"\s?[:：].{1,200}",
    r"(?:press|product|handout|file|stock|archive) (?:photo|image|picture|shot)s?\.?(?:\s?[:—–-] .{0,60})?",
    r"(?:click|tap|swipe|scroll) (?:to|for|on|through)\b.{0,60}\b(?:enlarge|zoom|gallery|images?|photos?|more|"
    r"expand|see)\b.{0,20}",
)
_PIECES = (
    r"(?:articles?|audits?|stor(?:y|ies)|posts?|columns?|episodes?|interviews?|headlines?|reviews?|podcasts?|news(?:letters?)?|"
    r"analys[ei]s)"
)
_TEASERS = (
    rf"(?:older|earlier|previous|past|recent|latest|other|more|further|similar) {_PIECES}(?: .{{1,30}})?\s?:\s.{{3,300}}",
    r"(?:more on this(?: story| topic)?|from the archives?|also (?:today|this week|in this (?:issue|section)|on (?:our )?\w+)|"
    r"elsewhere(?: (?:on|in|today) .{0,20})?|tested elsewhere|what we['’]re reading|our pick|trending|in other news|next up|"
    r"(?:the )?(?:long|weekend) reads?|on the podcast|tomorrow|coming up)\s?:\s.{3,300}",
    r"(?:jobs? (?:board|of the week)|vacanc(?:y|ies)|stellenmarkt|stellenangebote?|classifieds|events? calendar|termine|"
    r"agenda|crossword|horoscope|quiz|poll|umfrage|deal of the (?:day|week)|shop)\s?[:|]\s.{3,200}",
    r"(?:auch interessant|mehr dazu|lesetipp|passend dazu|zum thema|weitere (?:artikel|meldungen|themen)|"
    r"lire la suite|à voir aussi|"
    r"voir aussi|en savoir plus|ver también|más sobre|leer más|más información|"
    r"更多(?:阅读|内容|新闻)?|点击(?:查看|阅读)(?:更多)?|"
    r"上一篇|下一篇|热文|往期(?:回顾|推荐))\s?[:：»|].{2,300}",
    r"(?:read|see|watch|listen to|check out|find) (?:our|the|more of our|all our|"
    r"all of our)\b(?: \w+){0,3} (?:coverage|guide|review|"
    r"explainer|roundup|gallery|podcast|analysis|live blog|hub|archive)\b[^.]{0,80}\.?",
    r"(?:continue reading|weiterlesen|lire la suite|seguir leyendo|leer más|"
    r"继续阅读|阅读全文|阅读原文|查看原文|展开全文|mehr lesen)"
    r"[ .…»›→>]{0,4}",
)
_SOCIAL = (
    r"(?:[💬👍❤♥🔁🗨📤]\s?\d[\d.,km]*\s*)+|(?:\d[\d.,km]* (?:likes?|shares?|views?|retweets?|reposts?|upvotes?|claps?|comments?)"
    r"(?:\s?[|·•,]\s?|\s+|$)){1,5}",
    r"(?:reply|share|report|like|upvote|downvote|flag|quote|permalink)(?:[ |·•,]{1,3}(?:reply|share|report|like|upvote|downvote|"
    r"flag|quote|permalink)){1,5}",
    r"#?\w{2,40}(?:[\s,]+#\w{2,40}){1,20}",
    r"(?:teilen|partager|compartir|merken|drucken|vorlesen|kommentieren|imprimer|imprimir|gift this article|save to my\w+|"
    r"点赞|收藏|转发|评论|分享到?)(?:\s?[|·•/,、]\s?[\w\u3400-\u9fff -]{1,20}){0,6}",
    r"\d{1,5} (?:kommentare?|commentaires?|comentarios?|reacties|commenti)(?: .{0,40})?|\d{1,5}\s?条?评论",
    r"(?:hören sie|écouter|escuchar|listen to) (?:diesen artikel|cet article|este artículo|this (?:article|story))\b.{0,40}",
    r"(?:folgen sie uns|suivez-nous|síguenos|find us|follow our|follow us|add us)\b.{0,120}",
    r"(?:lesezeit|lesedauer|temps de lecture|lecture|tiempo de lectura|阅读时间)\s?:?.{0,30}(?:min\w*|分钟)\.?",
)


def _compiled(*groups: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for group in groups for pattern in group))


_OPENING = _compiled(_CONSENT, _PAYWALL, _SIGN_UP, _MONEY_MATTERS, _STANDARDS)
_WHOLE = _compiled(_PICTURES, _SOCIAL)
_TEASER = _compiled(_TEASERS)
_TOLD = re.compile(r"\b(?:said|says|told|according|announced|added|reported|confirmed)\b")
_LEAD = re.compile(r"^[\s*_#>•·†‡¹²()\[\]【】~-]+|[\s*_#)\]~]+$")
_STRIP = re.compile(r"\s[|•·]\s")


def is_notice(line: str, words: int) -> bool:
    """Whether a line is a notice, a teaser or furniture. `words` of it; above 70 it is not."""
    if words > 70:
        return False
    low = _LEAD.sub("", line.lower())
    if not low or _TOLD.search(low):
        return False
    if _OPENING.match(low) or _WHOLE.fullmatch(low):
        return True
    return low[-1] not in ".。" and _TEASER.fullmatch(low) is not None


def is_strip(line: str) -> bool:
    """Headlines of other articles side by side: two or more pieces of four words or more, none of them mere figures."""
    if line.startswith("|"):
        return False
    pieces = [piece.split() for piece in _STRIP.split(line)]
    return len(pieces) > 1 and all(
        len(piece) >= 4 and sum(word.isalpha() and word.islower() for word in piece) >= 2 and piece[-1][-1] not in ".。"
        for piece in pieces
    )
