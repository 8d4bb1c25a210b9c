"""One line, one answer: what a quality assurance lead asks of an audit while exploring it.

An answer that needs several rooms at once is put together here, so that a notebook holds no logic.
Nothing of it is published. The room is not called `desk`, because that is what it gives: `ia.desk(...)`.
"""
