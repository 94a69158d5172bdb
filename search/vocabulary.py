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

# Readings the general dictionary gets wrong, by place and by word.
READINGS = {
    "长乐": ["chang", "le"],
    "乐平": ["le", "ping"],
    "濂溪": ["lian", "xi"],
    "浔阳": ["xun", "yang"],
    "湓浦": ["pen", "pu"],
    "都昌": ["du", "chang"],
    "行书": ["xing", "shu"],
    "声乐": ["sheng", "yue"],
    "器乐": ["qi", "yue"],
    "民乐": ["min", "yue"],
    "乐器": ["yue", "qi"],
    "重阳": ["chong", "yang"],
}
