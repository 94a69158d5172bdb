"""Words the demo is made of."""

SURNAMES = "王李张刘陈杨黄周吴徐孙胡"
GIVEN_NAMES = ("秀兰", "桂花", "建国", "国强", "玉珍", "春梅", "志明", "和平")

ENGLISH_SUMMARY = {
    "Introduction to Calligraphy: Clerical Script": (
        "From holding the brush to a finished piece in twelve lessons. "
        "For beginners aged 55 and over."
    ),
    "Smartphones for Beginners: Video Calls and Staying Safe": (
        "Call your children by video and recognise a fraud when it rings."
    ),
    "Paper-cutting for the New Year": (
        "Four lessons, one set of window flowers. Paper and scissors are provided."
    ),
    "Bird Walk at Qili Lake": (
        "A guided walk of three level kilometres to see the wintering birds."
    ),
    "City Lecture: Jiujiang on the Yangtze": (
        "From the old river port to today's docks, with photographs."
    ),
    "Everyday English for Travellers": (
        "Asking the way, ordering a meal, seeing a doctor: twenty phrases that work."
    ),
    "Training for Volunteer Guides at Wucheng": (
        "Learn to show visitors the cranes and swans of Poyang Lake."
    ),
    "Training for Care Workers": (
        "Ten days of theory and practice, with a certificate and job placement."
    ),
    "The Winter Sky": "How to find Orion and Sirius from the roof of the college.",
}

# one activity is English from end to end; of the others, title and summary are
ENGLISH = {
    "每次先讲一个笔画或结构，再照着写，老师一个一个看过去改。学完能独立写一幅隶书。": (
        "Each lesson explains one stroke or structure; then everybody writes, and the "
        "teacher goes round and corrects. At the end you can write a piece on your own."
    ),
    "203教室": "Room 203",
    "公交5路、102路到“十里铺”站，往东走300米。北门有坡道和电梯。": (
        "Bus 5 or 102 to Shilipu, then 300 metres east. "
        "The north gate has a ramp and a lift."
    ),
    "周德明": "Zhou Deming",
    "退休中学美术教师，写隶书四十年。": (
        "A retired art teacher who has written clerical script for forty years."
    ),
}
