"""One line, one answer: what a quality assurance lead asks of an audit while exploring it.

A question that needs several rooms at once is put together here, so that a notebook holds no logic.
Nothing of it is published.
"""
