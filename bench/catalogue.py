"""A catalogue to measure with: titles as schools give them, at the real places.

Topics are unequal, as in life: two in a hundred courses are on the commonest one,
four in a thousand on the rarest, and summaries name a second one. The same for the
same number.
"""

import itertools
import random
from collections.abc import Iterator

TOPICS = {
    "civic": """
        书法 国画 剪纸 合唱 二胡 葫芦丝 插花 茶艺 舞蹈 摄影 声乐 古筝 京剧 黄梅戏 山水画
        花鸟画 硬笔书法 毛笔书法 隶书 篆刻 诗词 朗诵 民间故事 家风家教 红色文化 地方史
        礼仪 垃圾分类 志愿服务 法律常识 民法典 消费维权 编织 刺绣 陶艺 竹编 集邮 象棋
        围棋 旗袍走秀 广场舞 民族舞 电子琴 钢琴 吉他 口琴 手工布艺 面塑 风筝 楹联
    """,
    "skills": """
        智能手机 手机摄影 短视频 直播带货 电子商务 家政 月嫂 养老护理 面点 烘焙 中式烹调
        柑橘种植 水稻 油菜 茶叶加工 大棚蔬菜 水产养殖 淡水珍珠 蚕桑 家禽养殖 农机维修
        电工 焊工 美容美发 缝纫 电脑入门 办公软件 英语口语 会计 创业 快递 叉车
    """,
    "science": """
        编程 机器人 天文 观鸟 人工智能 航模 科学实验 气象 植物 昆虫 地质 无人机 三维打印
        物联网 生态保护 鄱阳湖 节能 食品科学
    """,
    "health": """
        太极拳 八段锦 五禽戏 瑜伽 急救 防诈骗 高血压 糖尿病 中医养生 膳食营养 防跌倒
        艾灸 推拿 口腔健康 眼睛保健 用电安全 消防 防溺水 交通安全 慢病管理 失眠 颈椎
    """,
    "mind": """
        心理健康 家庭教育 隔代教育 情绪管理 亲子沟通 婚姻家庭 老年心理 考试减压 青春期
        正念 哀伤陪伴 人际交往
    """,
}
_LEADS = """
    零基础 初级 中级 提高 少儿 老年 社区 乡村 亲子 周末 暑期 冬季 传统
    现代 实用 趣味 一学就会的 银龄 名师 村里的 居家 手把手教 走进 漫谈
    轻松学 经典
"""
_TAILS = """
    入门 十二讲 培训班 讲座 工作坊 公开课 体验课 实训 欣赏 常识 第一期
    第二期 基础 进阶 问答 微课 技巧 与生活 二十讲 小课堂 作品赏析 一本通
    经验谈 兴趣班
"""
LEADS, TAILS = _LEADS.split(), _TAILS.split()
SUBJECTS = [
    (topic, theme) for theme, topics in TOPICS.items() for topic in topics.split()
]

QUERIES = {
    "one character": "书 画 舞 茶 琴 稻 护 诗 棋 拳",
    "two characters": "书法 国画 剪纸 合唱 急救 编程 水稻 围棋 面点 失眠",
    "three and more": "太极拳 智能手机 中医养生 家庭教育 毛笔书法 柑橘种植 手机摄影",
    "two words": "书法_零基础 国画_老年 编程_少儿 急救_社区 太极拳_入门 剪纸_亲子",
    "pinyin": "shufa guohua jianzhi taijiquan zhinengshouji bianchen jijiu",
    "homophones": "书发 国话 减纸 太级拳 急就 歌场 唯棋 是眠",
    "most of the words": "书法_潜水_零基础 国画_火箭_老年 编程_菩提_少儿",
    "nothing": "量子纠缠 潜水 火箭回收 xyzzy",
}


def queries() -> dict[str, list[str]]:
    return {
        kind: [query.replace("_", " ") for query in words.split()]
        for kind, words in QUERIES.items()
    }


def titles(count: int, choose: random.Random) -> Iterator[tuple[str, str, str]]:
    """(title, summary, theme) of `count` courses."""
    shuffled = SUBJECTS[:]
    random.Random(7).shuffle(shuffled)
    # the topics the queries ask for are among the commonest: the dearest case
    asked = {word for words in queries().values() for query in words for word in query}
    shuffled.sort(key=lambda subject: not set(subject[0]) & asked)
    weights = [1 / (place + 30) for place in range(len(shuffled))]
    totals = list(itertools.accumulate(weights))
    for number in range(count):
        (topic, theme), (other, _theme) = choose.choices(
            shuffled, cum_weights=totals, k=2
        )
        lead, tail = choose.choice(LEADS), choose.choice(TAILS)
        title = choose.choice(
            (f"{lead}{topic}{tail}", f"{topic}{tail}", f"{topic}：{lead}{other}")
        )
        summary = (
            f"从{other}讲起，{choose.choice(LEADS)}学员适用，共{number % 20 + 4}讲。"
        )
        yield title, summary, theme


def fill(count: int) -> None:
    """Published courses of a city's network, which must be there already."""
    from wagtail.models import Locale

    from courses_catalog.models import Course
    from home.models import NetworkNodePage

    choose = random.Random(1)
    nodes = list(NetworkNodePage.objects.values_list("pk", flat=True))
    locale = Locale.get_default()
    audiences = (["older_people"], ["young_people"], ["older_people", "farmers"], [])
    Course.objects.bulk_create(
        (
            Course(
                title=title,
                summary=summary,
                theme=theme,
                audiences=choose.choice(audiences),
                hours=choose.choice((None, 2, 8, 16, 24)),
                owner_node_id=choose.choice(nodes),
                locale=locale,
            )
            for title, summary, theme in titles(count, choose)
        ),
        batch_size=500,
    )
