"""Words of the field that the general dictionary does not know or cuts apart."""

_WORDS = """
社区大学 社区学校 社区教育 社区教学点 教学点 指导中心 能者为师 名师好课 终身学习
学分银行 老年大学 开放大学 长者版 长辈版 关怀版 智能手机 手机摄影 短视频 太极拳
太极扇 八段锦 五禽戏 广场舞 民族舞 硬笔书法 软笔书法 毛笔书法 隶书 楷书 行书
国画 山水画 葫芦丝 电子琴 二胡 合唱团 急救 心肺复苏 防诈骗 反诈 高血压 糖尿病
中医养生 剪纸 瑞昌剪纸 青阳腔 采茶戏 直播带货 农产品 柑橘 油茶 宁红茶 庐山云雾茶
家政 月嫂 插花 茶艺 面点 烘焙 编程 机器人 红色故事 垃圾分类 消防安全 防溺水
心理健康 亲子 家庭教育
"""
DOMAIN_WORDS = tuple(_WORDS.split())

# What a question is made of, whatever it asks for.
_QUESTION = """
怎么 怎样 如何 什么 哪里 哪儿 哪个 为什么 可以 能 会 要 想 请 请问 有 没有 是 在 上 里
用 的 了 吗 呢 和 跟 与 我 我们 你 您 how to the a an of for in and what where
"""
QUESTION_WORDS = frozenset(_QUESTION.split())

# What a new site begins with; afterwards the table in the admin holds.
SYNONYMS = (
    "防诈骗 反诈 防骗 防诈",
    "智能手机 手机",
    "短视频 抖音 快手",
    "急救 救护 心肺复苏",
    "养生 保健",
    "太极拳 太极",
    "毛笔字 毛笔书法 软笔书法",
    "写字 书法 练字",
    "唱歌 声乐 合唱",
    "跳舞 舞蹈 广场舞",
    "电脑 计算机",
    "做饭 烹饪 厨艺",
    "带货 直播带货 电商",
    "务农 种植 农业技术",
    "心理 心理健康 心理咨询",
    "老人 老年人 长者",
    "孩子 儿童 少儿",
)
