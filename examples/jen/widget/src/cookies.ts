/** The two cookies of the chat window. */

const SESSION = "jen_session";
const CHECK = "jen_check";

function read(name: string): string | undefined {
  return document.cookie
    .split("; ")
    .find((pair) => pair.startsWith(`${name}=`))
    ?.slice(name.length + 1);
}

// policylint: flow session_cookie from user.end_user to here "The chat survives a reload" {
//   data     device.cookie.id
//   purpose  service.session
//   subject  user.end_user aged 16+ in CA, user.end_user aged 16+ in DE,
//            user.end_user aged 16+ in US
//   via      cookie.session
//   when     client_instruction
// }
export function readSession(): string {
  const known = read(SESSION);
  if (known) return known;
  const fresh = crypto.randomUUID();
  document.cookie = `${SESSION}=${fresh}; path=/; secure; samesite=strict`;
  return fresh;
}

// policylint: flow bot_check from user.end_user to here "Whoever passed is not asked again" {
//   data     device.cookie.id
//   purpose  security.abuse
//   subject  user.end_user aged 16+ in CA, user.end_user aged 16+ in DE,
//            user.end_user aged 16+ in US
//   via      cookie.persistent
//   when     client_instruction
// }
export function rememberPassedCheck(token: string): void {
  document.cookie = `${CHECK}=${token}; path=/; secure; max-age=${180 * 24 * 3600}`;
}
