"""The shapes of lines that belong to a page and not to its story; data for `flows.read.boilerplate`.

Patterns are anchored and their repetitions bounded, so that no line costs more than its length.
English in the main, with the usual German, French, Spanish, Italian, Portuguese, Dutch, Chinese
and Japanese headings. Lower-case patterns match in any case.
"""

from __future__ import annotations

import re
from collections.abc import Iterator


def _any(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns), re.IGNORECASE)


_END = r"\s*[:：…▼»>]{0,2}\s*"
_PIECES = r"(?:articles?|stor(?:y|ies)|news|posts?|reading|reads|coverage|videos?|headlines?|blogs?|blog posts?)"
_THINGS = (
    rf"(?:{_PIECES}|content|read|topics?|links?|reports?|items?|pages?|features?|analysis|entries|now|today|for you"
    rf"|this week)"
)

_RELATED = _any(
    rf"(?:related|recommended|suggested|similar|popular|trending|sponsored)(?: {_THINGS}| (?:from|on|about|in"
    rf"|by) [^.!?]{{1,40}}){{1,3}}{_END}",
    rf"(?:latest|recent|top|featured|other|more|further|additional|our latest) {_PIECES}(?: (?:from|on|about|in|by"
    rf"|for) [^.!?]{{1,40}})?{_END}",
    rf"more (?:from|on|about|in|by|like this|to (?:read|explore))(?: [^.!?]{{1,40}})?{_END}",
    rf"more {_PIECES} (?:you|like|to) [^.!?]{{1,40}}{_END}",
    rf"(?:related|recommended|trending|see also|also read|read also|read next|read more|more|top stories"
    rf"|what to read next|up next|next up){_END}",
    rf"(?:keep reading|continue reading|further reading|in other news|elsewhere|also in the news|around the web"
    rf"|popular now|we recommend){_END}",
    rf"(?:don['’]t miss|must[- ]reads?|in case you missed it|icymi|editor['’]?s['’]? (?:picks?|choice)|explore more"
    rf"|see more|latest){_END}",
    rf"(?:people also (?:read|ask|viewed)|others also read|from (?:the web|our partners|our sponsors|the archives?)){_END}",
    rf"(?:promoted|sponsored|partner content|paid content|newer|older|tags|filed under|categories){_END}",
    rf"(?:previous|next)(?: post| article| story)?{_END}",
    rf"you (?:may|might|could)(?: also)? (?:like|be interested in|enjoy|have missed|want to read){_END}",
    rf"(?:the |our |five |ten |\d+ )?(?:most|best)[- ](?:read|viewed|popular|shared|commented|discussed|watched"
    rf"|clicked|e-?mailed|recent)"
    rf"(?: {_THINGS}| (?:in|on|this|of) [^.!?]{{1,40}}){{0,3}}{_END}",
    rf"(?:mehr (?:zum thema|aus|von|dazu)[^.!?]{{0,40}}|lesen sie auch|auch interessant|verwandte (?:artikel|themen)"
    rf"|meistgelesen[^.!?]{{0,20}}){_END}",
    rf"(?:das könnte (?:sie|dich|ihnen|dir) auch [^.!?]{{1,20}}|weitere (?:artikel|themen|nachrichten"
    rf"|meldungen)[^.!?]{{0,20}}){_END}",
    rf"(?:à lire aussi|lire aussi|sur le même (?:sujet|thème)|les plus lus|articles (?:liés|similaires|connexes)){_END}",
    rf"(?:lee también|te puede interesar|noticias relacionadas|artículos relacionados|lo más leído|más (?:leídas"
    rf"|leídos|noticias)){_END}",
    rf"(?:leggi anche|articoli correlati|lees ook|leia também|notícias relacionadas){_END}",
    rf"(?:相关(?:阅读|新闻|文章|报道|推荐|链接)|(?:推荐|延伸)阅读|延伸閱讀|更多(?:新闻|阅读|文章|报道)?|热门(?:文章"
    rf"|新闻|推荐)?){_END}",
    rf"(?:猜你喜欢|大家都在看|精彩推荐|最新(?:文章|新闻)|相關(?:閱讀|新聞|文章)|関連記事|おすすめ記事|人気記事){_END}",
)

_COMMENTS = _any(
    r"(?:post|leave|write|add|submit)(?: (?:a|an|your|the|us a))? (?:comments?|repl(?:y|ies))(?:[.!:(].{0,90})?",
    r"(?:join the (?:conversation|discussion)|share your thoughts|have your say|what do you think)(?:[.!:(?].{0,90})?",
    rf"(?:show |view |read |see |hide )?(?:all )?\(?(?:\d[\d.,]{{0,6}}|no|one)\)? (?:readers?['’]? )?(?:comments?"
    rf"|repl(?:y|ies)|responses?|thoughts?)"
    rf"(?: (?:on|to) [“\"'].{{1,90}})?{_END}",
    rf"(?:readers?['’]? |user |latest |top |newest |oldest |all |show |view |hide )?(?:comments?|kommentare?"
    rf"|commentaires?|comentarios?|commenti|reacties)"
    rf"\s*\(?\d{{0,6}}\)?{_END}",
    r"(?:comments?|commenting)(?: are| is)? (?:now )?(?:closed|disabled|off|open)\.?",
    r"(?:sign in|log in|register|login) to (?:post a )?comment[.!]?|loading comments[.…]{0,3}",
    r"be the first to (?:post |leave |write |add )?(?:a )?comment[.!]?",
    r"(?:schreiben sie einen kommentar|laissez un commentaire|deja un comentario).{0,40}",
    rf"(?:网友评论|评论\s*[(（]?\d{{0,5}}[)）]?|发表评论|我要评论|コメント\s*[(（]?\d{{0,5}}[)）]?){_END}",
)

_NOTICES = _any(
    rf"(?:forward[- ]looking statements?|safe[- ]harbou?r(?: statements?)?|cautionary (?:note"
    rf"|statement)[^.!?]{{0,60}}|notes? to editors?){_END}",
    rf"(?:(?:media |press |investor )?contacts?|(?:media|press|investor) relations|contact information"
    rf"|legal (?:notice|disclaimer)s?|disclaimers?"
    rf"|trademarks?){_END}",
    rf"about (?:this|the) (?:authors?|writers?|article|site|newsletter|contributors?){_END}",
)
_ABOUT = re.compile(
    r"(?:About|Über|À propos d[eu'’]\s?|Acerca de|关于|關於)\s*(?!\d)(?:the )?[A-Z\u3400-\u9fff][^.!?:;,]{0,60}:?"
)

_PITCH = _any(
    r"(?:get|join|try|read|receive|subscribe to|sign up (?:for|to)|start your day with|never miss"
    r"|stay [^.!?]{2,20} with) [^.!?]{0,60}"
    r"\b(?:newsletters?|brief(?:ings?)?|bulletins?|e-?mails?|inbox|digest|round-?up|alerts?|updates|subscribers?"
    r"|podcast)\b[^.!?]{0,40}[.!:]?",
    r"(?:(?:our |the |free |daily |weekly |morning |evening ){0,3}newsletters?(?: sign-?up)?|newsletter abonnieren"
    r"|订阅)[.!:]?",
    r"(?:subscribe|sign up)(?: now| today| here| free)?[.!:]?",
)


def section(text: str) -> str | None:
    """What a short line opens: `comments`, `related`, `about`, `pitch`; None for any other line."""
    text = text.strip("#*=-–—•| \t")
    if _COMMENTS.fullmatch(text):
        return "comments"
    if _RELATED.fullmatch(text):
        return "related"
    if _NOTICES.fullmatch(text) or _ABOUT.fullmatch(text):
        return "about"
    if _PITCH.fullmatch(text):
        return "pitch"
    return None


_NAME = r"(?:[A-ZÀ-Þ][\w.'’-]{0,24}|de|van|von|der|den|la|le|al|bin|and|und|et|y|&)"
_BYLINE = re.compile(
    rf"(?:[Bb]y|BY|Von|Par|Por|(?:Text|Words|Story)(?: by)?:?) {_NAME}(?:,? {_NAME}){{0,6}}(?:\s?["
    rf"|,/•·–—-] ?[^.!?]{{1,60}})?"
)
_WRITTEN = _any(
    r"[(\[（【]?\s*(?:additional )?(?:reporting|editing|writing)(?: contributed)? by:? [^!?]{2,300}",
    r"[(\[（【]\s*(?:reported|written|edited|compiled|translated|produced|graphics?"
    r"|photography) by:? [^!?]{2,200}[)\]）】]",
    r"(?:written|edited|compiled|translated|posted|published|reviewed|photography|graphics?) by:? [^.!?]{2,50}",
    r"with (?:additional )?(?:reporting|contributions) (?:by|from) [^.!?]{2,120}\.?|.{2,80} contributed (?:to this"
    r"|reporting)\b.{0,60}",
    r"(?:author|editor|writer|reporter|journalist|correspondent|copy ?editor|translator)s?\s*[:：|] ?[^.!?]{2,80}",
    r"(?:记者|文|作者|编辑|責任編輯|责任编辑|编译|来源|校对|撰文|責編)\s*[:：丨|／/ ][^。！？]{1,40}",
)
_CREDIT = _any(
    r"(?:(?:featured |header |cover |hero |main |file |lead |top |stock )?(?:photo(?:graph|s|graphy)?|image|picture"
    r"|pic|illustration|graphic"
    r"|screenshot|render(?:ing)?|video|foto|bild|grafik)s?|photo illustration)(?: (?:credit|source)s?)?"
    r"\s*(?:[:：]|/| courtesy| ©| \(c\)| by | from | via )[^!?]{1,160}",
    r"[(\[](?:image|photo|picture|video|photograph)s?(?: credit| by| courtesy)?[:：]? [^!?]{1,120}[)\]]",
    r"(?:credits?|crédito|crédit photo)\s*[:：].{1,120}",
    r"(?:图片来源|图源|图|摄影|图片|圖片來源)\s*[:：／/][^。！？]{1,40}",
    r"[(\[]?(?:©|\(c\) ?\d{4}|copyright (?:©|\(c\)|\d{4}))[^!?]{1,200}",
    r".{1,80}[/|–—] ?(?:getty images?|afp|ap photo|shutterstock|unsplash|istock(?:photo)?|pixabay|alamy)[^.!?]{0,30}\.?",
)
_UNIT = r"(?:s|sec|m|min|h|d|w|seconds?|minutes?|mins?|hours?|hrs?|days?|weeks?|months?|years?)"
_AGE = _any(
    rf"(?:(?:published|posted|updated|last updated|added)[:\s]{{1,2}})?(?:an?|\d{{1,3}}) ?{_UNIT} ago(?: ?["
    rf"|•·-].{{0,60}})?",
    rf"[^.!?|]{{2,50}}[|•·] ?(?:an?|\d{{1,3}}) ?{_UNIT} ago",
    r"(?:about )?\d{1,3}[- ]?min(?:ute)?s?\.? (?:read|to read|lesezeit)(?: ?[|•·-].{0,60})?",
    r"(?:reading time|read time|lesezeit|estimated reading time):? .{1,20}",
)
_NETWORK = (
    r"(?:facebook|twitter|x|linkedin|whatsapp|reddit|telegram|social media|google news|instagram|youtube|e-?mail|threads"
    r"|mastodon|bluesky)"
)
_FURNITURE = _any(
    r"(?:skip to (?:main )?content|skip (?:navigation|ad)|(?:main |site )?(?:menu|navigation)|home|search|log ?in"
    r"|sign ?in|log ?out|register"
    r"|my account|create (?:an )?account|print|e-?mail|save|share|tweet|copy link|link copied|close|back to top"
    r"|to the top|open menu|ad|ads"
    r"|advertisement|advertorial|loading|load more|show more|view more|learn more|click here|continue"
    r"|listen(?: to this article)?|play|pause"
    r"|mute|facebook|twitter|linkedin|whatsapp|reddit|telegram|pinterest|instagram|youtube|rss|weibo|wechat|anzeige"
    r"|werbung|publicité"
    r"|publicidad|分享|广告|返回顶部)[.…:»›>→]{0,3}",
    r"(?:advertisement[.:]? (?:scroll|continue|article|story)|advertisement|story continues|article continues"
    r"|scroll (?:down )?to continue|continue reading"
    r"|content continues)\b(?: below)?[^.!?]{0,60}\.?",
    rf"(?:share|tweet|print|follow|like|pin|e-?mail)(?: (?:this|us|it|me))?(?: (?:article|story|post|page))?(?: (?:on"
    rf"|via|with|to))? {_NETWORK}\b.{{0,120}}",
    r"(?:share|print|bookmark|save) this(?: article| story| post| page)?(?:[ |,:].{0,60})?",
    rf"follow (?:us|me|him|her|them|@?\w{{2,25}}(?: \w{{2,25}})?) on {_NETWORK}\b.{{0,160}}",
    r"(?:terms (?:of (?:use|service)|and conditions|& conditions)|privacy (?:policy|notice|statement)"
    r"|cookie (?:policy|settings|preferences)"
    r"|do not sell my (?:personal )?(?:info|information|data)|accessibility statement|impressum|datenschutz"
    r"|sitemap)(?:[ |•·,&].{0,200})?",
    r".{0,160}\ball rights reserved\b.{0,200}",
    r"you (?:have|['’]ve) (?:\d+|reached|read)[^.!?]{0,60}\b(?:free articles?|article limit).{0,200}",
    r"this (?:article|content|story) is (?:for|available (?:only )?to|reserved for) (?:\w+ ){0,3}(?:subscribers"
    r"|members).{0,200}",
    r"already (?:a|have) (?:subscriber|member|an? account|subscription).{0,200}",
    r"(?:got|have) a (?:news )?(?:tip|story|scoop)\b.{0,200}",
    r"(?:view|see|read|visit) (?:the )?(?:original|source) (?:content|version|article|post|story|release).{0,160}",
    r"(?:source|via|sources|tags?|topics?|filed under|categor(?:y|ies)|keywords?|标签|来源)\s*[:：] ?[^.!?。]{1,120}",
    r"#\s?#\s?#|-+ ?(?:ends?|30) ?-+|\*{3,9}|[-_=~]{3,99}",
    r"this (?:article|story|post|piece|interview|press release) (?:was |has been |first |originally |also ){1,3}"
    r"(?:published|appeared|posted|produced|sponsored|translated|created|generated).{0,200}",
    r"(?:report an error|republish this (?:story|article)|support (?:independent|our) journalism|discuss (?:this "
    r"|on our )[^.!?]{1,30})[.!]?",
    r"this is a (?:breaking|developing) (?:news )?story\b.{0,100}|免责声明.{0,300}|原标题[:：].{0,100}|更多精彩.{0,40}",
    r"(?:we may earn|this (?:page|article|post|story) (?:may )?contains? affiliate).{0,240}",
    r"(?:if you|when you) (?:buy|purchase|click)[^.!?]{0,60}(?:we may|commission).{0,240}",
)
_VERSION = r"(?:earlier|previous|original|prior) versions?"
_PIECE = r"this (?:article|story|post|piece|report|headline)"
_ROLE = re.compile(
    rf"{_NAME}(?: {_NAME}){{1,4}} ?[|,•·–—-] ?(?:(?:Senior|Staff|Chief|Deputy|Managing|Contributing|News|Technology"
    rf"|Business) ){{0,3}}"
    r"(?:Writer|Reporter|Editor|Correspondent|Journalist|Contributor|Columnist|Editor-in-Chief)"
)
_CORRECTION = _any(
    rf"[(\[*]{{0,2}}(?:corrected|editor['’]?s['’]? note|updates?|updated|amended"
    rf"|note)\b[^:：]{{0,60}}[:：].{{0,80}}\b{_VERSION}\b.{{0,400}}",
    r"[(\[*\s]{0,3}(?:corrections?|clarifications?|corrects|editor['’]?s['’]? note|erratum|berichtigung|korrektur"
    r"|更正)\b[^:：]{0,60}[:：].{1,500}",
    rf"[(\[*\s]{{0,3}}(?:an? |the )?{_VERSION} of {_PIECE}\b.{{0,400}}",
    r"[(\[*\s]{0,3}(?:updates?\b[^:：]{0,40}[:：] ?)?(?:the|this) (?:article|story|post|piece|report"
    r"|headline) (?:has been|was) (?:updated|corrected|amended|edited|revised|changed)\b.{0,400}",
)
_LABEL = re.compile(
    r"(?:(?:SUBSCRIBER|MEMBER|DEAL|PHOTO)S?|SUBSCRIPTION|PREMIUM|EXCLUSIVE|SPONSORED|PARTNER|PROMOTED|PAID"
    r"|ADVERTISEMENT|ADVERTORIAL|WATCH|LISTEN"
    r"|VIDEO|PODCAST|GALLERY|READ|MORE|SEE|ALSO|RELATED|OPINION|WEBINAR|EVENT|WHITE ?PAPER|DOWNLOAD|TRENDING|POPULAR"
    r"|QUIZ|NEWSLETTER|SHOP|SPOTLIGHT"
    r"|Sponsored|Promoted|Partner content|Paid post|Watch|Listen|Listen now|Video|Podcast|Gallery|In pictures|Opinion"
    r"|Webinar|Download|Whitepaper|Live blog"
    r"|Explainer|Quiz)"
    r"(?: [A-Z]{2,14}){0,3}\s?[:：|] ?.{3,200}"
)
_CONSENT = re.compile(
    r"\b(?:we|our|this (?:web ?)?site|you (?:agree|consent|accept))\b.{0,200}\b(?:cookies?|accept|reject|consent"
    r"|experience|preferences|personali[sz]e)\b"
    r"|\baccept (?:all|cookies)\b|\b(?:cookie|privacy) (?:settings|policy|notice|preferences)\b|\bmanage (?:cookies"
    r"|preferences|consent)\b",
)
_CALL = re.compile(
    r"[*•→>\s]{0,3}(?:please )?(?:join|sign[- ]?up|subscribe|get|register|receive|follow|enter your|enjoy(?:ed|ing)?"
    r"|don['’]t miss|never miss|try"
    r"|stay (?:up|informed|ahead|tuned)|want (?:more|to|the)|like (?:this|what)|download|start your|become a"
    r"|support (?:us|our)|for more"
    r"|to (?:read|continue)|melden sie|abonnieren|jetzt)[ ,:!?]",
)
_PITCHED = re.compile(
    r"\b(?:newsletters?|inbox|briefings?|bulletins?|unsubscribe|subscribers?|subscriptions?|free trial|no spam"
    r"|(?:daily|weekly|only|morning) e-?mail"
    r"|e-?mail (?:alerts?|address|list|you)|news alerts?|push notifications?|our (?:app|channel|podcast|patreon"
    r"|youtube|whatsapp|telegram)"
    r"|become a member|membership"
    r"|(?:whatsapp|telegram) channel|ad-free|readers? (?:who|that) get)\b",
)
_FORM_WORDS = (
    "unsubscribe at any time", "unsubscribe any time", "unsubscribe anytime", "no spam", "email address will not be"
    " published",
    "e-mail address will not be published", "email address will not be shared", "required fields are marked", "to"
    " your inbox",
)  # fmt: skip
_REPORTED = re.compile(r"\b(?:said|says|told|according|announced|added)\b")
_AUTHOR_BOX = re.compile(
    r"\b(?:(?:he|she|they) (?:has|have) (?:written (?:about|for)|reported (?:on|from|for)|covered|been (?:writing"
    r"|covering|reporting))"
    r"|lives? in \w+ with|the (?:interview|conversation) was (?:conducted|edited|condensed|led)|opinions expressed"
    r"|is (?:a|an|the|our) (?:\w+[- ]){0,4}(?:reporter|writer|journalist|correspondent|columnist|contributor"
    r"|freelancer|editor|blogger)\b"
    r"|(?:he|she|they|who) (?:writes?|reports?|covers?|blogs?) (?:about|on|for)|can be reached (?:at|on|via)"
    r"|reach (?:him|her|them) (?:at|on|via)"
    r"|follow (?:him|her|them) (?:on|at)|the author (?:is|has|owns|holds))\b",
)
_CONTACT = re.compile(
    r"(?:(?:media|press|investor)(?: relations)? )?(?:contacts?|enquir(?:y|ies)|inquir(?:y|ies))\s*[:：].{0,160}"
    r"|.{0,80}\b[\w.+-]{1,40}@[\w-]{1,40}\.[\w.]{2,20}.{0,80}",
)
_DIGIT = re.compile(r"\d")
_SEPARATOR = re.compile(r" [•·›»>/] |\s?\|\s?")


def whole_line(text: str, words: int, *, near_end: bool) -> bool:
    """Whether a line of its own is no part of the story. `near_end`: hardly any prose comes after it."""
    if words > 90:
        return False
    if words <= 40 and _is_furniture(text, words):
        return True
    if _WRITTEN.fullmatch(text) or _CORRECTION.fullmatch(text):
        return True
    if words > 70:
        return False
    lowered = text.lower()
    if "cookie" in lowered and _CONSENT.search(lowered) and not _REPORTED.search(lowered):
        return True
    if any(word in lowered for word in _FORM_WORDS):
        return True
    if _CALL.match(lowered) and _PITCHED.search(lowered) and not _REPORTED.search(lowered):
        return True
    return near_end and words <= 60 and bool(_AUTHOR_BOX.search(lowered) or (words <= 30 and _CONTACT.fullmatch(lowered)))


def _is_furniture(text: str, words: int) -> bool:
    """Shapes of at most 40 words: bylines, ages, buttons, arrows, menus; credits and labels of at most 28."""
    if (
        _FURNITURE.fullmatch(text)
        or _AGE.fullmatch(text)
        or _BYLINE.fullmatch(text)
        or _ROLE.fullmatch(text)
        or _is_menu(text, words)
    ):
        return True
    if text[-1] in "→➔➜»›>▶►⟶" and "«" not in text:
        return True
    if words > 28 or _MEASURED.match(text):
        return False
    return bool(_CREDIT.fullmatch(text) and not _is_sentence(text)) or bool(_LABEL.fullmatch(text) and text[-1] not in ".。")


_MEASURED = re.compile(r"(?:video|graphics?)\s*:.*\d", re.IGNORECASE)
"""A row of a specification: "Video: up to 8K"."""


def _is_sentence(text: str) -> bool:
    """ "Photos from the plant show that the racks …" is a sentence that happens to begin like a credit."""
    return bool(re.match(r"\w+ (?:from|by|via) ", text)) and text.endswith(".") and len(text.split()) > 10


def _is_menu(text: str, words: int) -> bool:
    """Three or more short items side by side, no figures among them: a menu, not a table row."""
    if text.startswith("|") or text[-1] in ".。" or _DIGIT.search(text):
        return False
    parts = [part for part in _SEPARATOR.split(text) if part.strip()]
    return len(parts) >= 3 and words / len(parts) <= 4 and all(len(part) <= 40 for part in parts)


_LEAD_IN = re.compile(
    r"(?:^|(?<=[.!?…”\"'’)\]|*_>–—-]\s)|(?<=[(\[（【])|(?<=[。！？”]))[*_>•\-–\s]{0,4}"
    r"(?P<lead>(?:also read|read also|read more|read next|see also|also see|also of interest|also in the news"
    r"|also on this (?:site|blog)"
    r"|you (?:may|might|could)(?: also)? (?:like|be interested in|enjoy)|(?:related|recommended|suggested|similar"
    r"|further|more)"
    r" (?:stor(?:y|ies)|articles?|reading|coverage|news|posts?|content|videos?|links?)|more on this(?: topic)?"
    r"|don['’]t miss"
    r"|in case you missed it|icymi|must[- ]read|from (?:our|the) archives?|editor['’]?s['’]? picks?|most (?:read"
    r"|viewed|popular)|trending now"
    r"|lesen sie auch|mehr zum thema|à lire aussi|lire aussi|lee también|leggi anche|lees ook|leia também|相关阅读"
    r"|推荐阅读|延伸阅读)"
    r"\s?(?:[:：|»›→>]|\s[–—-]\s)|(?:related|recommended|trending|up next)\s?[:：|»›→])\s?(?=\S)",
    re.IGNORECASE,
)
_MARK = re.compile(r"[:：|»›→>]|\s[–—-]\s")  # no lead-in is without one: most prose is done with at this look
_CLOSING = {"(": ")", "[": "]", "（": "）", "【": "】"}
_SENTENCE_END = re.compile(r"[.!?][”\"’']?\s+(?=[A-Z“\"])")


_TRAILING_CREDIT = re.compile(r"[.!?”\"] ((?:Photo|Image|Picture|Photograph|Credit)s?(?: credit)?: ?[^.!?:]{2,60}\.?)$")


def lead_ins(text: str) -> Iterator[tuple[int, int]]:
    """Stretches that a lead-in such as "Also read:" opens: to its closing bracket, else to the end of the line.

    Where a sentence of eight words or more follows the headline in the same line, the story goes on there.
    """
    if not _MARK.search(text):
        return
    at = 0
    while match := _LEAD_IN.search(text, at):
        start, end = match.start("lead"), len(text)
        opening = text[start - 1] if start else ""
        if opening in _CLOSING and (closed := text.find(_CLOSING[opening], start)) >= 0:
            start, end = start - 1, closed + 1
        else:
            for stop in _SENTENCE_END.finditer(text, match.end()):
                if len(text[stop.end() : stop.end() + 400].split()) >= 8:
                    end = stop.start() + 1
                    break
        yield start, end
        at = end
    if at < len(text) and (credit := _TRAILING_CREDIT.search(text, max(at, len(text) - 90))):
        yield credit.span(1)
