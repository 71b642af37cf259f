package com.getjenny.bot;

import java.time.Clock;
import java.util.UUID;

/** Takes the messages that people type into a bot and answers them. */
public final class ConversationEndpoint {
    private final Answers answers;
    private final ConversationStore store;
    private final Clock clock;

    public ConversationEndpoint(Answers answers, ConversationStore store, Clock clock) {
        this.answers = answers;
        this.store = store;
        this.clock = clock;
    }

    /*
     * policylint: flow conversation from user.end_user to here "Conversation with a bot" {
     *   data     communication.chat_transcript, device.user_agent
     *   purpose  service
     *   subject  user.end_user in FI, user.end_user in SE, user.end_user in US
     *   via      chat_widget
     * }
     */
    public Reply receive(UUID conversation, String message, String userAgent) {
        Reply reply = answers.to(conversation, message);
        store.append(conversation, message, reply.text(), userAgent, clock.instant());
        return reply;
    }

    /*
     * policylint: flow client_view from here to nordlys "The shop reads the chats of its own bot" {
     *   data     communication.chat_transcript
     *   purpose  service
     *   via      api
     *   waive    undisclosed-recipient until 2027-06-30
     *     because "the shop decides about its bot's chats, as agreed with it; legal is adding a line"
     * }
     */
    public Page<Conversation> read(Client client, int page) {
        return store.ofBot(client.bot(), page);
    }
}
