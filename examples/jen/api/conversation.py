"""The conversation API: takes a turn, asks the model, keeps both, and answers."""

from dataclasses import dataclass, field

from .stores import model, orders, transcripts


@dataclass
class Conversation:
    """One talk between a person and a Jen."""

    tenant: str
    person: str | None = None
    turns: list[str] = field(default_factory=list)


# policylint: flow sign_in from user.end_user to here "Only where the Client asks for it" {
#   data     identity.name, identity.identifier.unique
#   purpose  service.authentication
#   subject  user.end_user aged 16+ in CA, user.end_user aged 16+ in DE,
#            user.end_user aged 16+ in US
#   via      chat_widget
#   when     client_instruction, authentication_requested
# }
def sign_in(conversation: Conversation, name: str, customer_number: str) -> None:
    """Remember who is talking, once the Client's shop has confirmed the number."""
    if orders.belongs_to(conversation.tenant, customer_number, name):
        conversation.person = customer_number


def answer(conversation: Conversation, text: str) -> str:
    """Ask the model for the next turn, and keep the turn and the answer."""
    conversation.turns.append(text)
    bought = orders.recent(conversation.tenant, conversation.person)
    reply = model.complete(conversation.turns, context=bought)
    # policylint: flow record from here to transcripts "Turns and their log are kept" {
    #   data     communication.chat_transcript, behavior.service_usage
    #   purpose  service
    #   when     client_instruction
    # }
    transcripts.append(conversation.tenant, conversation.turns[-1], reply)
    # policylint: flow reply from here to user.end_user "The answer is shown or read out" {
    #   data     content.ai_output
    #   purpose  service
    #   via      chat_widget
    #   when     client_instruction
    # }
    return reply
