"""What a harvester is told when its request cannot be answered."""


class ProtocolError(Exception):
    """`code` is one of the protocol's own, e.g. badArgument."""

    def __init__(self, code: str, sentence: str = ""):
        super().__init__(sentence)
        self.code = code
        self.sentence = sentence
