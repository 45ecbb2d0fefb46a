"""Units, nouns and currencies: what stands behind or before a number, and how it is normalised.

A measured amount is kept in one base unit a dimension (power in `w`, memory in `gb`, rates in
`gb_per_s` or `gbit_per_s`, mass in `kg`), so that "190 kW" and "0.19 MW" are the same number.
"""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from flows.extract.folding import words


class Unit(NamedTuple):
    """A unit's slug and the factor that leads there. `kind`: quantity, duration, percent, points or ratio."""

    slug: str
    factor: Decimal = Decimal(1)
    kind: str = "quantity"


def _table(text: str, kind: str = "quantity") -> dict[str, Unit]:
    """Lines of "slug: spelling spelling=factor …" as a table from spelling to unit. "-" is no slug."""
    table = {}
    for line in text.strip().splitlines():
        slug, _, spellings = line.strip().partition(": ")
        for spelling in spellings.split():
            name, _, factor = spelling.partition("=")
            plain = Decimal(format(Decimal(factor or 1), "f"))  # 1000, not 1E+3
            table[name] = Unit("" if slug == "-" else slug, plain, kind)
    return table


# Symbols whose case tells them apart ("Gb/s" from "GB/s", "g" from "5G"): matched as written.
SYMBOLS = (
    _table("""
        w: W kW=1e3 KW=1e3 MW=1e6 GW=1e9 TW=1e12
        wh: Wh kWh=1e3 KWh=1e3 MWh=1e6 GWh=1e9 TWh=1e12
        mah: mAh
        v: V
        gb: MB=1e-3 GB TB=1e3 PB=1e6 EB=1e9 GiB TiB=1e3 GBs TBs=1e3
        gb_per_s: MB/s=1e-3 GB/s TB/s=1e3 PB/s=1e6 GB/sec TB/sec=1e3 GBps TBps=1e3 PBps=1e6
        gbit_per_s: Mb/s=1e-3 Gb/s Tb/s=1e3 Mbps=1e-3 Gbps Tbps=1e3 Mbit/s=1e-3 Gbit/s Tbit/s=1e3
        mt_per_s: MT/s
        hz: Hz kHz=1e3 MHz=1e6 GHz=1e9
        kg: g=1e-3 kg t=1e3 lb=0.45359237 lbs=0.45359237
        mm: mm cm=10
        km: km
        nm: nm
        in: in
        ft: ft
        m2: sqm m²
        tops: TOPS POPS=1e3
        flops: GFLOPS=1e9 TFLOPS=1e12 PFLOPS=1e15 EFLOPS=1e18 PF=1e15 EF=1e18
        fps: FPS fps
        px: px MP=1e6
        nit: cd/m²
        db: dB dBA
        rpm: rpm RPM
        c: ° °C ℃ °c
        f: °F °f
    """)
    | _table("h: h\ns: s ms=1e-3\nmin: min", "duration")
    | _table("-: x X ×", "ratio")
    | _table("-: % ％ pc", "percent")
    | _table("-: bps=0.01 bp=0.01 pp ppt ppts pts", "points")
)

_IRREGULAR = """
    gb: gb tb=1e3 mb=1e-3 pb=1e6
    w: kw=1e3 mw=1e6 gw=1e9
    wh: kwh=1e3 mwh=1e6 gwh=1e9
    hz: hertz megahertz=1e6 gigahertz=1e9 ghz=1e9 mhz=1e6
    ft: foot feet
    in: inch inches
    tops: tops
    flops: flops gigaflops=1e9 teraflops=1e12 petaflops=1e15 exaflops=1e18 zettaflops=1e21
    c: celsius centigrade
    f: fahrenheit
"""
_REGULAR = """
    w: watt kilowatt=1e3 megawatt=1e6 gigawatt=1e9 terawatt=1e12
    wh: watt-hour kilowatt-hour=1e3 megawatt-hour=1e6 gigawatt-hour=1e9
    gb: megabyte=1e-3 gigabyte terabyte=1e3 petabyte=1e6 exabyte=1e9
    gbit: megabit=1e-3 gigabit terabit=1e3
    kg: gram=1e-3 gramme=1e-3 kilogram kilogramme kilo tonne=1e3 ton=1e3 pound=0.45359237
    mm: millimetre millimeter centimetre=10 centimeter=10
    nm: nanometre nanometer
    km: kilometre kilometer
    m: metre meter
    mi: mile
    acre: acre
    ha: hectare
    v: volt
    nit: nit
    lm: lumen
    px: pixel megapixel=1e6
    db: decibel
    flops: teraflop=1e12 petaflop=1e15 exaflop=1e18
    c: degree
"""
_TIMES = """
    s: second sec millisecond=1e-3 microsecond=1e-6
    min: minute
    h: hour hr
    day: day night
    week: week fortnight=2
    month: month quarter=3
    year: year yr decade=10
"""


def _plurals(table: dict[str, Unit]) -> dict[str, Unit]:
    return table | {f"{word}s": unit for word, unit in table.items()}


# Words, in small letters.
WORDS = (
    _table(_IRREGULAR)
    | _plurals(_table(_REGULAR))
    | _plurals(_table(_TIMES, "duration"))
    | _table("min: min mins", "duration")
    | _table("-: percent pct", "percent")
    | _table("-: fold times", "ratio")
)
NUMBERLESS = frozenset({"seconds", "minutes", "hours", "days", "weeks", "months", "quarters", "years", "decades"})

_COUNTED = """
    gpu: gpu accelerator
    cpu: cpu processor
    superchip: superchip
    dpu: dpu
    npu: npu
    core: core
    rack: rack
    node: node
    token: token
    unit: unit machine pc handset phone smartphone notebook laptop desktop workstation tablet device server computer system
    unit: chromebook console headset board chip vehicle car wearable
    person: employee staffer worker job post role position layoff engineer developer researcher scientist colleague
    person: associate recruit hire technician fte
"""
_COUNTED_ALIKE = """
    person: person people staff redundancy redundancies strong headcount child children men women personnel
    core: core
"""
# What is counted: the noun, in small letters → the unit.
NOUNS = {word: unit.slug for word, unit in (_plurals(_table(_COUNTED)) | _table(_COUNTED_ALIKE)).items()}

# Currency signs and codes that stand before a number.
CODES = words("""
    USD EUR GBP JPY CNY CNH HKD TWD KRW INR BRL AUD CAD SGD NZD MXN CHF SEK NOK DKK PLN CZK HUF RUB TRY ILS ZAR THB VND PHP
    IDR MYR AED SAR""")
_SIGNS = """
    USD us$ u.s.$ $
    HKD hk$
    TWD nt$
    BRL r$ brl$
    AUD a$ au$
    CAD c$ ca$
    SGD s$ sg$
    NZD nz$
    MXN mx$
    EUR €
    GBP £
    JPY ¥ ￥ jp¥
    CNY cn¥ rmb rmb¥
    INR ₹ rs rs.
    KRW ₩
    RUB ₽
    TRY ₺
    ILS ₪
    THB ฿
    VND ₫
    PHP ₱
    CHF sfr fr.
"""


def _prefixes() -> dict[str, str]:
    table = {code.lower(): "CNY" if code == "CNH" else code for code in CODES}
    for line in _SIGNS.strip().splitlines():
        code, *signs = line.split()
        table |= dict.fromkeys(signs, code)
    # "US $5", "HK $5": the letters may stand apart from the sign, unless there is but one ("a $5 billion deal").
    return table | {f"{sign[:-1]} $": code for sign, code in table.items() if len(sign) > 2 and sign.endswith("$")}


PREFIXES = _prefixes()

_NAMES = """
    USD dollar|us dollar|u.s. dollar|american dollar
    HKD hong kong dollar|hk dollar
    TWD taiwan dollar|new taiwan dollar|nt dollar
    SGD singapore dollar
    AUD australian dollar
    CAD canadian dollar
    NZD new zealand dollar
    EUR euro
    GBP pound|pound sterling|british pound
    CNY yuan|chinese yuan|renminbi|rmb|元|人民币|元人民币
    JPY yen|japanese yen|日元|円
    INR rupee|indian rupee
    KRW won|korean won|south korean won
    CHF franc|swiss franc
    BRL real|brazilian real|reais|brazilian reais
    SEK swedish krona|swedish kronor|kronor|krona
    NOK norwegian krone|norwegian kroner|kroner|krone
    DKK danish krone|danish kroner
    PLN zloty
    RUB rouble|ruble
    CZK koruna|korun
    HUF forint
    ILS shekel
    ZAR rand
    THB baht
    VND dong
    MYR ringgit
    IDR rupiah
    TRY turkish lira
    AED dirham
    SAR riyal
    XXX crown|peso|dinar|lira|lire
    USD 美元
    HKD 港元|港币
    EUR 欧元
    TWD 新台币
    GBP 英镑
"""
_HUNDREDTHS = "USD cent|us cent|u.s. cent\nHKD hong kong cent\nEUR euro cent|eurocent\nGBP pence|penny"


def _suffixes() -> dict[str, tuple[str, Decimal]]:
    table = {}
    for block, worth in ((_NAMES, Decimal(1)), (_HUNDREDTHS, Decimal("0.01"))):
        for line in block.strip().splitlines():
            code, _, names = line.strip().partition(" ")
            for name in names.split("|"):
                table[name] = (code, worth)
                if name.isascii():
                    table[f"{name}s"] = (code, worth)
    table |= {code.lower(): (PREFIXES[code.lower()], Decimal(1)) for code in CODES}
    return table | {sign: (PREFIXES[sign], Decimal(1)) for sign in "€£¥$₹₩"}


# Names that several countries have; ISO 4217 keeps XXX for no currency. Such amounts are left out.
UNKNOWN_CURRENCY = "XXX"
# Currency names and codes behind a number → the code, and what one of them is worth in whole units.
SUFFIXES = _suffixes()
# Names that are ordinary words as well ("won", "real", "pound"): money only behind a million or more.
AMBIGUOUS_CURRENCIES = frozenset({"won", "wons", "real", "reals", "pound", "pounds", "franc", "francs", "all", "try"})

HAN_UNITS = (
    _table("""
        unit: 台 部 颗 块 片 张 辆 件
        person: 人 名
        in: 英寸
        w: 瓦 千瓦=1e3 兆瓦=1e6 吉瓦=1e9
    """)
    | _table("-: 倍", "ratio")
    | _table("-: 个百分点", "points")
    | _table("week: 周 个星期\nmonth: 个月\nday: 天\nh: 小时 个小时\nmin: 分钟", "duration")
)
