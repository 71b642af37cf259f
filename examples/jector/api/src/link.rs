//! Sign-in with an account at another provider.

use crate::{oauth, store::Store, Result, UserId};

// policylint: flow link_account from signon to here "Linked sign-in" {
//   data     account.credentials.token, account.linked
//   purpose  service.integration
//   subject  customer
//   via      account_link
//   when     account_linked
// }
pub async fn finish(store: &Store, user: UserId, code: &str) -> Result<()> {
    // The only scope asked for is `openid`: neither address book nor calendar.
    let token = oauth::exchange(code, &["openid"]).await?;
    store.save_link(user, token.subject(), token.refresh()).await
}
