"""Bytes that read as GB18030 are taken for it only where "
"they are Chinese; foreign logs are refused, naming encodings to try."""

from __future__ import annotations

import random

import pytest

from tests.corpus.generate import corpus
from tests.logs import report
from xfstats.config.profile import load_profile
from xfstats.errors import InputFault
from xfstats.readers.decoding import _words
from xfstats.readers.gb18030 import UNSURE, judge, known_pairs

KNOWN = known_pairs(_words(load_profile(None).words))
FOREIGN = {
    "cp1251": "дата номер статус район категория закрыто открыто решено север "
    "юг парк дороги отдел Москва Тула Омск Пермь Казань "
    "Тверь Шум Мусор ОТКРЫТО ЗАКРЫТО Вода Свет Результат Канал Почта Телефон Дело Адрес Исполнено Отказано",
    "cp1253": "ημερομηνία αριθμός κατάσταση περιοχή κλειστό ανοικτό Αθήνα "
    "Πάτρα Θόρυβος Νερό Δρόμοι Καθαριότητα Τμήμα Υπηρεσία "
    "ΑΝΟΙΚΤΟ ΚΛΕΙΣΤΟ Βόλος Χανιά Ρόδος Κως Επίλυση Σε εξέλιξη",
    "euc-kr": "날짜 접수일 번호 상태 지역 완료 처리중 서울 부산 인천 소음 "
    "도로 쓰레기 민원 교통과 환경과 주택과 접수 종결 보류 강남구 "
    "종로구 시청 담당부서 분류 결과 해결 미해결 전화 방문 수도 대구",
    "euc-jp": "受付日 番号 状態 地区 完了 対応中 東京都 大阪府 騒音 道路 ごみ "
    "相談 環境課 住宅課 市民課 受付 終了 保留 北区 港区 ひがし "
    "にし 種別 結果 解決 未解決 電話 来所 水道 クレーム 中央区 世田谷区 総務部",
    "big5": "來訪日期 編號 狀態 地區 已辦結 辦理中 臺北市 高雄市 噪音 道路 垃圾 "
    "陳情 環保局 住宅處 受理 結案 待辦 信義區 大安區 類別 結果 "
    "解決 未解決 電話 來訪 自來水 縣級 鄉級 市級",
    "cp874": "วันที่ เลขที่ สถานะ เขต เสร็จสิ้น กรุงเทพ เชียงใหม่ เสียงดัง ถนน ขยะ ร้องเรียน น้ำประปา",
    "cp1255": "תאריך מספר סטטוס אזור סגור פתוח ירושלים חיפה רעש כביש אשפה מחלקה מים",
    "cp1256": "تاريخ رقم حالة منطقة مغلق مفتوح القاهرة طنطا ضوضاء طريق قمامة إدارة شكوى",
    "cp1252": "Zürich Müller Straße élève Peñe café Mary’s Réclamé Île Lärm Öffentlich Fermé Clôturé Über Größe naïve Orléans",
    "cp1250": "Łódź Zamknięte Wrocław Gdańsk Hałas Świdnica Žižkov Plzeň Uzavřeno Řešení Köszönöm",
    "cp1254": "İzmir Kapalı Açık Gürültü Şişli Beyoğlu Kadıköy Üsküdar Müdürlüğü Çözüldü",
}
LIKE = {"cp1251": ("koi8-r", "iso8859-5", "cp866"), "cp1253": ("iso8859-7",), "euc-kr": ("cp949",), "euc-jp": ("shift_jis",)}
ENCODED = [(encoding, words) for first, words in FOREIGN.items() for encoding in (first, *LIKE.get(first, ()))]
RARE = (
    "亳州 濮阳 鄞州 涪陵 郫县 番禺 衢州 瓯海 儋州 王喆 李堃 朱镕 张珺 "
    "盱眙 邳州 睢宁 歙县 黟县 婺源 鄱阳 莒县 滕州 兖州 郓城 隰县 阆中 筠连"
)
PLACES = "朝阳 浦东 黄埔 住建局 公安局 教育局 城管局 北区 南山 海港 东城 长安 中原 江北 高新区 开发区 红旗 城东 城西 大桥 西城"
CHINESE = (
    "来访日期 层级 人数 办理状态 责任单位 办结日期 市级 县级 乡级 已办结 办理中 土地 社保 拆迁 劳资 道路 投诉 咨询 来电 来信 满意"
)
TRADITIONAL = (
    "來訪日期 層級 人數 辦理狀態 責任單位 縣級 鄉級 市級 已辦結 辦理中 臺北 陳情 "
    "環保局 結案 類別 電話 國土局 勞資 徵地 拆遷 東區 豐原 鳳山 龍山"
)


def margins(words, encoding, size, times=400):
    """How much likelier GB18030 is for logs of some words of a language under an English header, where they read as it."""
    rng, found = random.Random(size), []
    for _ in range(times):
        picked = ",".join(rng.sample(words.split(), size)).encode(encoding)
        try:
            picked.decode("gb18030")
        except UnicodeDecodeError:
            continue
        found.append(judge(b"Received,Status\n" + picked + b"\n", KNOWN).margin)
    return found


@pytest.mark.parametrize(("encoding", "words"), ENCODED, ids=[encoding for encoding, _ in ENCODED])
def test_no_log_in_another_encoding_is_taken_for_gb18030(encoding, words):
    assert all(margin < 0 for size in (4, 6, 8) for margin in margins(words, encoding, size))


@pytest.mark.parametrize(("encoding", "words"), ENCODED, ids=[encoding for encoding, _ in ENCODED])
def test_one_or_two_foreign_words_are_refused_or_at_least_said(encoding, words):
    found = [margin for size in (1, 2) for margin in margins(words, encoding, size)]
    assert sum(margin < 0 for margin in found) >= 0.8 * len(found)
    assert all(margin < UNSURE for margin in found)


@pytest.mark.parametrize("words", [f"{PLACES} {CHINESE}", TRADITIONAL], ids=["simplified", "traditional"])
def test_chinese_words_in_an_english_log_are_read(words):
    refused = [margin < 0 for size in (1, 2, 3, 5) for margin in margins(words, "gb18030", size)]
    assert sum(refused) <= 0.02 * len(refused)
    assert all(margin > UNSURE for margin in margins(words, "gb18030", 8))


def test_rare_surnames_and_places_are_read_beside_a_chinese_header():
    rng = random.Random(1)
    for _ in range(400):
        cells = rng.sample(RARE.split(), 6) + rng.sample(CHINESE.split(), 3)
        assert judge(f"来访日期,层级,办理状态\n{','.join(cells)}\n".encode("gb18030"), KNOWN).margin > UNSURE


@pytest.mark.parametrize("rows", [1, 2, 5, None])
def test_no_log_of_the_corpus_is_refused_in_gbk(rows):
    """Each first sheet as text, whole and cut short: more than 600 logs."""
    judged = 0
    for log in corpus():
        cells = [[str(cell or "") for cell in row] for row in log.sheets[0].shown(date1904=log.date1904)]
        text = "\n".join(map(",".join, cells[: rows and rows + 6]))
        data = text.encode("gb18030", "ignore")
        if not data.isascii():
            judged += 1
            assert judge(data, KNOWN).margin > (0 if "english" in log.mess else UNSURE), log
    assert judged > 150


CASES = "Case number,Received,Ward,Status\n1,2024-05-01,{},Closed\n2,2024-05-02,{},Open\n"
HEADED = {
    "cp1251": "номер,дата,район,статус\n1,2024-05-01,Парк,закр\n2,2024-05-02,Тула,откр\n",
    "cp1253": "αριθμό,ημερομηνία,τμήμα..,κατάσταση.\n1,2024-05-01,Νερό,ανοικτό.\n",
    "euc-kr": "번호,접수일,지역,상태\n1,2024-05-01,서울,완료\n2,2024-05-02,부산,처리중\n",
    "euc-jp": "番号,受付日,地区,状態\n1,2024-05-01,北区,完了\n2,2024-05-02,港区,対応中\n",
    "shift_jis": "番号,受付日,地区,状態\n1,2024-05-01,北区,完了\n2,2024-05-02,港区,対応中\n",
}


@pytest.mark.parametrize("encoding", HEADED)
@pytest.mark.parametrize("headed", [True, False])
def test_foreign_logs_are_refused_and_the_encoding_is_named_first(tmp_path, encoding, headed):
    words = FOREIGN["euc-jp" if encoding == "shift_jis" else encoding].split()
    text = HEADED[encoding] if headed else CASES.format(" ".join(words[:6]), " ".join(words[6:12]))
    path = tmp_path / "log.csv"
    path.write_bytes(text.encode(encoding))
    with pytest.raises(InputFault) as refused:
        report(path)
    for lang in ("zh", "en"):
        tried = refused.value.sentence(lang).rpartition(" ")[0]
        assert (refused.value.code, encoding in tried, "gb18030" in tried) == ("E313", True, True)
    assert encoding in refused.value.sentence("en").partition("such as ")[2].split(", ")[:2]


def test_what_is_named_is_read_and_little_evidence_is_said(tmp_path):
    path = tmp_path / "log.csv"
    path.write_bytes(CASES.format("대구", "North").encode("euc-kr"))
    made = report(path, by="region", encoding="euc-kr")
    assert [row.group["region"] for row in made.tables[0].rows] == ["North", "대구"]
    path.write_bytes(CASES.format("朝阳", "North").encode("gbk"))
    assert "W269" not in [finding.code for finding in report(path, by="region").findings]
    path.write_bytes(CASES.format("北区", "North").encode("gbk"))
    assert [finding.code for finding in report(path, by="region").findings] == ["W269"]
    assert not report(path, by="region", encoding="gb18030").findings
    path.write_bytes(CASES.format("垃圾", "垃圾").encode("gbk"))
    with pytest.raises(InputFault):
        report(path, by="region")
    assert [row.group["region"] for row in report(path, by="region", encoding="gb18030").tables[0].rows] == ["垃圾"]
