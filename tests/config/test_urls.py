"""URLs of logs: which are read, what they are called, and that nothing that may be a password is in a name or an error."""

from __future__ import annotations

import pytest

from tests.logs import text_file
from xfstats.config.sources import find_sources
from xfstats.errors import UsageFault
from xfstats.model import Source


def test_a_url_is_a_log_called_by_the_last_part_of_its_path(tmp_path):
    path = text_file(tmp_path, "x")
    urls = ["https://me:hunter2@host/a/10%E6%9C%88.xlsx?key=hunter2#2", "S3://bucket/hunter2/10月.xlsx", "http://host/?id=5"]
    found = find_sources([str(path), *urls, urls[0]])
    assert found.sources == (
        Source(str(path), "log.csv"),
        Source(urls[0], "10月.xlsx 1", stdin=True, remote=True),
        Source(urls[1], "10月.xlsx 2", stdin=True, remote=True),
        Source(urls[2], "host", stdin=True, remote=True),
    )
    assert found.names == ("log.csv", "10月.xlsx 1", "10月.xlsx 2", "host")
    assert found.folders == (tmp_path,)


def test_a_file_url_is_a_path_with_all_that_a_path_may_be(tmp_path):
    text_file(tmp_path, "x", "10月 甲.csv")
    text_file(tmp_path, "x", "11月.csv")
    assert [one.name for one in find_sources([tmp_path.as_uri()]).sources] == ["10月 甲.csv", "11月.csv"]
    assert [one.name for one in find_sources([f"file://localhost{tmp_path}/10*.csv"]).sources] == ["10月 甲.csv"]


def test_what_is_there_is_a_path_whatever_it_looks_like(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "http:").mkdir()
    text_file(tmp_path / "http:", "x", "log.csv")
    assert find_sources(["http://log.csv"]).sources == (Source("http:/log.csv", "log.csv"),)


@pytest.mark.parametrize(
    "url",
    [
        "simplecache::https://me:hunter2@host/log.csv",
        "https://me:hunter2@host/log.csv::x",
        "filecache://me:hunter2@host/log.csv",
        "memory://me:hunter2@log.csv",
        "https://me:hunter2@[host/log.csv",
        "https:///hunter2/log.csv",
    ],
)
def test_a_url_of_another_scheme_is_refused_and_not_quoted(url):
    with pytest.raises(UsageFault) as caught:
        find_sources([url])
    assert caught.value.code == "E284"
    assert str(caught.value).startswith("FILE takes file://, http://, https://, ")
    assert "hunter2" not in str(caught.value)
