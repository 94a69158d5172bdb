"""Secrets of authenticator apps are encrypted like everything sensitive."""

from allauth.mfa.adapter import DefaultMFAAdapter

from learners.encryption import decrypted, encrypted


class MFAAdapter(DefaultMFAAdapter):
    def encrypt(self, text: str) -> str:
        return encrypted(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return decrypted(encrypted_text.encode()).decode()
