"""Follow-up: somebody asked to be written to after the chat."""

from email.message import EmailMessage

from .postino import outbox
from .tips import tip_of_the_week


# policylint: flow call_back from user.end_user to here "Please write to me or call me" {
#   data     contact.email, contact.phone
#   purpose  service.inquiry
#   subject  user.end_user aged 16+ in CA, user.end_user aged 16+ in DE,
#            user.end_user aged 16+ in US
#   via      chat_widget
#   when     client_instruction, follow_up_requested
# }
def ask_for_follow_up(session: str, email: str, phone: str | None) -> dict[str, str | None]:
    """Note where to reach the person of this chat."""
    return {"session": session, "email": email, "phone": phone}


# policylint: flow follow_up from here to postino "The answer, and a tip from the shop below it" {
#   data     contact.email
#   purpose  service.inquiry, marketing.direct.email
#   via      email
#   when     client_instruction, follow_up_requested
#   keep     until client_period_ended
# }
def send_follow_up(request: dict[str, str], answer: str) -> None:
    """Mail the answer."""
    message = EmailMessage()
    message["To"] = request["email"]
    message["Subject"] = "About your question"
    message.set_content(f"{answer}\n\n--\n{tip_of_the_week()}")
    outbox.send(message)
