import { post } from "./http";

// policylint: flow newsletter_signup from visitor to here "Newsletter sign-up" {
//   data     contact.email
//   purpose  marketing.direct.email
//   subject  visitor in FI, visitor in SE, visitor in DE
//   basis    consent
//   via      newsletter_form
//   when     opted_in
//   keep     until unsubscribed
// }
// policylint: flow newsletter_list from here to newsletter "Subscribers, passed to the mailer" {
//   data     contact.email
//   purpose  marketing.direct.email
//   when     opted_in, not_opted_out
// }
export async function subscribe(email: string): Promise<void> {
  await post("/api/newsletter", { email, confirmed: false });
}
