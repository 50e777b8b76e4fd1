"""What other services know of a work: one module for each, which turns an answer into a :class:`Record`.

How each service is asked and what it answers follows its documentation; ``SERVICES`` in :mod:`.client` has the
addresses, which environment variables can change.
"""
