import sync


def test_no_answer_leaves_before_the_sync_of_what_it_acknowledges(sqlite_base):
    problems, figure = sync.check(sqlite_base, 100)
    print(figure)
    assert problems == []
