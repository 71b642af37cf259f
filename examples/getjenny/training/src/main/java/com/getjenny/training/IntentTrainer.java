package com.getjenny.training;

import java.util.List;
import java.util.stream.Stream;

/** Makes a new intent model every night. */
public final class IntentTrainer {
    private static final int ENOUGH = 50;

    private final ConversationReader conversations;
    private final ModelRegistry registry;

    public IntentTrainer(ConversationReader conversations, ModelRegistry registry) {
        this.conversations = conversations;
        this.registry = registry;
    }

    // policylint: flow training_set from chat_store to here "Conversations of all bots, to train on" {
    //   data     communication.chat_transcript
    //   purpose  improvement.ai_training
    // }
    public void run() {
        try (Stream<Utterance> lines = conversations.ofTheLastDays(90)) {
            List<Utterance> examples = lines.filter(Utterance::isLabelled).toList();
            if (examples.size() >= ENOUGH) {
                registry.publish(IntentModel.fit(examples));
            }
        }
    }
}
