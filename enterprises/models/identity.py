"""Who stands for an enterprise in law, by the number of their identity card."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from encrypted_fields.fields import EncryptedCharField

from enterprises.models.enterprise import Enterprise
from enterprises.models.truth import OfEnterprise


class LegalRepIdentity(OfEnterprise):
    """The whole ID number of an enterprise's legal representative, encrypted at rest.

    It is no field of the file: encrypting the same number twice gives two texts, so that every saving would look like a
    change, and the lists would carry what none of them shows. The file itself holds the masked number
    (`Enterprise.legal_rep_id_no`), which is what pages, exports and the history read; `enterprises.identity` keeps both
    in step.
    """

    enterprise = models.OneToOneField(
        Enterprise, models.CASCADE, related_name="identity", verbose_name=_("enterprise")
    )
    # A number of 18 characters becomes a text of 120.
    id_no = EncryptedCharField(_("legal representative's ID number"), max_length=200)

    class Meta:
        verbose_name = _("identity of a legal representative")
        verbose_name_plural = _("identities of legal representatives")

    def __str__(self) -> str:
        return f"{self.enterprise} {self.enterprise.legal_rep_id_no}"
