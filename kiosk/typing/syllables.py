"""The syllables of Mandarin as they are typed: without tones, `v` for ü."""

from dataclasses import dataclass
from functools import lru_cache

SYLLABLES = frozenset(
    """
    a ai an ang ao ba bai ban bang bao bei ben beng bi bian biang biao bie bin bing bo bu ca cai can cang
    cao ce cen ceng cha chai chan chang chao che chen cheng chi chong chou chu chua chuai chuan chuang chui
    chun chuo ci cong cou cu cuan cui cun cuo da dai dan dang dao de dei den deng di dia dian diao die ding
    diu dong dou du duan dui dun duo e ei en eng er fa fan fang fei fen feng fiao fo fou fu ga gai gan gang
    gao ge gei gen geng gong gou gu gua guai guan guang gui gun guo ha hai han hang hao he hei hen heng hong
    hou hu hua huai huan huang hui hun huo ji jia jian jiang jiao jie jin jing jiong jiu ju juan jue jun ka
    kai kan kang kao ke kei ken keng kong kou ku kua kuai kuan kuang kui kun kuo la lai lan lang lao le lei
    len leng li lia lian liang liao lie lin ling liu lo long lou lu luan lun luo lv lve ma mai man mang mao
    me mei men meng mi mian miao mie min ming miu mo mou mu na nai nan nang nao ne nei nen neng ni nia nian
    niang niao nie nin ning niu nong nou nu nuan nun nuo nv nve o ou pa pai pan pang pao pei pen peng pi
    pian piao pie pin ping po pou pu qi qia qian qiang qiao qie qin qing qiong qiu qu quan que qun ran rang
    rao re ren reng ri rong rou ru rua ruan rui run ruo sa sai san sang sao se sen seng sha shai shan shang
    shao she shei shen sheng shi shou shu shua shuai shuan shuang shui shun shuo si song sou su suan sui sun
    suo ta tai tan tang tao te tei teng ti tian tiao tie ting tong tou tu tuan tui tun tuo wa wai wan wang
    wei wen weng wo wu xi xia xian xiang xiao xie xin xing xiong xiu xu xuan xue xun ya yan yang yao ye yi
    yin ying yo yong you yu yuan yue yun za zai zan zang zao ze zei zen zeng zha zhai zhan zhang zhao zhe
    zhei zhen zheng zhi zhong zhou zhu zhua zhuai zhuan zhuang zhui zhun zhuo zi zong zou zu zuan zui zun
    zuo
    """.split()  # noqa: SIM905  a list of 400 lines
)
ALIASES = {
    "lue": "lve",
    "nue": "nve",
    "jv": "ju",
    "qv": "qu",
    "xv": "xu",
    "yv": "yu",
    "jve": "jue",
    "qve": "que",
}
"""What people type for a syllable beside its own letters."""
LONGEST = 6
_FIRST = frozenset(one[0] for one in SYLLABLES)
_BEGINNINGS = frozenset(one[:size] for one in (*SYLLABLES, *ALIASES) for size in range(1, len(one) + 1))
SEPARATOR = "'"


@dataclass(frozen=True)
class Element:
    """A stretch of typed letters that stands for one character."""

    text: str
    """The syllable, or what of it is typed."""
    whole: bool
    end: int
    """Where the next one begins, behind a separator."""
    apart: bool = False
    """An initial torn from its h: 上海 by `sh`."""


@lru_cache(maxsize=1024)
def elements(letters: str, at: int) -> tuple[Element, ...]:
    """What may begin at a place: whole syllables, the longest first, then an unfinished one or an initial."""
    rest = letters[at : at + LONGEST].split(SEPARATOR, maxsplit=1)[0]
    if not rest or rest[0] not in _FIRST:
        return ()
    sizes = range(len(rest), 0, -1)
    read = [(ALIASES.get(rest[:size], rest[:size]), size) for size in sizes]
    cut = [size for size in sizes if _may_be_cut(rest, size, ends=_ends(letters, at + size))]
    return (
        *[Element(one, True, _behind(letters, at + size)) for one, size in read if one in SYLLABLES],
        *[Element(rest[:n], False, _behind(letters, at + n), rest[n : n + 1] == "h") for n in cut],
    )


def _may_be_cut(rest: str, size: int, *, ends: bool) -> bool:
    """Unfinished only at the end; an initial where the next letter cannot go on with it, or is an h."""
    part = rest[:size]
    finished = size > 1 and (part in SYLLABLES or part in ALIASES)
    if finished or part not in _BEGINNINGS:
        return False
    if ends:
        return True
    initial = size == 1 or part in ("zh", "ch", "sh")
    return initial and (rest[: size + 1] not in _BEGINNINGS or rest[size] == "h")


def _ends(letters: str, at: int) -> bool:
    return at == len(letters) or letters[at] == SEPARATOR


def _behind(letters: str, at: int) -> int:
    while at < len(letters) and letters[at] == SEPARATOR:
        at += 1
    return at
