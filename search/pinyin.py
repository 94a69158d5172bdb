"""Pinyin of titles and of what people type without an input method."""

from functools import cache, lru_cache

from home import readings
from search.analysis import is_han, runs

# More readings of one run of letters than this are noise.
MAX_SPLITS = 8
LONGEST_SYLLABLE = 6

_SYLLABLES = """
a ai an ang ao ba bai ban bang bao bei ben beng bi bian biao bie bin bing bo bu
ca cai can cang cao ce cen ceng cha chai chan chang chao che chen cheng chi
chong chou chu chua chuai chuan chuang chui chun chuo ci cong cou cu cuan cui
cun cuo da dai dan dang dao de dei den deng di dia dian diao die ding diu dong
dou du duan dui dun duo e en er fa fan fang fei fen feng fo fou fu ga gai gan
gang gao ge gei gen geng gong gou gu gua guai guan guang gui gun guo ha hai han
hang hao he hei hen heng hong hou hu hua huai huan huang hui hun huo ji jia jian
jiang jiao jie jin jing jiong jiu ju juan jue jun ka kai kan kang kao ke kei ken
keng kong kou ku kua kuai kuan kuang kui kun kuo la lai lan lang lao le lei len
leng li lia lian liang liao lie lin ling liu lo long lou lu luan lun luo lv lve
ma mai man mang mao me mei men meng mi mian miao mie min ming miu mo mou mu na
nai nan nang nao ne nei nen neng ni nian niang niao nie nin ning niu nong nou nu
nuan nun nuo nv nve o ou pa pai pan pang pao pei pen peng pi pian piao pie pin
ping po pou pu qi qia qian qiang qiao qie qin qing qiong qiu qu quan que qun ran
rang rao re ren reng ri rong rou ru ruan rui run ruo sa sai san sang sao se sen
seng sha shai shan shang shao she shei shen sheng shi shou shu shua shuai shuan
shuang shui shun shuo si song sou su suan sui sun suo ta tai tan tang tao te tei
teng ti tian tiao tie ting tong tou tu tuan tui tun tuo wa wai wan wang wei wen
weng wo wu xi xia xian xiang xiao xie xin xing xiong xiu xu xuan xue xun ya yan
yang yao ye yi yin ying yo yong you yu yuan yue yun za zai zan zang zao ze zei
zen zeng zha zhai zhan zhang zhao zhe zhei zhen zheng zhi zhong zhou zhu zhua
zhuai zhuan zhuang zhui zhun zhuo zi zong zou zu zuan zui zun zuo
"""
SYLLABLES = frozenset(_SYLLABLES.split())
_BEGINNINGS = frozenset(s[:size] for s in SYLLABLES for size in range(1, len(s)))


def syllables(folded: str) -> list[str]:
    """书法班 → shu, fa, ban: one for each of `analysis.characters`; ü is written v."""
    found = []
    for run in runs(folded):
        found += readings.one_for_one(run) if is_han(run[0]) else [run]
    return found


def initials(folded: str) -> list[str]:
    """书法班 → s, f, b; the first letter of each other word."""
    return [said[0] for said in syllables(folded)]


# Sounds that southern speakers of Mandarin, Jiujiang's among them, do not tell apart.
_ALIKE = (
    (("z", "zh"), ("c", "ch"), ("s", "sh"), ("n", "l"), ("f", "h")),
    (("in", "ing"), ("en", "eng"), ("an", "ang")),
)


def nearly(said: list[str]) -> list[list[str]]:
    """`said` with one syllable replaced by one that is easily taken for it."""
    return [
        [*said[:at], other, *said[at + 1 :]]
        for at, syllable in enumerate(said)
        for other in alike(syllable)
    ]


@cache
def alike(syllable: str) -> tuple[str, ...]:
    """zi → zhi; min → ming, lin: real syllables, one sound apart."""
    found = set()
    initials_alike, finals_alike = _ALIKE
    for pair in initials_alike:
        for one, other in (pair, pair[::-1]):
            if syllable.startswith(one):
                found.add(other + syllable[len(one) :])
    for pair in finals_alike:
        for one, other in (pair, pair[::-1]):
            if syllable.endswith(one):
                found.add(syllable[: -len(one)] + other)
    return tuple(sorted(found & SYLLABLES - {syllable}))


def splits(letters: str) -> list[list[str]]:
    """Ways to read Latin letters as syllables: xian → [xian], [xi, an].

    The last piece may be the beginning of a syllable, for somebody still typing.
    Fewest pieces first; empty when the letters are no pinyin.
    """
    return [list(pieces) for pieces in _splits(letters)]


@lru_cache(maxsize=4096)
def _splits(letters: str) -> tuple[tuple[str, ...], ...]:
    found = []
    for size in range(1, min(LONGEST_SYLLABLE, len(letters)) + 1):
        head, rest = letters[:size], letters[size:]
        if not rest and (head in SYLLABLES or head in _BEGINNINGS):
            found.append((head,))
        elif rest and head in SYLLABLES:
            found += [(head, *tail) for tail in _splits(rest)]
    found.sort(key=lambda pieces: (pieces[-1] not in SYLLABLES, len(pieces)))
    return tuple(found[:MAX_SPLITS])
