"""Collects what people post about us on the social network, for the wall on the front page."""

import json
from collections.abc import Iterator
from urllib.request import urlopen

# The network admits people from thirteen on, and tells nobody who is how old.
# policylint: flow post from social_media_user to plaza "People post about us" {
#   data     content.public, social.media_profile
#   purpose  service
#   subject  social_media_user aged 13+
# }


def mentions(page: str, since: str) -> Iterator[dict[str, str]]:
    """Yield the posts about us and the profiles behind them."""
    # policylint: flow mentions from plaza to here "Posts about us are fetched" {
    #   data     content.public, social.media_profile
    #   purpose  improvement.service
    #   via      api
    # }
    with urlopen(f"{page}/mentions?since={since}") as answer:
        for post in json.load(answer):
            yield {"text": post["text"], "author": post["profile"]["name"]}


def best(posts: Iterator[dict[str, str]], limit: int = 6) -> list[dict[str, str]]:
    """Keep the longest of them, which tend to be the kindest."""
    return sorted(posts, key=lambda post: len(post["text"]), reverse=True)[:limit]
