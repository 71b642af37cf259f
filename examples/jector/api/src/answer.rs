//! Takes a question, runs the model, and records what the user thought of the answer.

use crate::{model::Model, store::Store, Result, UserId};

// policylint: flow ask from customer to here "Question to the model" {
//   data     content.ai_prompt
//   purpose  service
//   waive    undisclosed-data on jector:1.1-1 until 2027-03-31
//     because "version 1.2 of the policy names prompts; it is with counsel"
// }
pub async fn answer(model: &Model, prompt: &str) -> Result<String> {
    // The model runs in this process; neither the question nor the answer is stored.
    model.complete(prompt).await
}

// policylint: flow feedback from customer to here "Thumbs and remarks" {
//   data     content.feedback
//   purpose  improvement.service
// }
pub async fn rate(store: &Store, user: UserId, stars: u8, remark: Option<String>) -> Result<()> {
    store
        .execute(
            "insert into feedback (user_id, stars, remark) values ($1, $2, $3)",
            &[&user, &stars, &remark],
        )
        .await
}
