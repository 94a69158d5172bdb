"""Search among 20,000 courses: building the index, and asking it in every stage.

    python -m bench.bench_search [courses]

Beside it, in the same run, Wagtail's own backend for databases without full-text
search (`database.fallback`) on the same rows, searched in title and summary: one page
of 20 and the count. It looks for substrings, counts no facets and knows no pinyin, so
on the queries that need it, it finds nothing, and that is what is timed.
"""

import random
import subprocess
import sys

from bench.measure import percentiles, seconds, show, site

COURSES = 20_000
_LEADS = "零基础 初级 提高 少儿 老年 社区 乡村 亲子 周末 暑期 传统 现代 实用 趣味"
_TOPICS = """
书法 国画 剪纸 太极拳 八段锦 智能手机 手机摄影 短视频 合唱 二胡 葫芦丝 插花
茶艺 面点 烘焙 急救 防诈骗 高血压 糖尿病 中医养生 心理健康 家庭教育 垃圾分类
编程 机器人 天文 柑橘种植 水稻 直播带货 家政 英语口语 声乐 舞蹈 摄影 编织
"""
_TAILS = "入门 十二讲 培训班 讲座 工作坊 公开课 体验课 实训 欣赏 常识 第一期"
LEADS, TOPICS, TAILS = _LEADS.split(), _TOPICS.split(), _TAILS.split()
QUERIES = {
    "one character": "书",
    "two characters": "书法",
    "two words": "书法 培训",
    "pinyin": "shufa",
    "homophones": "书发",
    "most of the words": "书法 潜水 培训",
    "nothing": "量子纠缠",
}


def main() -> None:
    if len(sys.argv) > 2:
        measure(sys.argv[1], int(sys.argv[2]))
        return
    count = sys.argv[1] if len(sys.argv) > 1 else str(COURSES)
    for vendor in ("sqlite", "postgresql", "opensearch"):
        subprocess.run(
            [sys.executable, "-m", "bench.bench_search", vendor, count], check=True
        )


def measure(vendor: str, count: int) -> None:
    with site(vendor):
        from search.rebuild import rebuild

        _fill(count)
        built = seconds(rebuild)
        show(f"{vendor}: rebuild, s", documents=count, s=built)
        fallback = _fallback()
        _query("书法")  # dictionaries are read once a process
        for name, typed in QUERIES.items():
            ours = percentiles(lambda typed=typed: _query(typed))
            stock = percentiles(lambda typed=typed: fallback(typed), times=10)
            found = [_query(typed).total, fallback(typed)[0]]
            show(f"{vendor}: {name}, with facets, ms", **ours)
            show(f"{vendor}: {name}, Wagtail's fallback, ms", **stock)
            show("found", index=found[0], fallback=found[1])
            show("ratio: fallback / index", ratio=stock["p50"] / ours["p50"])


def _query(typed: str):
    from django.utils import timezone

    from search import engines
    from search.engines.base import Query
    from search.joining import registrable
    from search.query import read

    now = timezone.now()
    return engines.current().search(
        Query(
            words=read(typed), language="zh-hans", at=now, registrable=registrable(now)
        )
    )


def _fallback():
    """Asks Wagtail's backend for the number found and the first page."""
    from modelsearch.backends.database.fallback import DatabaseSearchBackend
    from wagtail.search import index

    from courses_catalog.models import Course

    class IndexedCourse(index.Indexed, Course):
        """The same rows, declared as the backend wants them."""

        search_fields = [
            index.SearchField("title"),
            index.SearchField("summary"),
            index.FilterField("live"),
        ]

        class Meta:
            proxy = True
            app_label = "courses_catalog"

    backend = DatabaseSearchBackend({})

    def asked(typed: str) -> list:
        found = backend.search(typed, IndexedCourse.objects.filter(live=True))
        return [found.count(), *found[:20]]

    return asked


def _fill(count: int) -> None:
    from wagtail.models import Locale

    from courses_catalog.models import Course
    from home.vocabulary import Theme
    from tests.factories import small_network

    net = small_network()
    nodes = (net.county, net.township, net.village, net.other_village)
    choose = random.Random(1)
    locale = Locale.get_default()
    Course.objects.bulk_create(
        (
            Course(
                title="".join(map(choose.choice, (LEADS, TOPICS, TAILS))) + f"{number}",
                summary=f"从{choose.choice(TOPICS)}讲起，适合{choose.choice(LEADS)}学员。",
                theme=choose.choice(Theme.values),
                owner_node=choose.choice(nodes),
                locale=locale,
            )
            for number in range(count)
        ),
        batch_size=500,
    )


if __name__ == "__main__":
    main()
