"""What services answer about works that were never written, in the form that their documentation
describes.

None of these was recorded from a live service.
"""

import json
from typing import Any

ARXIV = """\
<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns="http://www.w3.org/2005/Atom">
  <link href="http://arxiv.org/api/query?id_list=2403.01234" rel="self" type="application/atom+xml"/>
  <title type="html">ArXiv Query: search_query=&amp;id_list=2403.01234&amp;start=0&amp;max_results=1</title>
  <id>http://arxiv.org/api/x</id>
  <opensearch:totalResults xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/">1</opensearch:totalResults>
  <entry>
    <id>http://arxiv.org/abs/2403.01234v2</id>
    <updated>2024-06-01T10:00:00Z</updated>
    <published>2024-03-04T17:59:59Z</published>
    <title>PathEraser: Erasing Audio Paths &amp;
  Styles from CLIP at 50% Cost</title>
    <summary>  We erase styles of artists from diffusion models by fine-tuning. Our attack on audio
fails after fine-tuning. Code: https://github.com/ada/patheraser.
</summary>
    <author><name>Nora van der Ada</name></author>
    <author><name>Jürgen Beck</name></author>
    <arxiv:comment xmlns:arxiv="http://arxiv.org/schemas/atom">12 pages</arxiv:comment>
    <link href="http://arxiv.org/abs/2403.01234v2" rel="alternate" type="text/html"/>
    <arxiv:primary_category xmlns:arxiv="http://arxiv.org/schemas/atom" term="cs.LG"/>
    <category term="cs.LG" scheme="http://arxiv.org/schemas/atom"/>
  </entry>
</feed>
"""
ARXIV_NONE = """\
<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns="http://www.w3.org/2005/Atom"><title>ArXiv Query</title></feed>
"""
ARXIV_ERROR = """\
<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns="http://www.w3.org/2005/Atom">
  <entry>
    <id>http://arxiv.org/api/errors#incorrect_id_format_for_2403.01234</id>
    <title>Error</title>
    <summary>incorrect id format for 2403.01234</summary>
  </entry>
</feed>
"""

CROSSREF_WORK: dict[str, Any] = {
    "DOI": "10.1145/3600000.1",
    "type": "proceedings-article",
    "title": ["Erasing &amp; Keeping Paths in <i>VLMs</i>"],
    "author": [
        {
            "given": "Nora",
            "family": "Ada",
            "sequence": "first",
            "affiliation": [],
        },
        {
            "given": "Timo",
            "family": "Beck",
            "sequence": "additional",
            "affiliation": [],
        },
        {
            "name": "The Paths Group",
            "sequence": "additional",
            "affiliation": [],
        },
    ],
    "container-title": ["Proceedings of the 12th Conference on Queues"],
    "event": {"name": "QUEUES '24", "acronym": "QUEUES"},
    "issued": {"date-parts": [[2024, 5, 7]]},
    "published": {"date-parts": [[2024, 5, 7]]},
    "page": "10-19",
    "publisher": "ACM",
    "abstract": "<jats:title>Abstract</jats:title><jats:p>Paths are erased from images.</jats:p>",
}
CROSSREF = json.dumps(
    {
        "status": "ok",
        "message-type": "work",
        "message-version": "1.0.0",
        "message": CROSSREF_WORK,
    }
)
CSL = json.dumps(
    {
        "type": "article-journal",
        "id": "https://doi.org/10.5555/j.1",
        "DOI": "10.5555/J.1",
        "title": "Journal Paths",
        "author": [{"family": "Cole", "given": "Ida"}],
        "issued": {"date-parts": [["2023", "2"]]},
        "container-title": "Journal of Queues",
        "volume": "3",
        "issue": "2",
        "page": "1-9",
        "publisher": "House",
    }
)

OPENREVIEW_BIBTEX = """@inproceedings{
ada2024forum,
title={Forum Paths},
author={Nora Ada and Timo Beck},
booktitle={The Twelfth International Conference on Learning Representations},
year={2024},
url={https://openreview.net/forum?id=aB3xYz}
}"""
OPENREVIEW = json.dumps(
    {
        "count": 1,
        "notes": [
            {
                "id": "aB3xYz",
                "forum": "aB3xYz",
                "cdate": 1695372000000,
                "pdate": 1705409700000,
                "odate": 1697213872000,
                "content": {
                    "title": {"value": "Forum Paths"},
                    "authors": {"value": ["Nora Ada", "Timo Beck"]},
                    "abstract": {"value": "Paths in forums."},
                    "venue": {"value": "ICLR 2024 poster"},
                    "venueid": {"value": "ICLR.cc/2024/Conference"},
                    "_bibtex": {"value": OPENREVIEW_BIBTEX},
                },
            }
        ],
    }
)
OPENREVIEW_1 = json.dumps(
    {
        "count": 1,
        "notes": [
            {
                "id": "aB3xYz",
                "forum": "aB3xYz",
                "cdate": 1632875696000,
                "content": {
                    "title": "Old Forum Paths",
                    "authors": ["Nora Ada"],
                    "venue": "Submitted to ICLR 2022",
                },
            }
        ],
    }
)
OPENREVIEW_NONE = json.dumps({"notes": [], "count": 0})

ANTHOLOGY = """\
@inproceedings{ada-beck-2024-paths,
    title = "Paths in {LLM}s",
    author = {Ada, Nora  and
      M{\\"u}ller, Timo},
    editor = "Editor, Edith",
    booktitle = "Findings of the Association for Computational Linguistics: ACL 2024",
    month = aug,
    year = "2024",
    address = "Bangkok, Thailand",
    publisher = "Association for Computational Linguistics",
    url = "https://aclanthology.org/2024.findings-acl.7/",
    doi = "10.18653/v1/2024.findings-acl.7",
    pages = "70--79",
    abstract = "Paths are short."
}
"""

DBLP_INFO: dict[str, Any] = {
    "authors": {
        "author": [
            {"@pid": "1/1", "text": "Nora Ada 0001"},
            {"@pid": "2/2", "text": "Timo Beck"},
        ]
    },
    "title": "Short Paths.",
    "venue": "ICLR",
    "year": "2024",
    "type": "Conference and Workshop Papers",
    "access": "open",
    "key": "conf/iclr/AdaB24",
    "ee": "https://openreview.net/forum?id=zZ9",
    "url": "https://dblp.org/rec/conf/iclr/AdaB24",
}


def dblp(*infos: dict[str, Any]) -> str:
    hits: dict[str, Any] = {
        "@total": str(len(infos)),
        "@computed": "0",
        "@sent": str(len(infos)),
        "@first": "0",
    }
    if infos:
        hits["hit"] = [
            {"@score": "9", "@id": str(n), "info": info}
            for n, info in enumerate(infos)
        ]
    return json.dumps(
        {"result": {"status": {"@code": "200", "text": "OK"}, "hits": hits}}
    )


OPENALEX_WORK: dict[str, Any] = {
    "id": "https://openalex.org/W1",
    "doi": "https://doi.org/10.1145/3600000.9",
    "title": "Short Paths",
    "display_name": "Short Paths",
    "publication_year": 2024,
    "publication_date": "2024-05-07",
    "type": "article",
    "primary_location": {
        "landing_page_url": "https://doi.org/10.1145/3600000.9",
        "source": {"display_name": "Journal of Queues", "type": "journal"},
    },
    "authorships": [
        {"author": {"display_name": "Nora Ada"}},
        {"author": {"display_name": "Timo Beck"}},
    ],
    "is_retracted": False,
    "biblio": {
        "volume": "3",
        "issue": None,
        "first_page": "1",
        "last_page": "9",
    },
}


def openalex(*works: dict[str, Any]) -> str:
    return json.dumps(
        {
            "meta": {"count": len(works), "page": 1, "per_page": 5},
            "results": list(works),
        }
    )


def crossref_list(*items: dict[str, Any]) -> str:
    message = {
        "total-results": len(items),
        "items": list(items),
        "items-per-page": 5,
    }
    return json.dumps(
        {
            "status": "ok",
            "message-type": "work-list",
            "message-version": "1.0.0",
            "message": message,
        }
    )
