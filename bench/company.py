"""Nothing in; the words that a realistic company's flows are made of out: departments, partners, faults."""

from typing import NamedTuple


class Department(NamedTuple):
    """What a part of the company works with, why, and whose data it is."""

    data: tuple[str, ...]
    purposes: tuple[str, ...]
    people: tuple[str, ...]


def _department(data: str, purposes: str, people: str) -> Department:
    return Department(tuple(data.split()), tuple(purposes.split()), tuple(people.split()))


DEPARTMENTS = {
    "accounts": _department(
        "account.username account.settings account.status identity.name contact.email identity.identifier.unique",
        "service.account service.authentication service.session service.notification",
        "user user.end_user customer",
    ),
    "billing": _department(
        "financial.billing financial.transaction financial.purchase_history contact.address contact.organization",
        "service.payment.billing service.payment.refund service.order business.accounting",
        "customer subscriber customer.business_contact",
    ),
    "support": _department(
        "communication.support_request communication.email communication.chat_transcript contact.email contact.phone",
        "service.support service.inquiry improvement.quality",
        "user customer visitor",
    ),
    "marketing": _department(
        "contact.email preference.interest relationship.campaign relationship.lifecycle contact.organization",
        "marketing.direct.email marketing.event marketing.prospecting",
        "prospect visitor subscriber",
    ),
    "product": _department(
        "behavior.service_usage behavior.search device.type device.os device.diagnostics content.feedback",
        "improvement.service improvement.new_products service.troubleshooting analytics.reporting",
        "user user.anonymous customer",
    ),
    "web": _department(
        "device.ip_address device.user_agent device.cookie.id behavior.browsing.visit behavior.browsing.referrer",
        "service.content security.fraud analytics.reporting.content analytics.reporting.audience",
        "visitor user.anonymous",
    ),
    "people": _department(
        "employment.record employment.job_title employment.history employment.application identity.name contact.phone",
        "employment.recruitment business.accounting contract.perform",
        "employee job_applicant contractor",
    ),
    "content": _department(
        "content.file content.media content.ai_prompt content.ai_output content.calendar derived.embedding",
        "service.content personalization.content improvement.quality service.integration",
        "user user.end_user",
    ),
    "calls": _department(
        "communication.voice_recording communication.voice_transcript communication.call_log contact.phone",
        "service.support improvement.quality contract.perform",
        "caller customer",
    ),
    "security": _department(
        "account.credentials.token account.login_history device.ip_address behavior.service_usage device.id",
        "security.fraud security.abuse security.identity_check",
        "user employee",
    ),
}

BASES = ("consent", "contract", "legitimate_interests", "legal_obligation")
PLACES = ("IE", "DE", "FR", "NL", "ES", "IT", "PL", "SE", "US", "US", "GB", "CA", "IN", "BR", "JP", "CH")
AGES = ("16+", "18+", "18 to 64", "21+", "16 to 25")
PROCESSORS = (
    *("hosting", "cdn", "email_delivery", "crm", "payment", "telephony", "ai_model", "analytics", "survey_tool"),
    *("collaboration", "security_vendor", "backup", "hr_provider", "video_host"),
)
OUTSIDERS = (
    *("third_party.advertiser, advertising", "public, public_source", "third_party.marketing_partner, social_media"),
    *("third_party.data_broker, analytics", "third_party.business_partner, integration"),
    *("independent_controller, payment", "affiliate, crm", "authority.regulator, professional_adviser"),
)
COLLECTING = ("web_form", "web_form.registration", "mobile_app", "chat_widget", "api", "cookie.session", "phone")
KEEPING = ("30 days", "90 days", "180 days", "6 months", "1 year", "365 days", "13 months")
LONG_KEEPING = ("2 years", "3 years", "60 months")

FAULTS = {
    "data": (
        *("special.health", "special.biometric.voiceprint", "location.precise", "financial.payment.card.number"),
        *("derived.profile", "device.fingerprint"),
    ),
    "purposes": (
        *("marketing.advertising.cross_context", "disclosure.sale", "improvement.ai_training"),
        *("personalization.profiling", "marketing.direct.sms", "service.eligibility"),
    ),
    "ages": ("13 to 15", "under 16", "12+"),
    "keeping": ("10 years", "forever", "2500 days"),
    "means": ("tracking.fingerprint", "cookie.third_party", "tracking.session_replay"),
    "places": ("RU", "CN"),
}
"""What some flows do that the policy does not allow."""
