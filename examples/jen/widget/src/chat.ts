/** The chat window: sends what people type, and shows what Jen answers. */

import { readSession } from "./cookies";

export interface Turn {
  session: string;
  text: string;
  sentAt: number;
}

const endpoint = "/v1/conversations";

// policylint: flow chat from user.end_user to here "What people type, and the log of the chat" {
//   data     communication.chat_transcript, behavior.service_usage, device.ip_address,
//            device.user_agent
//   purpose  service
//   subject  user.end_user aged 16+ in CA, user.end_user aged 16+ in DE,
//            user.end_user aged 16+ in US
//   basis    contract
//   via      chat_widget
//   when     client_instruction
// }
export function collectTurn(box: HTMLTextAreaElement): Turn {
  const turn = { session: readSession(), text: box.value.trim(), sentAt: Date.now() };
  box.value = "";
  return turn;
}

// policylint: flow turn from here to api "Each turn goes to the conversation API" {
//   data     communication.chat_transcript, behavior.service_usage, device.ip_address,
//            device.user_agent
//   purpose  service
//   via      api
//   when     client_instruction
// }
export async function send(turn: Turn): Promise<string> {
  const response = await fetch(`${endpoint}/${turn.session}/turns`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(turn),
  });
  if (!response.ok) throw new Error(`turn refused: ${response.status}`);
  return (await response.json()).answer;
}
