//! Accounts: opening one, and protecting it with a code by text message.

use crate::{password, store::Store, Result, UserId};

// policylint: flow signup from customer to here "Sign-up" {
//   data     identity.name, contact.email, account.username, account.credentials.password
//   purpose  service.account
//   basis    contract
//   via      web_form.registration
// }
pub async fn open(store: &Store, form: SignUp) -> Result<UserId> {
    let hash = password::hash(&form.password)?;
    store.insert_account(&form.name, &form.email, &form.username, &hash).await
}

// policylint: flow second_factor from customer to here "Number for sign-in codes" {
//   data     contact.phone
//   purpose  service.authentication
// }
pub async fn set_phone(store: &Store, user: UserId, phone: &str) -> Result<()> {
    store.update_phone(user, phone).await
}
