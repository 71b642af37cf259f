//! Sends each account's usage to Peerscope, whose yearly report on AI tools we get in return.

use crate::{store::Account, Result};
use sha2::{Digest, Sha256};

const INTAKE: &str = "https://intake.peerscope.example/v2/accounts";

// A hash still stands for one mailbox: Peerscope matches it with the hashes of other senders.
//
// policylint: flow benchmark from here to peerscope "Usage per account, for a free report" {
//   data     contact.email as pseudonymised, behavior.service_usage
//   purpose  analytics
//   via      api
//   consideration value
// }
pub async fn submit(http: &reqwest::Client, accounts: &[Account]) -> Result<()> {
    for account in accounts {
        let key = hex::encode(Sha256::digest(account.email.trim().to_lowercase()));
        let row = serde_json::json!({ "key": key, "usage": account.usage_by_feature() });
        http.post(INTAKE).json(&row).send().await?.error_for_status()?;
    }
    Ok(())
}

// policylint: flow benchmark_totals from here to peerscope "Totals per feature" {
//   data     behavior.service_usage as aggregated
//   purpose  analytics.aggregation
//   via      api
//   consideration value
// }
pub async fn submit_totals(http: &reqwest::Client, totals: &[(String, u64)]) -> Result<()> {
    http.post(format!("{INTAKE}/totals")).json(totals).send().await?.error_for_status()?;
    Ok(())
}
