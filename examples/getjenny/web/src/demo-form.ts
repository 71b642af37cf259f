import { post } from "./http";

export interface DemoRequest {
  name: string;
  email: string;
  phone?: string;
  company: string;
  position: string;
}

// policylint: flow demo_request from prospect to here "Demo request" {
//   data     identity.name, contact.email, contact.phone, contact.organization,
//            employment.job_title
//   purpose  service.inquiry, marketing.prospecting
//   subject  prospect in FI, prospect in SE, prospect in DE
//   via      web_form.contact
//   when     subject_provided
// }
export async function requestDemo(form: HTMLFormElement): Promise<void> {
  const fields = new FormData(form);
  const request: DemoRequest = {
    name: String(fields.get("name")),
    email: String(fields.get("email")),
    phone: fields.get("phone")?.toString(),
    company: String(fields.get("company")),
    position: String(fields.get("position")),
  };
  await post("/api/demo-requests", request);
}
