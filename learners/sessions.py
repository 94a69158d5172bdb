"""Sessions hold a phone and a code while somebody signs in: encrypted at rest."""

from django.contrib.sessions.serializers import JSONSerializer

from learners.encryption import decrypted, encrypted


class EncryptedSerializer:
    """JSON under `FIELD_ENCRYPTION_KEYS`; a session no key opens is an empty one."""

    def dumps(self, obj) -> bytes:
        return encrypted(JSONSerializer().dumps(obj))

    def loads(self, data: bytes):
        return JSONSerializer().loads(decrypted(data))
